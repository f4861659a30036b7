import type { Flavour } from '../../model/alphabet/specification.js';
import type { Design } from '../../model/designs/design.js';
import { flavourOfKernel, VARIATION_POINTS } from '../../model/spec/index.js';

/** The release in which perf began to map its pages in advance: what came with it comes with the mechanism. */
const CHANGE = '6.14';

/**
 * What user space may see of a design: its mechanism decides the points that the change to mapping in advance brought, the
 * kernel around it the others.
 */
export function flavourOfDesign({ core, mechanism }: Design): Flavour {
  let flavour = flavourOfKernel(core.release);
  VARIATION_POINTS.forEach(({ since }, bit) => {
    if (since !== CHANGE) return;
    if (mechanism === 'advance') flavour |= 1 << bit;
    else flavour &= ~(1 << bit);
  });
  return flavour;
}

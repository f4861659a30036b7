import type { Design } from '#model/designs/design';
import { MUTANTS } from '#model/mutants/index';
import { ATTACHING } from './planted/attaching.js';
import { CHARGING } from './planted/charging.js';
import { CLOSING } from './planted/closing.js';
import { FAULTING } from './planted/faulting.js';
import { PAGES } from './planted/pages.js';
import { PERMISSIONS } from './planted/permissions.js';
import { UNDOING } from './planted/undoing.js';

/**
 * Designs with one defect each, as a kernel developer could write it: small differences from a design that has none. Of the same
 * kinds as those of the history, but not among them.
 */
export const PLANTED: readonly Design[] = [
  ...PAGES,
  ...PERMISSIONS,
  ...FAULTING,
  ...ATTACHING,
  ...UNDOING,
  ...CLOSING,
  ...CHARGING,
];

/** The mutant, or the planted design, of this name. @throws RangeError */
export function planted(id: string): Design {
  const design = [...MUTANTS.map((one) => one.design), ...PLANTED].find((one) => one.id === id);
  if (design === undefined) throw new RangeError(`no planted design is called ${id}`);
  return design;
}

import { OBS_WIDTH, OP_WIDTH } from '../../model/alphabet/bounds.js';
import { ACCEPTED, type Flavour } from '../../model/alphabet/specification.js';
import type { Trace } from '../../model/alphabet/trace.js';
import type { Design } from '../../model/designs/design.js';
import { ModelSystem } from '../../model/model-system.js';
import { Spec, VARIATION_POINTS } from '../../model/spec/index.js';
import { flavourOfDesign } from '../checkers/flavour-of-design.js';

/** All sets of these bits but the empty one, smallest first, as masks. */
function subsets(bits: readonly number[]): number[] {
  const masks = [0];
  for (const bit of bits) masks.push(...masks.map((mask) => mask | (1 << bit)));
  const size = (mask: number): number => bits.filter((bit) => (mask & (1 << bit)) !== 0).length;
  return masks.slice(1).sort((a, b) => size(a) - size(b) || a - b);
}

/** Whether the specification of this flavour allows all that the design answers. */
function allows(flavour: Flavour, design: Design, { env, ops }: Trace): boolean {
  const spec = new Spec(flavour);
  const system = new ModelSystem(design);
  const obs = new Int32Array(OBS_WIDTH);
  spec.reset(env);
  system.reset(env);
  for (let at = 0; at < ops.length; at += OP_WIDTH) {
    system.step(ops, at, obs);
    if (spec.accept(ops, at, obs) !== ACCEPTED) return false;
  }
  return true;
}

/**
 * What explains that two designs answer a sequence differently: the fewest variation points on which the specification of the
 * one must change sides to allow what the other answers.
 * @returns their ids, all of them needed; empty: no set of them is enough
 */
export function explainDifference(one: Design, other: Design, trace: Trace): string[] {
  const [mine, theirs] = [flavourOfDesign(one), flavourOfDesign(other)];
  const differing = VARIATION_POINTS.flatMap((_, bit) => (((mine ^ theirs) & (1 << bit)) !== 0 ? [bit] : []));
  const mask = subsets(differing).find((each) => allows(mine ^ each, other, trace));
  return VARIATION_POINTS.flatMap(({ id }, bit) => (((mask ?? 0) & (1 << bit)) !== 0 ? [id] : []));
}

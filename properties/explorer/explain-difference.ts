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

/** Why two designs may answer a sequence differently. */
export interface Explanation {
  /** The specification of the first allows what the second answers, too: it leaves a choice. */
  readonly either: boolean;
  /**
   * Else the sets of variation points, as small as can be, on which the specification of the first must change sides to allow what the
   * second answers: ids, all of a set needed. It is explained when there is one such set.
   */
  readonly points: readonly (readonly string[])[];
}

const idsOf = (mask: number): string[] =>
  VARIATION_POINTS.flatMap(({ id }, bit) => ((mask & (1 << bit)) !== 0 ? [id] : []));

/** What explains that two designs answer a sequence differently. */
export function explainDifference(one: Design, other: Design, trace: Trace): Explanation {
  const [mine, theirs] = [flavourOfDesign(one), flavourOfDesign(other)];
  if (allows(mine, other, trace)) return { either: true, points: [] };
  const differing = VARIATION_POINTS.flatMap((_, bit) => (((mine ^ theirs) & (1 << bit)) !== 0 ? [bit] : []));
  const enough = subsets(differing)
    .filter((mask) => allows(mine ^ mask, other, trace))
    .map(idsOf);
  const least = enough[0]?.length;
  return { either: false, points: enough.filter(({ length }) => length === least) };
}

import { OBS_WIDTH, OP_WIDTH } from '../../model/alphabet/bounds.js';
import { obsWidth } from '../../model/alphabet/observations.js';
import { ACCEPTED, type Flavour, type Specification } from '../../model/alphabet/specification.js';
import type { Trace } from '../../model/alphabet/trace.js';
import type { Failure } from '../../model/verdict.js';
import { pointNames } from './point-names.js';

/** Does a specification accept all that was observed of a trace, from its start? */
function acceptsAll(spec: Specification, trace: Trace, observations: readonly Int32Array[]): boolean {
  const obs = new Int32Array(OBS_WIDTH);
  spec.reset(trace.env);
  return observations.every((observation, step) => {
    obs.set(observation);
    return spec.accept(trace.ops, step * OP_WIDTH, obs) === ACCEPTED;
  });
}

/** Points that may have to change sides together, at most. */
const MOST_TOGETHER = 3;

/** All sets of so many of these. */
function setsOf(bits: readonly number[], size: number): number[][] {
  if (size === 0) return [[]];
  return bits.flatMap((bit, i) => setsOf(bits.slice(i + 1), size - 1).map((rest) => [bit, ...rest]));
}

function bitsOf(mask: number): number[] {
  const bits: number[] = [];
  for (let rest = mask; rest !== 0; rest &= rest - 1) bits.push(31 - Math.clz32(rest & -rest));
  return bits;
}

/**
 * A rejected observation with the variation points and findings that explain it: those that, each on its other side, make the
 * specification accept all that was observed; where there is none, the smallest set that does so together.
 * @param consulted bits that judging asked for: no other can make a difference
 */
export function explained(
  failure: Failure,
  specification: (flavour: Flavour) => Specification,
  flavour: Flavour,
  consulted: number,
  trace: Trace,
  observations: readonly Int32Array[],
): Failure {
  const accepts = (bits: readonly number[]): boolean => {
    const flipped = bits.reduce((mask, bit) => mask ^ (1 << bit), flavour);
    return acceptsAll(specification(flipped), trace, observations);
  };
  const bits = bitsOf(consulted);
  const alone = bits.filter((bit) => accepts([bit]));
  if (alone.length > 0) return { ...failure, explainedBy: pointNames(alone) };
  for (let size = 2; size <= MOST_TOGETHER; size++) {
    const together = setsOf(bits, size).find(accepts);
    if (together !== undefined)
      return { ...failure, explainedBy: pointNames(together), explainedTogether: true };
  }
  return failure;
}

/** The observations of a recording, one an operation. */
export function splitObservations(ops: Int32Array, obs: Int32Array, steps: number): Int32Array[] {
  const split: Int32Array[] = [];
  let start = 0;
  for (let step = 0; step < steps; step++) {
    const width = obsWidth(ops[step * OP_WIDTH]);
    split.push(obs.slice(start, start + width));
    start += width;
  }
  return split;
}

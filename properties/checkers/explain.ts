import { OBS_WIDTH, OP_WIDTH } from '../../model/alphabet/bounds.js';
import { obsWidth } from '../../model/alphabet/observations.js';
import { ACCEPTED, type Flavour, type Specification } from '../../model/alphabet/specification.js';
import type { Trace } from '../../model/alphabet/trace.js';

/** How a specification takes a row of observations. */
interface Judgement {
  /** Operations that it accepted before it rejected one or left the rest open; all of them if it did neither. */
  readonly accepted: number;
  /** ACCEPTED, REJECTED or OUT_OF_SCOPE: how it took the one after. */
  readonly last: number;
  /** Variation points that were asked for on the way, as a bit mask. */
  readonly consulted: number;
}

/** Let a specification judge what was observed of a trace, from its start. */
function judge(spec: Specification, trace: Trace, observations: readonly Int32Array[]): Judgement {
  const obs = new Int32Array(OBS_WIDTH);
  let consulted = 0;
  spec.reset(trace.env);
  for (let step = 0; step < observations.length; step++) {
    obs.set(observations[step]);
    const last = spec.accept(trace.ops, step * OP_WIDTH, obs);
    consulted |= spec.consulted();
    if (last !== ACCEPTED) return { accepted: step, last, consulted };
  }
  return { accepted: observations.length, last: ACCEPTED, consulted };
}

/**
 * Which variation points explain a rejected observation: the bits that, each flipped alone, make the specification accept
 * all that was observed.
 * @param consulted bits that judging asked for: no other can make a difference
 */
export function explain(
  specification: (flavour: Flavour) => Specification,
  flavour: Flavour,
  consulted: number,
  trace: Trace,
  observations: readonly Int32Array[],
): number[] {
  const bits: number[] = [];
  for (let rest = consulted; rest !== 0; rest &= rest - 1) {
    const bit = 31 - Math.clz32(rest & -rest);
    const flipped = judge(specification(flavour ^ (1 << bit)), trace, observations);
    if (flipped.accepted === observations.length) bits.push(bit);
  }
  return bits;
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

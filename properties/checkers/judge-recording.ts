import { OP_WIDTH } from '../../model/alphabet/bounds.js';
import { HANG, obsWidth } from '../../model/alphabet/observations.js';
import { OP_NAMES } from '../../model/alphabet/operations.js';
import { ACCEPTED, REJECTED, type Specification } from '../../model/alphabet/specification.js';
import type { Recording } from '../../model/alphabet/system.js';
import { type Trace, traceLength } from '../../model/alphabet/trace.js';
import type { Failure } from '../../model/verdict.js';
import { rejection } from './rejection.js';

/** How what a kernel answered compares with a specification. */
export interface Judged {
  /** The first thing that is wrong, if something is. */
  readonly failure?: Failure;
  /** It ended early, without a verdict on the rest. */
  readonly cut: boolean;
  /** Variation points that were asked for on the way, as a bit mask. */
  readonly consulted: number;
}

/** Let a specification judge a recording, from the start of its trace. */
export function judgeRecording(spec: Specification, trace: Trace, recording: Recording): Judged {
  const { ops } = trace;
  let consulted = 0;
  let start = 0;
  spec.reset(trace.env);
  for (let step = 0; step < recording.steps; step++) {
    const at = step * OP_WIDTH;
    const width = obsWidth(ops[at]);
    const obs = recording.obs.subarray(start, start + width);
    start += width;
    if (obs[0] === HANG) return { failure: hang(ops, step, 'does not terminate'), cut: false, consulted };
    const judgement = spec.accept(ops, at, obs);
    consulted |= spec.consulted();
    if (judgement === REJECTED) return { failure: rejection(spec, ops, at, obs), cut: false, consulted };
    if (judgement !== ACCEPTED) return { cut: true, consulted };
  }
  if (recording.steps === traceLength(ops)) return { cut: false, consulted };
  if (recording.ended === undefined) return { cut: true, consulted };
  return { failure: hang(ops, recording.steps, `has no answer: ${recording.ended}`), cut: false, consulted };
}

function hang(ops: Int32Array, step: number, what: string): Failure {
  const at = step * OP_WIDTH;
  return {
    kind: 'hang',
    rule: 'hang',
    text: 'Every operation terminates.',
    step,
    detail: `process ${ops[at + 1]}: ${OP_NAMES[ops[at]]} ${what}`,
    proc: ops[at + 1],
  };
}

import { OP_WIDTH } from '../../model/alphabet/bounds.js';
import { HANG, obsWidth } from '../../model/alphabet/observations.js';
import { OP_NAMES } from '../../model/alphabet/operations.js';
import { ACCEPTED, REJECTED, type Specification } from '../../model/alphabet/specification.js';
import type { Recording } from '../../model/alphabet/system.js';
import { type Trace, traceLength } from '../../model/alphabet/trace.js';
import type { Failure } from '../../model/verdict.js';
import { no_kernel_warning } from '../invariants/no-kernel-warning.js';
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

/** Let a specification judge a recording, from the start of its trace; then what the kernel said of itself counts. */
export function judgeRecording(spec: Specification, trace: Trace, recording: Recording): Judged {
  const judged = followed(spec, trace, recording);
  if (recording.alarm === undefined) return judged;
  // That a kernel which stopped does not answer is the lesser news.
  const failure = judged.failure?.kind === 'spec' ? judged.failure : complaint(trace.ops, recording);
  return { ...judged, cut: false, failure: { ...failure, alarm: recording.alarm } };
}

function followed(spec: Specification, trace: Trace, recording: Recording): Judged {
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
  const { steps, ended } = recording;
  if (ended === undefined) return { cut: steps < traceLength(ops), consulted };
  const isAnswered = steps === traceLength(ops);
  const failure = isAnswered
    ? hang(ops, steps - 1, `was answered, but its process does not end: ${ended}`)
    : hang(ops, steps, `has no answer: ${ended}`);
  return { failure, cut: false, consulted };
}

/** A complaint belongs to the operation that the kernel was at, or to the end of the processes after the last one. */
function complaint(ops: Int32Array, { steps, ended = '' }: Recording): Failure {
  const { id, text } = no_kernel_warning;
  const step = Math.min(steps, ops.length / OP_WIDTH - 1);
  return { kind: 'invariant', rule: id, text, step, detail: ended, proc: ops[step * OP_WIDTH + 1] };
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

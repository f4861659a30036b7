import { OP_WIDTH } from '../model/alphabet/bounds.js';
import type { Trace } from '../model/alphabet/trace.js';
import type { Pass } from './edit.js';
import { inDomain } from './fields.js';
import { isSimpler } from './order.js';
import { PASSES } from './passes/index.js';

/** What a pass would try that is a trace and simpler than this one. */
export function* candidatesOf(pass: Pass, trace: Trace): Iterable<Trace> {
  for (const candidate of pass(trace)) {
    if (isSimpler(candidate, trace) && inDomain(candidate.ops, OP_WIDTH)) yield candidate;
  }
}

/** Every trace that a shrinker would try in place of this one, in order. The same one may come twice. */
export function* candidates(trace: Trace): Iterable<Trace> {
  for (const pass of PASSES) yield* candidatesOf(pass, trace);
}

/** Two traces have the same key if and only if they are the same trace. */
export function traceKey({ env, ops }: Trace): string {
  const bytes = Buffer.from(ops.buffer, ops.byteOffset, ops.byteLength).toString('latin1');
  const start = [env.gift, env.rlimit, env.paranoid, +env.pku, +env.thp, +env.ksm, +env.aux];
  return `${start.join()}:${bytes}`;
}

import { OP_WIDTH } from '../model/alphabet/bounds.js';
import type { Trace } from '../model/alphabet/trace.js';
import type { Pass } from './edit.js';
import { inDomain } from './fields.js';
import { withoutIdle } from './idle.js';
import { isSimpler } from './order.js';
import { PASSES } from './passes/index.js';

/**
 * What a pass would try that is a trace and simpler than this one. What an edit leaves without what it needs goes as well: so to drop an `open` is to
 * drop all that uses its descriptor. Where operations that name what is missing are a part of the trace itself, they may matter.
 */
export function* candidatesOf(pass: Pass, trace: Trace): Iterable<Trace> {
  const idleMatters = withoutIdle(trace) !== trace;
  for (const edited of pass(trace)) {
    if (!inDomain(edited.ops, OP_WIDTH)) continue;
    const candidate = withoutIdle(edited);
    if (isSimpler(candidate, trace)) yield candidate;
    if (idleMatters && candidate !== edited && isSimpler(edited, trace)) yield edited;
  }
}

/** Every trace that a shrinker would try in place of this one, in order. The same one may come twice. */
export function* candidates(trace: Trace): Iterable<Trace> {
  for (const pass of PASSES) yield* candidatesOf(pass, trace);
}

/** Two traces have the same key if and only if they are the same trace. */
export function traceKey({ env, ops }: Trace): string {
  const bytes = Buffer.from(ops.buffer, ops.byteOffset, ops.byteLength).toString('latin1');
  const start = [env.gift, env.rlimit, env.paranoid, env.pku, env.thp, env.ksm, env.aux];
  return `${start.join()}:${bytes}`;
}

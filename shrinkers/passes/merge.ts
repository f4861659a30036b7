import { FDS, OP_WIDTH, PROCS, USERS } from '../../model/alphabet/bounds.js';
import { OP } from '../../model/alphabet/operations.js';
import type { Trace } from '../../model/alphabet/trace.js';
import { kindOf, placesOf, procOf, rewritten, slotOf, without } from '../edit.js';
import { FD_SLOTS, PAGE_SLOTS, PROC_SLOTS, USER_SLOTS } from '../fields.js';

type Slots = readonly (readonly number[])[];

/** Every name `from` becomes `to`. */
function renamed(trace: Trace, slots: Slots, from: number, to: number): Trace {
  return rewritten(trace, (ops, at) => {
    for (const slot of slots[ops[at]]) if (ops[at + slot] === from) ops[at + slot] = to;
  });
}

/** The pages that one process names, behind all others'. */
function apart(trace: Trace, proc: number): Trace {
  const others = placesOf(trace.ops, OP.mmap).filter((at) => trace.ops[at + 1] !== proc);
  const end = Math.max(0, ...others.map((at) => trace.ops[at + 3] + trace.ops[at + 4]));
  return rewritten(trace, (ops, at) => {
    if (ops[at + 1] === proc) for (const slot of PAGE_SLOTS[ops[at]]) ops[at + slot] += end;
  });
}

/** One process does what two did: without the fork that made the other, and with it. */
export function* mergeProcesses(trace: Trace): Iterable<Trace> {
  for (let from = PROCS - 1; from > 0; from--) {
    for (let to = 0; to < from; to++) {
      const forkless = without(
        trace,
        (step) => kindOf(trace, step) === OP.fork && slotOf(trace, step, 2) === from,
      );
      const endless = without(
        forkless,
        (step) => kindOf(forkless, step) === OP.exit && [from, to].includes(procOf(forkless, step)),
      );
      for (const each of [forkless, endless, apart(forkless, from), apart(endless, from)])
        yield renamed(each, PROC_SLOTS, from, to);
      yield renamed(trace, PROC_SLOTS, from, to);
      yield* mergedFrom(trace, from, to);
    }
  }
}

/** From some operation on, `to` does what `from` would have done. */
function* mergedFrom(trace: Trace, from: number, to: number): Iterable<Trace> {
  for (let at = 0; at < trace.ops.length; at += OP_WIDTH) {
    if (trace.ops[at + 1] !== from) continue;
    const ops = trace.ops.slice();
    ops[at + 1] = to;
    yield { env: trace.env, ops };
  }
}

/** One descriptor slot does for two. */
export function* mergeFds(trace: Trace): Iterable<Trace> {
  for (let from = FDS - 1; from > 0; from--) {
    for (let to = 0; to < from; to++) yield renamed(trace, FD_SLOTS, from, to);
  }
}

/** One user does for two. */
export function* mergeUsers(trace: Trace): Iterable<Trace> {
  for (let from = USERS - 1; from > 0; from--) yield renamed(trace, USER_SLOTS, from, from - 1);
}

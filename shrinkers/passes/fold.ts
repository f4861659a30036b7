import { OP_WIDTH } from '../../model/alphabet/bounds.js';
import { OP } from '../../model/alphabet/operations.js';
import type { Trace } from '../../model/alphabet/trace.js';
import { placesOf, without } from '../edit.js';

/** An event that is redirected later is opened redirected, there. */
export function* redirectAtOpen({ env, ops }: Trace): Iterable<Trace> {
  for (const at of placesOf(ops, OP.set_output)) {
    const [proc, fd, target] = ops.subarray(at + 1);
    const opens = placesOf(ops, OP.open).filter((open) => ops[open + 1] === proc && ops[open + 2] === fd);
    const opened = opens.findLast((open) => open < at);
    if (target < 0 || opened === undefined) continue;
    const copy = ops.slice();
    copy.copyWithin(at, opened, opened + OP_WIDTH);
    copy[at + 4] = target;
    yield without({ env, ops: copy }, (step) => step * OP_WIDTH === opened);
  }
}

/** A limit that is set on the way is there from the start. */
export function* limitsFromTheStart({ env, ops }: Trace): Iterable<Trace> {
  for (const limit of ['gift', 'rlimit'] as const) {
    for (const at of placesOf(ops, OP[limit]))
      yield without({ env: { ...env, [limit]: ops[at + 2] }, ops }, (step) => step * OP_WIDTH === at);
  }
}

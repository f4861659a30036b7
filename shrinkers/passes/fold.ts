import { OP_WIDTH } from '../../model/alphabet/bounds.js';
import { OP } from '../../model/alphabet/operations.js';
import { type Trace, traceLength } from '../../model/alphabet/trace.js';
import { kindOf, procOf, slotOf, without } from '../edit.js';

/** An event that is redirected later is opened redirected, there. */
export function* redirectAtOpen(trace: Trace): Iterable<Trace> {
  for (let step = 0; step < traceLength(trace.ops); step++) {
    if (kindOf(trace, step) !== OP.set_output || slotOf(trace, step, 3) < 0) continue;
    for (let opened = step - 1; opened >= 0; opened--) {
      if (kindOf(trace, opened) !== OP.open || procOf(trace, opened) !== procOf(trace, step)) continue;
      if (slotOf(trace, opened, 2) !== slotOf(trace, step, 2)) continue;
      const ops = trace.ops.slice();
      ops.copyWithin(step * OP_WIDTH, opened * OP_WIDTH, (opened + 1) * OP_WIDTH);
      ops[step * OP_WIDTH + 4] = slotOf(trace, step, 3);
      yield without({ env: trace.env, ops }, (at) => at === opened);
      break;
    }
  }
}

/** A limit that is set on the way is there from the start. */
export function* limitsFromTheStart(trace: Trace): Iterable<Trace> {
  for (let step = 0; step < traceLength(trace.ops); step++) {
    const kind = kindOf(trace, step);
    if (kind !== OP.gift && kind !== OP.rlimit) continue;
    const limit = kind === OP.gift ? 'gift' : 'rlimit';
    const { env, ops } = without(trace, (at) => at === step);
    yield { env: { ...env, [limit]: slotOf(trace, step, 2) }, ops };
  }
}

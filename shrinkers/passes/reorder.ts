import { OP_WIDTH } from '../../model/alphabet/bounds.js';
import { type Trace, traceLength } from '../../model/alphabet/trace.js';
import { slotOf, withSlot } from '../edit.js';
import { normaliseNames } from './names.js';

/** The operation at `from` comes at `to`, the others stay in their order. */
function moved({ env, ops }: Trace, from: number, to: number): Trace {
  const at = (step: number): number => step * OP_WIDTH;
  const one = ops.slice(at(from), at(from + 1));
  const copy = ops.slice();
  if (to < from) copy.copyWithin(at(to + 1), at(to), at(from));
  else copy.copyWithin(at(from), at(from + 1), at(to + 1));
  copy.set(one, at(to));
  return { env, ops: copy };
}

/** Each operation earlier or later, under the names that things have then. The last one shows the failure, and stays. */
export function* reorder(trace: Trace): Iterable<Trace> {
  const last = traceLength(trace.ops) - 1;
  for (let from = 0; from < last; from++) {
    for (let to = 0; to < last; to++) {
      if (from === to) continue;
      const other = moved(trace, from, to);
      yield other;
      yield* normaliseNames(other);
      // Earlier than the fork that made its process, another one has to do it.
      for (let proc = 0; to < from && proc < slotOf(trace, from, 1); proc++)
        yield withSlot(other, to, 1, proc);
    }
  }
}

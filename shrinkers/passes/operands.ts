import { OP_WIDTH } from '../../model/alphabet/bounds.js';
import { type Domain, STORED, TOKEN } from '../../model/alphabet/operands.js';
import { type Trace, traceLength } from '../../model/alphabet/trace.js';
import { kindOf, rewritten, slotOf, withSlot } from '../edit.js';
import { FIELDS } from '../fields.js';
import { simplestFirst } from '../order.js';

/** A domain whose values are all below this is tried in full. */
const LARGE = 32;

/** Simpler values of a domain, the simplest first; of a large one, which is of numbers, some on the way down. */
function simplerValues(domain: Domain, value: number): number[] {
  if (domain.max < LARGE) {
    const all = simplestFirst(domain);
    return all.slice(0, all.indexOf(value));
  }
  const down: number[] = [];
  for (let step = value - domain.min; step > 0; step >>= 1) down.push(value - step);
  return down;
}

/** Each operand of each operation alone. */
export function* simplerOperands(trace: Trace): Iterable<Trace> {
  for (let step = 0; step < traceLength(trace.ops); step++) {
    for (const { slot, domain } of FIELDS[kindOf(trace, step)]) {
      if (slot === 1) continue;
      for (const value of simplerValues(domain, slotOf(trace, step, slot)))
        yield withSlot(trace, step, slot, value);
    }
  }
}

const isToken = (domain: Domain): boolean => domain === TOKEN || domain === STORED;

/** One token for another, wherever it is written. */
export function* lowerTokens(trace: Trace): Iterable<Trace> {
  const tokens = new Set<number>();
  const { ops } = trace;
  for (let at = 0; at < ops.length; at += OP_WIDTH) {
    for (const { slot, domain } of FIELDS[ops[at]]) if (isToken(domain)) tokens.add(ops[at + slot]);
  }
  for (const token of tokens) {
    for (let lower = TOKEN.min; lower < token; lower++) {
      yield rewritten(trace, (copy, at) => {
        for (const { slot, domain } of FIELDS[copy[at]]) {
          if (isToken(domain) && copy[at + slot] === token) copy[at + slot] = lower;
        }
      });
    }
  }
}

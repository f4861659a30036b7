import { ARENA_PAGES, OP_WIDTH } from '../../model/alphabet/bounds.js';
import { type Domain, NPAGES, PAGE, PGOFF } from '../../model/alphabet/operands.js';
import { OP } from '../../model/alphabet/operations.js';
import { DEFAULT_ENV } from '../../model/alphabet/system.js';
import { type Trace, traceLength } from '../../model/alphabet/trace.js';
import { kindOf, placesOf, slotOf, without, withSlot } from '../edit.js';
import { FIELDS } from '../fields.js';
import { simplestFirst } from '../order.js';
import { simplerOperands } from './operands.js';

/** The first page behind all mappings, or the last one of the arena. */
function freePage({ ops }: Trace): number {
  const ends = placesOf(ops, OP.mmap).map((at) => ops[at + 3] + ops[at + 4]);
  return Math.min(Math.max(0, ...ends), ARENA_PAGES - 1);
}

/** Other values for an operand, near to its own: a flag more or less, the other choices, a number one up or down, another place. */
function otherValues(domain: Domain, value: number, free: number): number[] {
  if (domain === PAGE) return [0, free, value + 1];
  if (domain === NPAGES) return [1, 2, value + 1, value - 1];
  if (domain.kind === 'bits') {
    const flags: number[] = [];
    for (let bit = 1; bit <= domain.max; bit <<= 1) flags.push(value ^ bit);
    return flags;
  }
  if (domain.kind === 'choice') return simplestFirst(domain);
  return [value + 1, value - 1];
}

/** The trace with one operand changed: where it would be used most, first. */
function* changed(trace: Trace): Iterable<Trace> {
  const free = freePage(trace);
  for (let step = traceLength(trace.ops) - 1; step >= 0; step--) {
    for (const { slot, domain } of FIELDS[kindOf(trace, step)]) {
      if (slot === 1) continue;
      const value = slotOf(trace, step, slot);
      for (const other of otherValues(domain, value, free))
        if (other !== value) yield withSlot(trace, step, slot, other);
    }
  }
}

/** An operation goes, and an operand of another one changes: a flag does what the operation did, a mapping lies where it moved it. */
export function* dropAndChange(trace: Trace): Iterable<Trace> {
  const length = traceLength(trace.ops);
  for (let dropped = length - 1; dropped >= 0; dropped--)
    yield* changed(without(trace, (step) => step === dropped));
}

const isRange = (domain: Domain): boolean => domain === PAGE || domain === NPAGES || domain === PGOFF;

/** An operand gets its simplest value, and another one of the same operation, or a range elsewhere, changes for it. */
export function* cheapenAndChange(trace: Trace): Iterable<Trace> {
  yield* changed({ env: DEFAULT_ENV, ops: trace.ops });
  for (const cheaper of simplerOperands(trace)) {
    const at = trace.ops.findIndex((int, i) => int !== cheaper.ops[i]);
    const step = Math.floor(at / OP_WIDTH);
    for (const { slot, domain } of FIELDS[kindOf(trace, step)]) {
      if (slot === at % OP_WIDTH || !(isRange(domain) || domain.kind === 'bits')) continue;
      const value = slotOf(cheaper, step, slot);
      for (const other of otherValues(domain, value, 0))
        if (other !== value) yield withSlot(cheaper, step, slot, other);
    }
  }
}

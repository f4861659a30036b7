import { OP_WIDTH } from '../../model/alphabet/bounds.js';
import type { Domain } from '../../model/alphabet/operands.js';
import { type Trace, traceLength } from '../../model/alphabet/trace.js';
import { kindOf, rewritten, slotOf } from '../edit.js';
import { FIELDS, type Field } from '../fields.js';
import { dropWithDependents } from './drop.js';
import { shortenData, shortenTogether } from './sizes.js';

/** A flag goes from all operations that have it: two events of a CPU become two of the task. */
export function* clearFlagsTogether(trace: Trace): Iterable<Trace> {
  const domains = new Set<Domain>();
  for (let step = 0; step < traceLength(trace.ops); step++)
    for (const { domain } of FIELDS[kindOf(trace, step)]) if (domain.kind === 'bits') domains.add(domain);
  for (const domain of domains) {
    for (let bit = 1; bit <= domain.max; bit <<= 1) {
      yield rewritten(trace, (ops, at) => {
        for (const field of FIELDS[ops[at]]) if (field.domain === domain) ops[at + field.slot] &= ~bit;
      });
    }
  }
}

/** How much lower: buffers have 2, 3, 5 pages. */
const STEPS_DOWN = [4, 2, 1];

/** Two numbers get lower together: how many pages, and which allocation fails. */
export function* lowerTogether(trace: Trace): Iterable<Trace> {
  const numbers: number[] = [];
  for (let step = 0; step < traceLength(trace.ops); step++) {
    for (const { slot, domain } of FIELDS[kindOf(trace, step)])
      if (slot > 1 && domain.kind === 'number' && slotOf(trace, step, slot) > domain.min)
        numbers.push(step * OP_WIDTH + slot);
  }
  for (const [i, one] of numbers.entries()) {
    for (const other of numbers.slice(i + 1)) {
      for (const by of STEPS_DOWN) {
        const ops = trace.ops.slice();
        ops[one] -= by;
        ops[other] -= by;
        yield { env: trace.env, ops };
      }
    }
  }
}

/** Limits beyond which a smaller size would need a larger one. */
const MOST_GIFT = 8;

function* withOtherLimits({ env, ops }: Trace): Iterable<Trace> {
  for (const limit of ['gift', 'rlimit'] as const)
    for (let pages = 0; pages <= MOST_GIFT; pages++)
      if (pages !== env[limit]) yield { env: { ...env, [limit]: pages }, ops };
}

/** Ranges get shorter, or mappings go, together with the limits that they meet. */
export function* shortenWithLimits(trace: Trace): Iterable<Trace> {
  for (const pass of [dropWithDependents, shortenTogether, shortenData])
    for (const shorter of pass(trace)) yield* withOtherLimits(shorter);
}

/** What may change places: any operand of two operations of a kind, and permissions and flags of any two. */
const isExchanged = (alike: boolean, a: Field, b: Field): boolean =>
  a.domain === b.domain && (alike ? a.slot === b.slot : a.domain.kind === 'bits');

/** Two operations change places in one operand: whichever of two events has the flag, or of two ranges the permission. */
export function* exchangeOperands(trace: Trace): Iterable<Trace> {
  const length = traceLength(trace.ops);
  for (let step = 0; step < length; step++) {
    for (let later = step + 1; later < length; later++) {
      const alike = kindOf(trace, step) === kindOf(trace, later);
      for (const a of FIELDS[kindOf(trace, step)]) {
        for (const b of FIELDS[kindOf(trace, later)]) {
          if (!isExchanged(alike, a, b)) continue;
          const ops = trace.ops.slice();
          ops[step * OP_WIDTH + a.slot] = slotOf(trace, later, b.slot);
          ops[later * OP_WIDTH + b.slot] = slotOf(trace, step, a.slot);
          yield { env: trace.env, ops };
        }
      }
    }
  }
}

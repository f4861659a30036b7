import { OP_WIDTH } from '../alphabet/bounds.js';
import { type Domain, PROC } from '../alphabet/operands.js';
import { OP_NAMES, OPERATIONS } from '../alphabet/operations.js';
import { TraceError } from './trace-error.js';

/** One operand of a packed operation: its name, what it may be, and its int (of `OP_WIDTH`). */
export interface Field {
  readonly name: string;
  readonly domain: Domain;
  readonly slot: number;
}

/** The operands of each kind of operation, by its number; the process that does it is the first. */
export const FIELDS: readonly (readonly Field[])[] = OP_NAMES.map((op) => {
  const operands: [string, Domain][] = Object.entries(OPERATIONS[op].operands);
  return [['proc', PROC] as const, ...operands].map(([name, domain], i) => ({ name, domain, slot: i + 1 }));
});

/** The names of a choice or of bits; of a number none. */
export const namesOf = (domain: Domain): readonly string[] => domain.names ?? [];

/** Values that an operand can have. */
export function radix(domain: Domain): number {
  return domain.max - domain.min + 1;
}

/** Operations that a trace has at most: what a file or token is refused for, before it fills the memory. */
export const MAX_OPERATIONS = 10_000;

/**
 * The operands of the packed operation at `ops[at]`.
 * @throws TraceError when the kind is not in the alphabet or an operand is out of its domain
 */
export function checkOperation(ops: Int32Array, at: number): readonly Field[] {
  const kind = ops[at];
  const fields = FIELDS[kind];
  const place = `/operations/${Math.floor(at / OP_WIDTH)}`;
  if (fields === undefined) throw new TraceError(`there is no operation number ${kind}`, place);
  for (const { name, domain, slot } of fields) {
    const value = ops[at + slot];
    if (!(value >= domain.min && value <= domain.max)) {
      throw new TraceError(`${value} is not in ${domain.min}..${domain.max}`, `${place}/${name}`);
    }
  }
  return fields;
}

/**
 * Operations in a packed sequence.
 * @throws TraceError when its length is not whole operations, or more than `MAX_OPERATIONS`
 */
export function countOperations(ops: Int32Array): number {
  const count = ops.length / OP_WIDTH;
  if (!Number.isInteger(count)) {
    throw new TraceError(`${ops.length} ints are not whole operations of ${OP_WIDTH}`, '/operations');
  }
  if (count > MAX_OPERATIONS) {
    throw new TraceError(
      `${count} operations are more than the ${MAX_OPERATIONS} that a trace can hold`,
      '/operations',
    );
  }
  return count;
}

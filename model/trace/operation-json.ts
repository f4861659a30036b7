import { OP_WIDTH } from '../alphabet/bounds.js';
import type { Domain } from '../alphabet/operands.js';
import { OP, OP_NAMES, type OpName } from '../alphabet/operations.js';
import { checkOperation, countOperations, FIELDS, namesOf } from './layout.js';

/** A number, the name of a choice, or the names of the bits that are set. */
type OperandJson = number | string | readonly string[];

/** An operation as people read it: `{ op: 'mmap', proc: 0, fd: 0, page: 4, npages: 3, prot: ['read'], ... }`. */
export interface OperationJson {
  readonly op: OpName;
  readonly proc: number;
  readonly [operand: string]: OperandJson;
}

/** The names of the bits set in `value`. */
function bitNames(domain: Domain, value: number): string[] {
  return namesOf(domain).filter((_, bit) => (value & (1 << bit)) !== 0);
}

function operandToJson(domain: Domain, value: number): OperandJson {
  if (domain.kind === 'number') return value;
  if (domain.kind === 'bits') return bitNames(domain, value);
  return namesOf(domain)[value - domain.min];
}

function operandFromJson(domain: Domain, json: OperandJson): number {
  if (typeof json === 'number') return json;
  const names = namesOf(domain);
  if (typeof json === 'string') return domain.min + names.indexOf(json);
  return json.reduce((set, name) => set | (1 << names.indexOf(name)), 0);
}

/**
 * The packed operation at `ops[at]`, with names for its numbers.
 * @throws TraceError when it is not one of the alphabet's
 */
export function operationToJson(ops: Int32Array, at: number): OperationJson {
  const operands = checkOperation(ops, at).map(({ name, domain, slot }) => [
    name,
    operandToJson(domain, ops[at + slot]),
  ]);
  return { op: OP_NAMES[ops[at]], ...Object.fromEntries(operands) };
}

/**
 * All operations of a packed sequence.
 * @throws TraceError when one is not of the alphabet, or there are too many
 */
export function operationsToJson(ops: Int32Array): OperationJson[] {
  return Array.from({ length: countOperations(ops) }, (_, i) => operationToJson(ops, i * OP_WIDTH));
}

/**
 * Operations in packed form. What comes from outside goes through the schema first (`parseTraceFile`).
 * @throws TraceError when an operand is missing or out of its domain
 */
export function operationsFromJson(list: readonly OperationJson[]): Int32Array {
  const ops = new Int32Array(list.length * OP_WIDTH);
  list.forEach((json, i) => {
    const at = i * OP_WIDTH;
    const kind = OP[json.op] ?? -1;
    ops[at] = kind;
    for (const { name, domain, slot } of FIELDS[kind] ?? []) {
      const operand = json[name];
      ops[at + slot] = operand === undefined ? domain.min - 1 : operandFromJson(domain, operand);
    }
    checkOperation(ops, at);
  });
  return ops;
}

import { OP_WIDTH } from '../../model/alphabet/bounds.js';
import type { Domain } from '../../model/alphabet/operands.js';
import { OPERATIONS } from '../../model/alphabet/operations.js';
import { DEFAULT_ENV, type Env } from '../../model/alphabet/system.js';
import { type OperationJson, operationsFromJson } from '../../model/trace/operation-json.js';
import { TraceError } from '../../model/trace/trace-error.js';
import type { BoundedOperation, Bounds, OperandValue as Value } from './bounds.js';

/** Operands that name a process, beside the one that does the operation. */
const NAMES_PROCESS = ['child', 'target'];

/** What an operand is when bounds do not say. */
function usual(name: string, domain: Domain): Value {
  return name === 'output' ? -1 : Math.max(0, domain.min);
}

function combinations(lists: readonly (readonly [string, readonly Value[]])[]): Record<string, Value>[] {
  return lists.reduce<Record<string, Value>[]>(
    (made, [name, values]) => made.flatMap((one) => values.map((value) => ({ ...one, [name]: value }))),
    [{}],
  );
}

/** All operations of one entry of the bounds. */
function operationsOf({ op, with: lists = {} }: BoundedOperation, processes: number): OperationJson[] {
  const domains: Readonly<Record<string, Domain>> = OPERATIONS[op].operands;
  for (const name of Object.keys(lists)) {
    if (name !== 'proc' && domains[name] === undefined)
      throw new TraceError(`${op} has no operand of this name`, `/operations/${op}/${name}`);
  }
  const everyone = Array.from({ length: processes }, (_, proc) => proc);
  const operands = Object.entries(domains).map(
    ([name, domain]) => [name, lists[name] ?? [usual(name, domain)]] as const,
  );
  return combinations([['proc', lists['proc'] ?? everyone], ...operands]).map((values) => ({
    op,
    proc: 0,
    ...values,
  }));
}

/** In order by kind, then process, then operands: the order in which a search tries operations. */
function compareAt(ops: Int32Array, a: number, b: number): number {
  for (let i = 0; i < OP_WIDTH; i++) {
    const difference = ops[a * OP_WIDTH + i] - ops[b * OP_WIDTH + i];
    if (difference !== 0) return difference;
  }
  return 0;
}

/**
 * The operations of these bounds, packed, each once, in the fixed order.
 * @throws TraceError when one is not of the alphabet, or names a process beyond the bounds
 */
export function alphabetOf(bounds: Bounds): Int32Array {
  const list = bounds.operations.flatMap((entry) => operationsOf(entry, bounds.processes));
  for (const operation of list) {
    for (const name of ['proc', ...(operation.op === 'set_output' ? [] : NAMES_PROCESS)]) {
      const named = operation[name];
      if (typeof named === 'number' && named >= bounds.processes)
        throw new TraceError(
          `${named} is not below ${bounds.processes}`,
          `/operations/${operation.op}/${name}`,
        );
    }
  }
  const packed = operationsFromJson(list);
  const order = Array.from(list, (_, i) => i).sort((a, b) => compareAt(packed, a, b));
  const distinct = order.filter((at, i) => i === 0 || compareAt(packed, order[i - 1], at) !== 0);
  const ops = new Int32Array(distinct.length * OP_WIDTH);
  distinct.forEach((from, to) => {
    ops.set(packed.subarray(from * OP_WIDTH, (from + 1) * OP_WIDTH), to * OP_WIDTH);
  });
  return ops;
}

/** What every sequence of these bounds starts from. */
export function environmentOf(bounds: Bounds): Env {
  return { ...DEFAULT_ENV, ...bounds.env };
}

import { OP_WIDTH } from '../../model/alphabet/bounds.js';
import { type Domain, FD, FD_OR_NONE, PROC } from '../../model/alphabet/operands.js';
import { OP, OPERATIONS, type OpName } from '../../model/alphabet/operations.js';
import type { Trace } from '../../model/alphabet/trace.js';
import type { BoundedOperation, Bounds } from '../explorer/bounds.js';
import { NamedValues, type Width } from './values.js';

/** No descriptor. */
const NONE = -1;

/** What an operand may be. */
function valuesOf(kind: OpName, domain: Domain, named: NamedValues, withNone: boolean): number[] {
  if (domain === PROC || domain === FD) return named.upTo(domain);
  if (domain !== FD_OR_NONE) return named.of(domain);
  // Every event may be opened redirected, and taken off; anonymous memory is searched where the trace has some.
  return kind !== 'mmap' || withNone ? [NONE, ...named.upTo(FD)] : named.upTo(FD);
}

function hasAnonymous({ ops }: Trace): boolean {
  for (let at = 0; at < ops.length; at += OP_WIDTH)
    if (ops[at] === OP.mmap && ops[at + 2] === NONE) return true;
  return false;
}

/**
 * Bounds around a trace: its environment; all its kinds of operation, and for each operand of these all that the trace names of that sort:
 * processes and descriptors up to the greatest one, pages, lengths, places in the file, permissions, flags, values. `near` adds `open` and
 * `mmap`, `wide` the other operations that change mappings, events and processes, and usual values (see `NamedValues`).
 */
export function boundsAround(trace: Trace, width: Width): Bounds {
  const named = new NamedValues(trace, width);
  const withNone = hasAnonymous(trace);
  const operations = named.kinds.map((op): BoundedOperation => {
    const operands = Object.entries<Domain>(OPERATIONS[op].operands);
    const lists = operands.map(([name, domain]) => [name, valuesOf(op, domain, named, withNone)] as const);
    return { op, with: Object.fromEntries(lists) };
  });
  return {
    name: `${width} around the trace`,
    env: trace.env,
    processes: named.upTo(PROC).length,
    records: 'counted',
    operations,
  };
}

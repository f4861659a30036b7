import { OP_WIDTH } from '../model/alphabet/bounds.js';
import { type Domain, NPAGES, PROT } from '../model/alphabet/operands.js';
import { OP_NAMES, type OpName } from '../model/alphabet/operations.js';
import { DEFAULT_ENV, type Env } from '../model/alphabet/system.js';
import type { Trace } from '../model/alphabet/trace.js';
import { FIELDS } from './fields.js';

/** Kinds from the simplest to the most involved: a shrunk trace uses the ones further left where they do. */
const SIMPLEST_FIRST: readonly OpName[] = [
  'load',
  'store',
  'open',
  'mmap',
  'munmap',
  'close',
  'exit',
  'fork',
  'headroom',
  'status',
  'maps',
  'mprotect',
  'record',
  'set_output',
  'dup',
  'mlock',
  'munlock',
  'madvise',
  'mincore',
  'msync',
  'mremap',
  'xchg',
  'cas_fail',
  'fetch',
  'read_into',
  'write_from',
  'mem_read',
  'mem_write',
  'vm_readv',
  'vm_writev',
  'ptrace_peek',
  'ptrace_poke',
  'futex',
  'vmsplice',
  'direct_write',
  'direct_read',
  'munlockall',
  'mlockall',
  'rlimit',
  'gift',
  'cap',
  'setuid',
  'exec',
  'inject',
];

/** Position of each kind among the simplest, by its number. */
const KIND_RANK = Int32Array.from(OP_NAMES, (name) => SIMPLEST_FIRST.indexOf(name));

/** PROT_READ, then READ and WRITE, then the rarer ones. */
const PROT_COST = [2, 0, 3, 1, 6, 4, 7, 5];

const ones = (value: number): number => value.toString(2).replaceAll('0', '').length;

/** How far a value is from the simplest of its domain. */
export function valueCost(domain: Domain, value: number): number {
  if (domain === PROT) return PROT_COST[value];
  // An empty range is an unusual one.
  if (domain === NPAGES && value === 0) return domain.max + 1;
  return domain.kind === 'bits' ? 8 * ones(value) + value : value - domain.min;
}

/** All values of a domain, the simplest first. */
export function simplestFirst(domain: Domain): number[] {
  const values = Array.from({ length: domain.max - domain.min + 1 }, (_, i) => domain.min + i);
  return values.sort((a, b) => valueCost(domain, a) - valueCost(domain, b));
}

/** An environment is simplest when a trace need not mention it: as it is by default. */
function envCost(env: Env): number {
  let cost = 0;
  if (env.gift !== DEFAULT_ENV.gift) cost += 1 + env.gift;
  if (env.rlimit !== DEFAULT_ENV.rlimit) cost += 1 + env.rlimit;
  if (env.paranoid !== DEFAULT_ENV.paranoid) cost += 8 + Math.abs(env.paranoid - DEFAULT_ENV.paranoid);
  if (env.pku !== DEFAULT_ENV.pku) cost++;
  if (env.thp !== DEFAULT_ENV.thp) cost++;
  if (env.ksm !== DEFAULT_ENV.ksm) cost++;
  if (env.aux !== DEFAULT_ENV.aux) cost++;
  return cost;
}

function kindCost(ops: Int32Array): number {
  let cost = 0;
  for (let at = 0; at < ops.length; at += OP_WIDTH) cost += KIND_RANK[ops[at]];
  return cost;
}

function operandCost(ops: Int32Array): number {
  let cost = 0;
  for (let at = 0; at < ops.length; at += OP_WIDTH) {
    for (const { slot, domain } of FIELDS[ops[at]]) cost += valueCost(domain, ops[at + slot]);
  }
  return cost;
}

function compareOps(a: Int32Array, b: Int32Array): number {
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return a[i] - b[i];
  return 0;
}

/**
 * Is `a` simpler than `b`? Fewer operations first, then simpler kinds, then simpler operands and environment, then the order
 * of the ints. No infinite row of traces becomes simpler and simpler, so whatever a shrinker tries, it ends.
 */
export function isSimpler(a: Trace, b: Trace): boolean {
  const difference =
    a.ops.length - b.ops.length ||
    kindCost(a.ops) - kindCost(b.ops) ||
    operandCost(a.ops) + envCost(a.env) - operandCost(b.ops) - envCost(b.env) ||
    compareOps(a.ops, b.ops);
  return difference < 0;
}

import { type Domain, FD, FD_OR_NONE, NPAGES, PAGE, PGOFF, PROC, USER } from '../model/alphabet/operands.js';
import { OP_NAMES, OPERATIONS } from '../model/alphabet/operations.js';

/** One operand of a kind: what it may be, and which int of the packed operation it is. */
export interface Field {
  readonly slot: number;
  readonly domain: Domain;
}

/** Operands of each kind, by its number, the process first. */
export const FIELDS: readonly (readonly Field[])[] = OP_NAMES.map((name) => {
  const domains: Domain[] = [PROC, ...Object.values(OPERATIONS[name].operands)];
  return domains.map((domain, i) => ({ slot: i + 1, domain }));
});

const slotsOf = (...wanted: Domain[]): readonly (readonly number[])[] =>
  FIELDS.map((fields) => fields.filter(({ domain }) => wanted.includes(domain)).map(({ slot }) => slot));

/** By kind: ints that name a process, a descriptor, a user, a page of the arena, a number of pages, a place in a file. */
export const PROC_SLOTS = slotsOf(PROC);
export const FD_SLOTS = slotsOf(FD, FD_OR_NONE);
export const USER_SLOTS = slotsOf(USER);
export const PAGE_SLOTS = slotsOf(PAGE);
export const NPAGES_SLOTS = slotsOf(NPAGES);
export const PGOFF_SLOTS = slotsOf(PGOFF);

/** Is every operand of the packed operations within its domain? */
export function inDomain(ops: Int32Array, width: number): boolean {
  for (let at = 0; at < ops.length; at += width) {
    for (const { slot, domain } of FIELDS[ops[at]]) {
      const value = ops[at + slot];
      if (value < domain.min || value > domain.max) return false;
    }
  }
  return true;
}

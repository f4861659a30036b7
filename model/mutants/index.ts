import { ACCOUNTING } from './accounting/index.js';
import { ADVANCE_MAPPING } from './advance-mapping/index.js';
import { ATTACHMENT } from './attachment/index.js';
import { CORE_MM } from './core-mm/index.js';
import { DEMAND_FAULT } from './demand-fault/index.js';
import type { Mutant } from './mutant.js';
import { REJECTED } from './rejected/index.js';

/** Every defect of the history that a sequence of operations can show, as a design that has it; in the order of docs/MUTANTS.md. */
export const MUTANTS: readonly Mutant[] = [
  ...ADVANCE_MAPPING,
  ...ACCOUNTING,
  ...ATTACHMENT,
  ...CORE_MM,
  ...REJECTED,
  ...DEMAND_FAULT,
];

export { INTERLEAVINGS } from './concurrent/index.js';
export type { Defect, Mutant } from './mutant.js';

import { OP_WIDTH } from '../../model/alphabet/bounds.js';
import { MMAP_NOREPLACE } from '../../model/alphabet/operands.js';
import { OP } from '../../model/alphabet/operations.js';
import type { RacePlan } from '../../model/interleaving/plan.js';

/**
 * The variation point of interleavings: an mmap over mappings (MAP_FIXED) is two operations to others. What is in the way is unmapped
 * and closed before the file is asked (mmap_region, all kernels), and another task can come between.
 */
export const MAP_OVER = 'map-over-in-two';

/** A plan whose operations are divided, and which operation of the undivided plan each is a part of. */
export interface Divided {
  readonly plan: RacePlan;
  readonly partOf: readonly (readonly number[])[];
}

/** Start and length of what the operation at `at` maps, or none. */
function maps(ops: Int32Array, at: number): readonly [proc: number, page: number, pages: number] | undefined {
  return ops[at] === OP.mmap ? [ops[at + 1], ops[at + 3], ops[at + 4]] : undefined;
}

function overlaps(a: readonly number[], b: readonly number[]): boolean {
  return a[0] === b[0] && a[1] < b[1] + b[2] && b[1] < a[1] + a[2];
}

/** Whether something that the plan maps may be in the way of this mmap. */
function mapsOver(plan: RacePlan, ops: Int32Array, at: number): boolean {
  const range = maps(ops, at);
  if (range === undefined || (ops[at + 6] & MMAP_NOREPLACE) !== 0) return false;
  for (const others of [plan.prefix, ...plan.tasks]) {
    for (let i = 0; i < others.length; i += OP_WIDTH) {
      const other = maps(others, i);
      if (other !== undefined && !(others === ops && i === at) && overlaps(range, other)) return true;
    }
  }
  return false;
}

/** The plan with an munmap of its own before each mmap over mappings, or undefined: it has none. */
export function divide(plan: RacePlan): Divided | undefined {
  const partOf: number[][] = [];
  const tasks = plan.tasks.map((ops) => {
    const packed: number[][] = [];
    const parts: number[] = [];
    for (let at = 0; at < ops.length; at += OP_WIDTH) {
      const operation = [...ops.subarray(at, at + OP_WIDTH)];
      if (mapsOver(plan, ops, at)) {
        const unmap = [OP.munmap, ops[at + 1], ops[at + 3], ops[at + 4], 0, 0, 0, 0];
        // An injected failure is for the mmap.
        const before = packed.at(-1)?.[0] === OP.inject ? packed.length - 1 : packed.length;
        packed.splice(before, 0, unmap);
        parts.splice(before, 0, at / OP_WIDTH);
      }
      packed.push(operation);
      parts.push(at / OP_WIDTH);
    }
    partOf.push(parts);
    return Int32Array.from(packed.flat());
  });
  const divided = tasks.some((ops, t) => ops.length !== plan.tasks[t].length);
  return divided ? { plan: { ...plan, tasks }, partOf } : undefined;
}

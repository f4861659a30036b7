import { OP_WIDTH } from '../../model/alphabet/bounds.js';
import type { RacePlan } from '../../model/interleaving/plan.js';

/** Operations of a plan, those before the tasks among them. */
export function operationsOf({ prefix, tasks }: RacePlan): number {
  return [prefix, ...tasks].reduce((sum, { length }) => sum + length / OP_WIDTH, 0);
}

/** The plan with only the operations at these places, in all of it; a task without operations is none. */
function only(plan: RacePlan, kept: ReadonlySet<number>): RacePlan {
  let place = 0;
  const part = (ops: Int32Array): Int32Array => {
    const first = place;
    place += ops.length / OP_WIDTH;
    return ops.filter((_, i) => kept.has(first + Math.floor(i / OP_WIDTH)));
  };
  const prefix = part(plan.prefix);
  return { ...plan, prefix, tasks: plan.tasks.map(part).filter(({ length }) => length > 0) };
}

/** Two tasks at least: what fails with one of them is no race. */
const isRace = ({ tasks }: RacePlan): boolean => tasks.length >= 2;

/** The plans that lack one operation of this one, the first one first. */
export function* withoutOne(plan: RacePlan): Generator<RacePlan> {
  const places = Array.from({ length: operationsOf(plan) }, (_, i) => i);
  for (const left of places) {
    const smaller = only(plan, new Set(places.filter((place) => place !== left)));
    if (isRace(smaller)) yield smaller;
  }
}

/** Every plan that lacks some of the operations of this one, the smallest first. */
export function* partsOf(plan: RacePlan): Generator<RacePlan> {
  const total = operationsOf(plan);
  for (let count = 2; count < total; count++) {
    for (const kept of combinations(total, count)) {
      const smaller = only(plan, new Set(kept));
      if (isRace(smaller)) yield smaller;
    }
  }
}

/** Every way to take `count` of the numbers below `total`, in order. */
function* combinations(total: number, count: number): Generator<number[]> {
  const taken = Array.from({ length: count }, (_, i) => i);
  for (;;) {
    yield [...taken];
    const at = taken.findLastIndex((number, i) => number < total - count + i);
    if (at < 0) return;
    taken[at]++;
    for (let i = at + 1; i < count; i++) taken[i] = taken[i - 1] + 1;
  }
}

import { OP_WIDTH } from '../../model/alphabet/bounds.js';
import { OP } from '../../model/alphabet/operations.js';
import type { RacePlan } from '../../model/interleaving/plan.js';

/** Orders of operations that are looked at, at most. */
export const MOST_ORDERS = 5_000;

/** How many orders of the operations keep the order of each task, at most. */
export function countOrders(plan: RacePlan): number {
  let total = 0;
  let orders = 1;
  for (const { length } of plan.tasks) {
    for (let i = 1; i <= length / OP_WIDTH; i++) orders = (orders * ++total) / i;
  }
  return Math.round(orders);
}

/** The task whose last operation was to make its next one fail: that comes at once. */
function injecting(plan: RacePlan, left: readonly number[], last: number | undefined): number | undefined {
  if (last === undefined || left[last] === 0) return undefined;
  const ops = plan.tasks[last];
  return ops[ops.length - (left[last] + 1) * OP_WIDTH] === OP.inject ? last : undefined;
}

/**
 * Every order of the operations that keeps the order of each task, as lists of tasks.
 * @throws RangeError too many
 */
export function ordersOf(plan: RacePlan): number[][] {
  if (countOrders(plan) > MOST_ORDERS)
    throw new RangeError(`more than ${MOST_ORDERS} orders of the operations`);
  const left = plan.tasks.map(({ length }) => length / OP_WIDTH);
  const orders: number[][] = [];
  const order: number[] = [];
  const extend = (): void => {
    let any = false;
    const held = injecting(plan, left, order.at(-1));
    for (let t = 0; t < left.length; t++) {
      if (left[t] === 0 || (held !== undefined && held !== t)) continue;
      any = true;
      left[t]--;
      order.push(t);
      extend();
      order.pop();
      left[t]++;
    }
    if (!any) orders.push([...order]);
  };
  extend();
  return orders;
}

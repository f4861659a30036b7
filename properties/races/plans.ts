import { OP_WIDTH } from '../../model/alphabet/bounds.js';
import { DEFAULT_ENV, type Env } from '../../model/alphabet/system.js';
import { MAX_TASK_OPERATIONS, MAX_TASKS, type RacePlan } from '../../model/interleaving/plan.js';
import { ACTIONS, SITUATION_NAMES, situation } from './actions.js';
import { countOrders, MOST_ORDERS } from './orders.js';
import { divide } from './variation.js';

/** A plan, and the text that names it: "mapped: unmap | map". */
export interface NamedPlan {
  readonly name: string;
  readonly plan: RacePlan;
}

/** A text that names no plan. */
export class PlanError extends Error {}

/** What a task does: the names of its actions, and whose thread it is. */
interface Task {
  readonly actions: readonly string[];
  readonly proc: number;
}

const ACTION_NAMES = Object.keys(ACTIONS);

/** Processes 0 and 1 are in every plan; process 2 where a task is of it. */
const PROCESSES = ['0', '1', '2'];

/** The process of a task for which none is named. */
const usual = (number: number): number => number % 2;

function known(names: readonly string[], what: string, name: string): string {
  if (names.includes(name)) return name;
  throw new PlanError(`no ${what} "${name}": write one of ${names.join(', ')}`);
}

function parseTask(text: string, number: number): Task {
  const [list, ...by] = text.split('@').map((part) => part.trim());
  const proc = by.length === 0 ? usual(number) : PROCESSES.indexOf(by.join('@'));
  if (proc < 0) throw new PlanError(`@${by.join('@')}: there are processes 0, 1 and 2`);
  return { actions: list.split('+').map((action) => action.trim()), proc };
}

const pack = (operations: readonly (readonly number[])[]): Int32Array => Int32Array.from(operations.flat());

function planOf(from: string, tasks: readonly Task[], env: Env): NamedPlan {
  const processes = 1 + Math.max(1, ...tasks.map(({ proc }) => proc));
  const prefix = pack(situation(known(SITUATION_NAMES, 'situation', from), processes));
  const packed = tasks.map(({ actions, proc }) => {
    const ops = pack(actions.flatMap((action) => ACTIONS[known(ACTION_NAMES, 'action', action)](proc)));
    if (ops.length > MAX_TASK_OPERATIONS * OP_WIDTH)
      throw new PlanError(`a task of more than ${MAX_TASK_OPERATIONS} operations`);
    return ops;
  });
  const texts = tasks.map(
    ({ actions, proc }, i) => actions.join('+') + (proc === usual(i) ? '' : `@${proc}`),
  );
  alone(tasks);
  const plan = { env, prefix, tasks: packed };
  const orders = countOrders(divide(plan)?.plan ?? plan);
  if (orders > MOST_ORDERS)
    throw new PlanError(`${orders} orders of its operations: at most ${MOST_ORDERS} are compared with`);
  return { name: `${from}: ${texts.join(' | ')}`, plan };
}

/** A process that ends, or is replaced, takes its other threads with it: what these would then do is nobody's. Process 2 is made by one. */
function alone(tasks: readonly Task[]): void {
  for (const { actions, proc } of tasks) {
    if (actions.includes('fork') && tasks.some((task) => task.proc === 2))
      throw new PlanError('fork makes process 2: no task is of it');
    if (!actions.some((action) => ENDS.includes(action))) continue;
    if (tasks.filter((task) => task.proc === proc).length > 1)
      throw new PlanError('a process that exits or execs has one task only');
  }
}

/**
 * The plan that a text names: a situation, a colon, and two or three tasks with "|" between them; a task is actions with "+" between
 * them, and may end in "@" and the process that it is a thread of: "mapped: unmap | redirect+map@0".
 * @throws PlanError
 */
export function parsePlan(text: string, env: Env = DEFAULT_ENV): NamedPlan {
  const [from, ...rest] = text.split(':');
  if (rest.length === 0) throw new PlanError(`"${text}" has no colon: write "situation: task | task"`);
  const tasks = rest.join(':').split('|').map(parseTask);
  if (tasks.length < 2 || tasks.length > MAX_TASKS)
    throw new PlanError(`${tasks.length} task(s): write 2 or ${MAX_TASKS}`);
  return planOf(from.trim(), tasks, env);
}

/** Actions that a second thread of a process does: those that do not take its mmap_lock for writing, or not at once. */
const BY_THREADS = ['redirect', 'detach', 'close', 'load', 'store', 'load-data', 'load-aux'];

/** Actions after which the process is none that others could be threads of. */
const ENDS = ['exit', 'exec'];

/** Actions after which a task looks what it may still map: what the other one has charged by then shows. */
const LOOKED_AFTER = ['map', 'map-other', 'map-aux', 'map-aux-other'];

/** Situations with one event, and actions that take another one. */
const ONE_EVENT = ['opened', 'mapped', 'shared', 'aux-asked', 'aux-mapped'];
const OF_ANOTHER = ['redirect', 'redirect-back', 'detach', 'close-other', 'map-other'];

/** Actions that take a data mapping: every situation has one but the first. */
const OF_A_MAPPING = ['unmap', 'load', 'store', 'load-data', 'move'];

/** Whether the action has anything to work on: there is a second descriptor, an AUX area that was asked for. */
function fits(from: string, action: string): boolean {
  const another = OF_ANOTHER.includes(action) || action.startsWith('map-aux-other');
  if (another && ONE_EVENT.includes(from)) return false;
  if (action.includes('aux') && !from.startsWith('aux')) return false;
  return from !== 'opened' || !OF_A_MAPPING.includes(action);
}

/** Actions that do something there. To look does nothing: what others charged shows after an action. */
const actionsIn = (from: string): string[] =>
  ACTION_NAMES.filter((action) => action !== 'look' && fits(from, action));

/**
 * Every pair of actions in every situation, on two processes and, where that is another thing, on two threads of one. A charge that
 * is lost does not show while the gift lasts: so the gift is what the situations take at most.
 */
export function allPlans(env: Env = DEFAULT_ENV): NamedPlan[] {
  const plans: NamedPlan[] = [];
  for (const from of SITUATION_NAMES) {
    const actions = actionsIn(from);
    for (const first of actions) {
      for (const second of actions) {
        const one = { actions: [first], proc: 0 };
        plans.push(planOf(from, [one, { actions: [second], proc: 1 }], env));
        if (LOOKED_AFTER.includes(second))
          plans.push(planOf(from, [one, { actions: [second, 'look'], proc: 1 }], env));
        if (!BY_THREADS.includes(second) || ENDS.includes(first)) continue;
        plans.push(planOf(from, [one, { actions: [second], proc: 0 }], env));
      }
    }
  }
  return plans;
}

/** Actions of which two are done beside a third one, in plans of three tasks: those that a buffer or an AUX area comes and goes by. */
const CORE = ['map', 'unmap', 'map-other', 'map-aux', 'unmap-aux', 'redirect', 'close'];

/**
 * Every two actions of the core, on two processes, beside every other action: of a third process, and where that is another thing of a
 * thread of the first. Failure injection, faults, stores, exit and fork are among the others.
 */
export function triplePlans(env: Env = DEFAULT_ENV): NamedPlan[] {
  const plans: NamedPlan[] = [];
  for (const from of SITUATION_NAMES) {
    const actions = actionsIn(from);
    const core = CORE.filter((action) => actions.includes(action));
    core.forEach((first, i) => {
      for (const second of core.slice(i)) {
        const two = [first, second].map((action, proc) => ({ actions: [action], proc }));
        for (const third of actions) {
          if (third !== 'fork') plans.push(planOf(from, [...two, { actions: [third], proc: 2 }], env));
          if (third === 'fork' || BY_THREADS.includes(third))
            plans.push(planOf(from, [...two, { actions: [third], proc: 0 }], env));
        }
      }
    });
  }
  return plans;
}

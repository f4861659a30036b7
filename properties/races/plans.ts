import { OP_WIDTH } from '../../model/alphabet/bounds.js';
import { DEFAULT_ENV, type Env } from '../../model/alphabet/system.js';
import { MAX_TASK_OPERATIONS, MAX_TASKS, type RacePlan } from '../../model/interleaving/plan.js';
import { ACTIONS, SITUATIONS } from './actions.js';

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

const PROCESSES = 2;

function known<T>(of: Readonly<Record<string, T>>, what: string, name: string): T {
  if (Object.hasOwn(of, name)) return of[name];
  throw new PlanError(`no ${what} "${name}": write one of ${Object.keys(of).join(', ')}`);
}

function parseTask(text: string, number: number): Task {
  const [, list = '', proc] = /^([\w\s+-]+?)(?:@(\d))?$/.exec(text.trim()) ?? [];
  const actions = list.split('+').map((action) => action.trim());
  const by = proc === undefined ? number % PROCESSES : Number(proc);
  if (by >= PROCESSES) throw new PlanError(`@${proc}: there are processes 0 and 1`);
  return { actions, proc: by };
}

const pack = (operations: readonly (readonly number[])[]): Int32Array => Int32Array.from(operations.flat());

function planOf(situation: string, tasks: readonly Task[], env: Env): NamedPlan {
  const prefix = pack(known(SITUATIONS, 'situation', situation));
  const packed = tasks.map(({ actions, proc }) => {
    const ops = pack(actions.flatMap((action) => known(ACTIONS, 'action', action)(proc)));
    if (ops.length > MAX_TASK_OPERATIONS * OP_WIDTH)
      throw new PlanError(`a task of more than ${MAX_TASK_OPERATIONS} operations`);
    return ops;
  });
  const texts = tasks.map(
    ({ actions, proc }, i) => actions.join('+') + (proc === i % PROCESSES ? '' : `@${proc}`),
  );
  alone(tasks);
  return { name: `${situation}: ${texts.join(' | ')}`, plan: { env, prefix, tasks: packed } };
}

/** A process that ends, or is replaced, takes its other threads with it: what these would then do is nobody's. */
function alone(tasks: readonly Task[]): void {
  for (const { actions, proc } of tasks) {
    if (!actions.some((action) => action === 'exit' || action === 'exec')) continue;
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
  const [situation, rest] = text.split(':', 2).map((part) => part.trim());
  if (rest === undefined) throw new PlanError(`"${text}" has no colon: write "situation: task | task"`);
  const tasks = rest.split('|').map(parseTask);
  if (tasks.length < 2 || tasks.length > MAX_TASKS)
    throw new PlanError(`${tasks.length} task(s): write 2 or ${MAX_TASKS}`);
  return planOf(situation, tasks, env);
}

/** Actions that a second thread of a process does: those that do not take its mmap_lock for writing, or not at once. */
const BY_THREADS = ['redirect', 'detach', 'close', 'load', 'store', 'load-data', 'load-aux'];

/** Actions after which a task looks what it may still map: what the other one has charged by then shows. */
const LOOKED_AFTER = ['map', 'map-other', 'map-aux', 'map-aux-other'];

/** Whether the action has anything to work on: there is a second descriptor, an AUX area that was asked for. */
function fits(situation: string, action: string): boolean {
  if (action === 'look') return false;
  const two = ['two-events', 'redirected', 'aux-redirected', 'aux-other', 'aux-other-mapped'].includes(
    situation,
  );
  if (
    [
      'redirect',
      'redirect-back',
      'detach',
      'close-other',
      'map-other',
      'map-aux-other',
      'map-aux-other-fails',
    ].includes(action) &&
    !two
  )
    return false;
  if (action.includes('aux') && !situation.startsWith('aux')) return false;
  return situation !== 'opened' || !['unmap', 'load', 'store', 'load-data', 'move'].includes(action);
}

/**
 * Every pair of actions in every situation, on two processes and, where that is another thing, on two threads of one. A charge that
 * is lost does not show while the gift lasts: so the gift is what the situations take at most.
 */
export function allPlans(env: Env = DEFAULT_ENV): NamedPlan[] {
  const plans: NamedPlan[] = [];
  const names = Object.keys(ACTIONS);
  for (const situation of Object.keys(SITUATIONS)) {
    const actions = names.filter((action) => fits(situation, action));
    for (const first of actions) {
      for (const second of actions) {
        const one = { actions: [first], proc: 0 };
        plans.push(planOf(situation, [one, { actions: [second], proc: 1 }], env));
        if (LOOKED_AFTER.includes(second))
          plans.push(planOf(situation, [one, { actions: [second, 'look'], proc: 1 }], env));
        if (!BY_THREADS.includes(second) || first === 'exit' || first === 'exec') continue;
        plans.push(planOf(situation, [one, { actions: [second], proc: 0 }], env));
      }
    }
  }
  return plans;
}

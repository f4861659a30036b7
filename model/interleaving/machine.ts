import { OBS_WIDTH, OP_WIDTH } from '../alphabet/bounds.js';
import { BOUND, HANG, SKIP } from '../alphabet/observations.js';
import { OP } from '../alphabet/operations.js';
import { NEVER_RETURNS, TABLE_FULL } from '../kernel/stop.js';
import { type Design, World } from '../kernel/world.js';
import type { Derived, Suspended } from './derived.js';
import { Lane } from './lane.js';
import type { RacePlan } from './plan.js';
import { begin, dirty, run } from './tracking.js';

/** The site of a task that is between two operations. */
const BETWEEN = -1;

/**
 * Runs the tasks of a plan on the derived model, one step of one task at a time. A step goes from one point to the next: what
 * another task can see of it happens at once.
 */
export class Machine {
  readonly world: World;
  readonly lanes: Lane[] = [];
  readonly #derived: Derived;
  /** The state as it was when the tasks began; nobody else writes it. */
  initial = new Int32Array(0);
  #last = -1;
  /** Steps since `begin`. */
  steps = 0;
  /** The model's tables were full: what follows is beyond its bounds. */
  full = false;
  /** Task in whose operation a fault was retried for ever, or -1. */
  hung = -1;

  constructor(derived: Derived, design: Design) {
    this.#derived = derived;
    this.world = new World(design);
  }

  /**
   * Do the prefix, and make the tasks ready.
   * @returns observations of the prefix
   */
  load(plan: RacePlan): Int32Array[] {
    const w = this.world;
    w.reset(plan.env);
    w.cpu = 0;
    run.lane = -1;
    const seen: Int32Array[] = [];
    for (let at = 0; at < plan.prefix.length; at += OP_WIDTH) seen.push(this.whole(plan.prefix, at));
    this.lanes.length = 0;
    const free = divide_free_pages(w, Math.max(plan.tasks.length, 1));
    plan.tasks.forEach((ops, i) => {
      this.lanes.push(new Lane(i, ops, free[i]));
    });
    this.initial = w.words.slice();
    run.lanes = plan.tasks.length;
    this.begin();
    return seen;
  }

  /** Back to where the tasks begin. */
  begin(): void {
    const { words } = this.world;
    const initial = this.initial;
    for (let i = 0; i < run.dirtied; i++) words[dirty[i]] = initial[dirty[i]];
    begin();
    for (let i = 0; i < this.lanes.length; i++) this.lanes[i].begin();
    this.#last = -1;
    this.steps = 0;
    this.full = false;
    this.hung = -1;
  }

  /** Whether the task can go on: it is not at its end, and nobody holds what it waits for. */
  enabled(t: number): boolean {
    const lane = this.lanes[t];
    if (lane.over) return false;
    if (lane.wanted === -1) return true;
    const held = this.world.words[lane.wanted];
    return lane.shared ? held <= 0 : held === 0;
  }

  /** One step of a task that is enabled. Its accesses are in `tracking.log`. */
  step(t: number): void {
    const lane = this.lanes[t];
    if (this.#last !== t) this.#switch_to(lane);
    run.logged = 0;
    run.wanted = -1;
    this.steps++;
    try {
      if (lane.running === undefined) this.#start(lane);
      else this.#resume(lane, lane.running);
    } catch (stop) {
      this.#stopped(lane, stop);
    }
    lane.wanted = run.wanted;
    lane.shared = run.shared;
  }

  #start(lane: Lane): void {
    const w = this.world;
    const { ops } = lane;
    const at = lane.next * OP_WIDTH;
    const obs = lane.observations[lane.next];
    lane.begun[lane.next] = this.steps;
    obs[1] = 0;
    if (this.#derived.names_nothing(w, ops, at)) {
      this.#finish(lane, SKIP);
      return;
    }
    const status = this.#call(ops, at, obs);
    if (typeof status === 'number') this.#finish(lane, status);
    else this.#resume(lane, status);
  }

  #call(ops: Int32Array, at: number, obs: Int32Array): number | Suspended {
    const proc = ops[at + 1];
    this.world.sys.current[0] = proc + 1;
    const handler = this.#derived.handlers[ops[at]];
    return handler(
      this.world,
      proc,
      ops[at + 2],
      ops[at + 3],
      ops[at + 4],
      ops[at + 5],
      ops[at + 6],
      ops[at + 7],
      obs,
    );
  }

  #resume(lane: Lane, running: Suspended): void {
    const { done, value } = running.next();
    if (done === true) {
      this.#finish(lane, value);
      return;
    }
    lane.running = running;
    lane.site = value;
  }

  #finish(lane: Lane, status: number): void {
    lane.observations[lane.next][0] = status;
    lane.ended[lane.next] = this.steps;
    if (lane.ops[lane.next * OP_WIDTH] !== OP.inject) this.world.sys.inject_site[0] = 0;
    lane.next++;
    lane.running = undefined;
    lane.site = BETWEEN;
    lane.over = lane.next * OP_WIDTH >= lane.ops.length;
  }

  #stopped(lane: Lane, stop: unknown): void {
    if (stop === TABLE_FULL) this.full = true;
    else if (stop === NEVER_RETURNS) this.hung = lane.number;
    else throw stop;
    this.#finish(lane, stop === TABLE_FULL ? BOUND : HANG);
    lane.over = true;
  }

  /** What belongs to a task, and not to the state that tasks share, changes with the task. */
  #switch_to(lane: Lane): void {
    const { sys } = this.world;
    const { charge } = this.#derived;
    if (this.#last >= 0) this.lanes[this.#last].save(sys, charge);
    lane.restore(sys, charge);
    this.world.cpu = lane.number;
    run.lane = lane.number;
    this.#last = lane.number;
  }

  /** An operation from its begin to its end, beside the tasks: to look at the state, or to end what they leave. */
  whole(ops: Int32Array, at: number): Int32Array {
    const w = this.world;
    const obs = new Int32Array(OBS_WIDTH);
    run.logged = 0;
    try {
      if (this.#derived.names_nothing(w, ops, at)) obs[0] = SKIP;
      else obs[0] = drive(this.#call(ops, at, obs));
    } catch (stop) {
      if (stop !== TABLE_FULL && stop !== NEVER_RETURNS) throw stop;
      obs[0] = stop === TABLE_FULL ? BOUND : HANG;
    }
    if (ops[at] !== OP.inject) w.sys.inject_site[0] = 0;
    return obs;
  }
}

/** Run what is under way to its end, with nobody beside it. */
function drive(status: number | Suspended): number {
  if (typeof status === 'number') return status;
  for (;;) {
    const { done, value } = status.next();
    run.logged = 0;
    if (done === true) return value;
  }
}

/** Give each task a list of free pages of its own, as processors have. @returns their first pages, + 1 */
function divide_free_pages(w: World, tasks: number): Int32Array {
  const first = new Int32Array(tasks);
  const last = new Int32Array(tasks);
  let i = 0;
  for (let p = w.sys.free_page[0]; p !== 0; i++) {
    const next = w.page.next[p - 1];
    const t = i % tasks;
    if (last[t] === 0) first[t] = p;
    else w.page.next[last[t] - 1] = p;
    last[t] = p;
    w.page.next[p - 1] = 0;
    p = next;
  }
  return first;
}

import { OP_WIDTH, PROCS } from '../../model/alphabet/bounds.js';
import { obsWidth } from '../../model/alphabet/observations.js';
import { OP } from '../../model/alphabet/operations.js';
import type { Specification } from '../../model/alphabet/specification.js';
import { ACCEPTED } from '../../model/alphabet/specification.js';
import type { Machine } from '../../model/interleaving/machine.js';
import type { RacePlan } from '../../model/interleaving/plan.js';
import { WARNINGS } from '../../model/kernel/warn.js';
import { MOMENT_INVARIANTS } from '../invariants/at-every-moment.js';
import { contextOf } from '../invariants/context.js';
import { END_INVARIANT, STEP_INVARIANTS } from '../invariants/index.js';
import type { Context } from '../invariants/invariant.js';
import { no_kernel_warning } from '../invariants/no-kernel-warning.js';
import { mix } from './footprints.js';
import type { MachineSteps } from './machine-steps.js';
import { ordersOf } from './orders.js';
import { firstDifference, type Outcome, outcomeOf, PROBE_OPS, sameOutcome } from './outcome.js';
import { RACE_RULES, type RaceFailure } from './race-failure.js';
import { sayDifference } from './say-difference.js';
import type { Divided } from './variation.js';

/** An order of the operations, one after the other, and what it gives. */
interface Sequential {
  readonly order: readonly number[];
  /** By task and operation: which operation of the plan it is, or is a part of. */
  readonly partOf: readonly (readonly number[])[];
  readonly outcome: Outcome;
}

/** Says of a schedule of one plan whether anything is wrong with it, at every step and at the end. */
export class Judge {
  /** Orders of the operations that were run one after the other. */
  readonly sequential: Sequential[] = [];
  /** Rules that are broken when the operations come one after the other: that is no race, and `check` finds it. */
  readonly brokenAnyway = new Set<string>();
  /** What the operations break one after the other, so that schedules of them are not worth a look. */
  unfit: RaceFailure | undefined;
  readonly #machine: Machine;
  readonly #steps: MachineSteps;
  readonly #context: Context;
  readonly #verdicts = new Map<string, RaceFailure | undefined>();
  readonly #divided: Sequential[] = [];
  /** Different ends that only the variation point MAP_OVER explains. */
  varied = 0;
  #moment: RaceFailure | undefined;
  /** Different ends that were looked at. */
  get ends(): number {
    return this.#verdicts.size;
  }

  constructor(machine: Machine, steps: MachineSteps) {
    this.#machine = machine;
    this.#steps = steps;
    this.#context = contextOf(machine.world);
    machine.world.watch = {
      pteSet: (_w, address) => this.#at_moment('pteSet', address),
      pageFreed: (_w, page) => this.#at_moment('pageFreed', page),
    };
  }

  /**
   * Learn what the operations give one after the other, in every order.
   * @param plan the machine has loaded it
   * @param spec has seen the prefix, or is undefined for it rejects that; asked of each order, if given
   */
  learn(plan: RacePlan, spec?: () => Specification | undefined): void {
    const partOf = plan.tasks.map((ops) => Array.from({ length: ops.length / OP_WIDTH }, (_, i) => i));
    for (const order of ordersOf(plan)) {
      this.begin();
      for (const task of order) this.#operation(task);
      this.unfit ??= this.failure();
      if (this.unfit !== undefined) return;
      for (let broken = this.#look_at_end(); broken !== undefined; broken = this.#look_at_end())
        this.brokenAnyway.add(broken.rule);
      const outcome = outcomeOf(this.#machine);
      this.sequential.push({ order, outcome, partOf });
      if (spec !== undefined && !accepts(spec(), plan, order, outcome)) this.brokenAnyway.add('spec');
      const left = this.leftovers();
      if (left !== undefined) this.brokenAnyway.add(left.rule);
    }
  }

  /** As `learn`, of a plan whose operations are divided: what only that explains is the variation point MAP_OVER. */
  learnDivided({ plan, partOf }: Divided): void {
    for (const order of ordersOf(plan)) {
      this.begin();
      for (const task of order) this.#operation(task);
      if (this.failure() !== undefined) continue;
      const { seen, probes } = outcomeOf(this.#machine);
      // The last part of an operation gives what it gives.
      const whole = seen.map((all, t) => all.filter((_, i) => partOf[t].lastIndexOf(partOf[t][i]) === i));
      this.#divided.push({ order, outcome: { seen: whole, probes }, partOf });
    }
  }

  /** The tasks begin anew. */
  begin(): void {
    this.#steps.begin();
    this.#moment = undefined;
  }

  /** What is wrong already, in the middle of the schedule. */
  failure(): RaceFailure | undefined {
    const machine = this.#machine;
    if (this.#moment !== undefined) return this.#moment;
    const { usedFreed, words } = this.#steps;
    if (usedFreed !== 0) return say('freed', `${words.nameOfOwner(usedFreed)} is used after it was freed`);
    if (machine.hung >= 0) return say('hang', `task ${machine.hung + 1} tries again for ever`);
    const warned = machine.world.sys.warned[0];
    if (warned === 0) return undefined;
    const { id, text } = no_kernel_warning;
    return { kind: 'warning', rule: id, text, detail: WARNINGS[warned] };
  }

  /** What is wrong when every task is over. Looked at once for each different end. */
  atEnd(): RaceFailure | undefined {
    const key = this.#end_key();
    if (this.#verdicts.has(key)) return this.#verdicts.get(key);
    const failure = this.#judge_end();
    this.#verdicts.set(key, failure);
    return failure;
  }

  #judge_end(): RaceFailure | undefined {
    if (this.#machine.full) return undefined;
    return this.#look_at_end() ?? this.#look_for_order();
  }

  #operation(task: number): void {
    const { lanes } = this.#machine;
    const lane = lanes[task];
    const { next } = lane;
    while (lane.next === next && this.#machine.enabled(task)) this.#steps.step(task);
  }

  #at_moment(hook: 'pteSet' | 'pageFreed', subject: number): void {
    if (this.#moment !== undefined) return;
    const c = this.#context;
    for (const invariant of MOMENT_INVARIANTS) {
      if (this.brokenAnyway.has(invariant.id) || invariant[hook]?.(c, subject) !== false) continue;
      const { id, text } = invariant;
      this.#moment = { kind: 'moment', rule: id, text, detail: invariant.describe(c) };
      this.#steps.failed = true;
      return;
    }
  }

  #look_at_end(): RaceFailure | undefined {
    // The context knows of no operation: what is asked of one, before and after, holds. Tasks beside each other have no such two states.
    const c = this.#context;
    c.census.take(c.w);
    for (const invariant of STEP_INVARIANTS) {
      if (this.brokenAnyway.has(invariant.id) || invariant.applies?.(c.w) === false) continue;
      if (!invariant.check(c)) return state(invariant, invariant.describe(c));
    }
    return undefined;
  }

  /** End every process. What is left then was lost, though the end of the tasks did not show it. */
  leftovers(): RaceFailure | undefined {
    const { world } = this.#machine;
    for (let proc = PROCS - 1; proc >= 0; proc--) {
      if (world.task.alive[proc] !== 0)
        this.#machine.whole(Int32Array.of(OP.exit, proc, 0, 0, 0, 0, 0, 0), 0);
    }
    if (this.brokenAnyway.has(END_INVARIANT.id) || END_INVARIANT.check(this.#context)) return undefined;
    return state(END_INVARIANT, END_INVARIANT.describe(this.#context));
  }

  #look_for_order(): RaceFailure | undefined {
    const outcome = outcomeOf(this.#machine);
    const gives = (each: Sequential): boolean => sameOutcome(outcome, each.outcome) && this.#may_be(each);
    if (this.sequential.some(gives)) return this.leftovers();
    if (this.#divided.some(gives)) {
      this.varied++;
      return this.leftovers();
    }
    const kept = this.sequential.filter((each) => this.#may_be(each));
    const nearest = kept.map((each) => firstDifference(outcome, each.outcome)).at(-1);
    if (nearest === undefined) return undefined;
    return say('order', sayDifference(nearest, this.#machine.lanes));
  }

  /** Whether the order keeps those operations apart that did not overlap in this schedule. */
  #may_be({ order, partOf }: Sequential): boolean {
    const { lanes } = this.#machine;
    const next = new Array<number>(lanes.length).fill(0);
    let latest = 0;
    for (const task of order) {
      const i = partOf[task][next[task]++];
      // To ask for a failure is no operation that others could see.
      if (lanes[task].ops[i * OP_WIDTH] === OP.inject) continue;
      if (lanes[task].ended[i] < latest) return false;
      latest = Math.max(latest, lanes[task].begun[i]);
    }
    return true;
  }

  /** What stands for the state, what was seen, and how many operations of each task were over when each one began. */
  #end_key(): string {
    const { lanes } = this.#machine;
    let hash = 0;
    for (const { observations, ops, begun } of lanes) {
      for (let i = 0; i < observations.length; i++) {
        const width = obsWidth(ops[i * OP_WIDTH]);
        for (let k = 0; k < width; k++) hash = mix(hash, observations[i][k]);
        for (const { ended } of lanes) {
          let before = 0;
          for (const end of ended) if (end < begun[i]) before++;
          hash = mix(hash, before);
        }
      }
    }
    return `${this.#steps.stateHash} ${hash}`;
  }
}

const say = (kind: keyof typeof RACE_RULES, detail: string): RaceFailure => ({
  kind,
  rule: kind,
  text: RACE_RULES[kind],
  detail,
});

const state = ({ id, text }: { id: string; text: string }, detail: string): RaceFailure => ({
  kind: 'state',
  rule: id,
  text,
  detail,
});

/** Tasks that wait for each other, or one that waits for itself. */
export function deadlock(machine: Machine, steps: MachineSteps): RaceFailure {
  const waits = machine.lanes
    .filter((lane) => !lane.over)
    .map((lane) => `task ${lane.number + 1} waits for ${steps.words.nameOf(lane.wanted)}`);
  return say('deadlock', waits.join(', '));
}

export const endless = (): RaceFailure => say('endless', 'more steps than any run of these operations takes');

/** Whether the specification accepts what this order of the operations gave. */
function accepts(
  spec: Specification | undefined,
  plan: RacePlan,
  order: readonly number[],
  outcome: Outcome,
): boolean {
  if (spec === undefined) return false;
  const next = plan.tasks.map(() => 0);
  for (const task of order) {
    const i = next[task]++;
    if (spec.accept(plan.tasks[task], i * OP_WIDTH, outcome.seen[task][i]) !== ACCEPTED) return false;
  }
  return outcome.probes.every((obs, i) => spec.accept(PROBE_OPS, i * OP_WIDTH, obs) === ACCEPTED);
}

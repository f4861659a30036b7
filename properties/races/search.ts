import type { Design } from '../../model/designs/design.js';
import type { Derived } from '../../model/interleaving/derived.js';
import { Xoroshiro } from '../arbitraries/xoroshiro.js';
import { Bounded } from './bounded.js';
import { PairCoverage } from './coverage.js';
import { Dpor } from './dpor.js';
import type { Executed } from './execute.js';
import { type Cut, Patience } from './patience.js';
import { Pct } from './pct.js';
import type { NamedPlan } from './plans.js';
import { Race } from './race.js';
import type { RaceFailure } from './race-failure.js';
import { MAP_OVER } from './variation.js';

export type Mode = 'dpor' | 'pct' | 'bounded';

/** How long and how to search. */
export interface RaceLimits {
  readonly mode: Mode;
  /** Schedules of one plan, at most. */
  readonly schedules: number;
  readonly timeMs: number;
  readonly seed: number;
  /** Ordered pairs of steps that `pct` aims at; preemptions that `bounded` allows. */
  readonly depth: number;
  /** Go on when something was found, to the first of every other rule. */
  readonly all: boolean;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: RaceCounts) => void;
}

export interface RaceCounts {
  /** Plans that were run, and of these those whose every class, or every schedule within the bound, was seen. */
  plans: number;
  closed: number;
  /** Plans of more classes than the budget of DPOR, of which every schedule with at most BEYOND preemptions was run instead. */
  bounded: number;
  /** Plans that were passed over: their operations fail one after the other already. */
  unfit: number;
  schedules: number;
  /** Schedules that DPOR ran for nothing. */
  redundant: number;
  /** Classes of schedules that were seen, by DPOR. */
  classes: number;
  steps: number;
  /** Different ends that were judged, and those of them that only a variation point explains (see `MAP_OVER`). */
  ends: number;
  varied: number;
}

/** A race: a plan, a schedule of it, and what goes wrong. */
export interface FoundRace {
  readonly plan: NamedPlan;
  readonly schedule: readonly number[];
  readonly failure: RaceFailure;
}

export interface RaceResult {
  readonly design: string;
  readonly mode: Mode;
  readonly seed: number;
  readonly counts: RaceCounts;
  readonly coverage: PairCoverage;
  /** The first of each rule. */
  readonly found: readonly FoundRace[];
  /** Why it ended before all plans were run, if it did. */
  readonly cut?: Cut;
  /** Rules that the design breaks one operation after the other, with the number of plans. */
  readonly brokenAnyway: ReadonlyMap<string, number>;
  /** What explains the ends that are counted as `varied`. */
  readonly variation: string;
  /** Preemptions of the schedules of plans that are counted as `bounded`, at most. */
  readonly beyond: number;
}

/** Preemptions of schedules of a plan that is too large for DPOR, at most. */
const BEYOND = 2;

/** Run every plan on the design. One search at a time: what the derived model tells is told in one place. */
export async function searchRaces(
  derived: Derived,
  design: Design,
  plans: readonly NamedPlan[],
  limits: RaceLimits,
): Promise<RaceResult> {
  const search = new RaceSearch(derived, design, limits);
  const cut = await search.run(plans);
  return {
    design: design.id,
    mode: limits.mode,
    seed: limits.seed,
    counts: search.counts,
    coverage: search.coverage,
    found: [...search.found.values()],
    brokenAnyway: search.brokenAnyway,
    variation: MAP_OVER,
    beyond: BEYOND,
    ...(cut === undefined ? {} : { cut }),
  };
}

/** Gives the next schedule, until there is none. */
type Source = (onStep: (task: number) => void) => Executed | undefined;

class RaceSearch {
  readonly counts: RaceCounts = {
    plans: 0,
    closed: 0,
    bounded: 0,
    unfit: 0,
    schedules: 0,
    redundant: 0,
    classes: 0,
    steps: 0,
    ends: 0,
    varied: 0,
  };
  readonly coverage: PairCoverage;
  readonly found = new Map<string, FoundRace>();
  readonly brokenAnyway = new Map<string, number>();
  readonly #derived: Derived;
  readonly #design: Design;
  readonly #limits: RaceLimits;
  readonly #patience: Patience;

  constructor(derived: Derived, design: Design, limits: RaceLimits) {
    this.#derived = derived;
    this.#design = design;
    this.#limits = limits;
    this.#patience = new Patience(limits.timeMs, limits.signal);
    this.coverage = new PairCoverage(derived.sites.length);
  }

  async run(plans: readonly NamedPlan[]): Promise<Cut | undefined> {
    for (const plan of plans) {
      const cut = await this.#plan(plan);
      if (cut !== undefined) return cut;
      if (!this.#limits.all && this.found.size > 0) return undefined;
    }
    return undefined;
  }

  async #plan(named: NamedPlan): Promise<Cut | undefined> {
    const race = new Race(this.#derived, this.#design, named.plan);
    this.counts.plans++;
    const { judge } = race;
    for (const rule of judge.brokenAnyway)
      this.brokenAnyway.set(rule, (this.brokenAnyway.get(rule) ?? 0) + 1);
    if (judge.unfit !== undefined) {
      this.counts.unfit++;
      return undefined;
    }
    let end = await this.#run(named, race, this.#source(race));
    if (end === 'closed') this.counts.closed++;
    else if (end === 'budget' && this.#limits.mode === 'dpor') {
      const bounded = new Bounded(race, BEYOND, 'preemptions');
      end = await this.#run(named, race, (onStep) => this.#counted(bounded.next(onStep)));
      if (end === 'closed') this.counts.bounded++;
    }
    this.counts.ends += judge.ends;
    this.counts.varied += judge.varied;
    return end === 'time' || end === 'interrupted' ? end : undefined;
  }

  /** Run the schedules of a plan. @returns why it ended; closed: there are no more */
  async #run(named: NamedPlan, race: Race, next: Source): Promise<'closed' | 'found' | 'budget' | Cut> {
    const onStep = (task: number): void => this.coverage.note(race.machine, task);
    for (let n = 0; n < this.#limits.schedules; n++) {
      const executed = next(onStep);
      if (executed === undefined) return 'closed';
      this.counts.schedules++;
      this.#keep(named, executed);
      if (!this.#limits.all && this.found.size > 0) return 'found';
      if (!this.#patience.due) continue;
      this.#limits.onProgress?.(this.counts);
      const cut = await this.#patience.pause();
      if (cut !== undefined) return cut;
    }
    return 'budget';
  }

  #keep(plan: NamedPlan, { schedule, failure }: Executed): void {
    if (failure === undefined || this.found.has(failure.rule)) return;
    this.found.set(failure.rule, { plan, schedule, failure });
  }

  #source(race: Race): Source {
    const { mode, depth, seed } = this.#limits;
    if (mode === 'bounded') {
      const bounded = new Bounded(race, depth, 'preemptions');
      return (onStep) => this.#counted(bounded.next(onStep));
    }
    if (mode === 'pct') {
      const random = new Xoroshiro();
      random.seed(seed, this.counts.plans);
      const pct = new Pct(race, depth, (below) => random.below(below));
      return (onStep) => this.#counted(pct.next(onStep));
    }
    return this.#dpor(race);
  }

  #counted(executed: Executed | undefined): Executed | undefined {
    this.counts.steps += executed?.schedule.length ?? 0;
    return executed;
  }

  #dpor(race: Race): Source {
    const dpor = new Dpor(race.steps);
    const before = { classes: 0, redundant: 0, steps: 0 };
    return (onStep) => {
      race.begin();
      const end = dpor.next(onStep);
      for (const count of ['classes', 'redundant', 'steps'] as const) {
        this.counts[count] += dpor[count] - before[count];
        before[count] = dpor[count];
      }
      if (end === undefined) return undefined;
      const failure = race.failureOf(end);
      // What passes is not told: its schedule need not be kept.
      if (failure === undefined) return { schedule: [] };
      return { schedule: [...dpor.history.task.subarray(0, dpor.history.length)], failure };
    };
  }
}

import type { Design } from '../../model/designs/design.js';
import type { Derived } from '../../model/interleaving/derived.js';
import type { RacePlan } from '../../model/interleaving/plan.js';
import type { RaceCertificate } from '../../model/interleaving/story.js';
import { Bounded } from './bounded.js';
import { switches } from './execute.js';
import { Hunt } from './hunt.js';
import { type Cut, Patience } from './patience.js';
import { allPlans } from './plans.js';
import { Race } from './race.js';
import { type RaceFailure, raceClass } from './race-failure.js';
import { type RaceOfPlan, RaceShrinker, type ShrunkRace } from './shrink-race.js';
import { operationsOf, partsOf } from './smaller-plans.js';

/** How much a proof may cost. */
export interface CertifyRaceLimits {
  readonly timeMs: number;
  readonly signal?: AbortSignal;
  /** Schedules that shrinking tries for one answer, at most, if not as many as usual. */
  readonly tries?: number;
}

/** A race that is as small as it was shown to be. */
export interface CertifiedRace extends ShrunkRace {
  readonly certificate: RaceCertificate;
}

/**
 * Search for the same failure (see `raceClass`) in every schedule with fewer context switches, in every class of schedules of every
 * plan that is a part of this one, then in those of every named plan (`allPlans`) that has fewer operations. What is found takes its place, shrunk in
 * turn, until there is nothing or the limits end the search.
 */
export async function certifyRace(
  derived: Derived,
  design: Design,
  found: RaceOfPlan,
  limits: CertifyRaceLimits,
): Promise<CertifiedRace> {
  const certifier = new Certifier(derived, design, found, limits);
  return certifier.certify();
}

/** What a search for something smaller came to: a smaller race, nothing, or no answer. */
type Answer = RaceOfPlan | 'none' | Cut;

const REASONS: Readonly<Record<Cut, string>> = { time: 'the time was up', interrupted: 'it was interrupted' };

class Certifier {
  readonly #derived: Derived;
  readonly #design: Design;
  readonly #failure: RaceFailure;
  readonly #patience: Patience;
  readonly #hunt: Hunt;
  readonly #shrinker: RaceShrinker;
  #best: ShrunkRace;
  /** Schedules that shrinking has run. */
  #shrinking: number;
  #plans = 0;
  #schedules = 0;

  constructor(derived: Derived, design: Design, found: RaceOfPlan, limits: CertifyRaceLimits) {
    this.#derived = derived;
    this.#design = design;
    this.#failure = found.failure;
    this.#patience = new Patience(limits.timeMs, limits.signal);
    this.#hunt = new Hunt(derived, design, raceClass(found.failure));
    this.#shrinker = new RaceShrinker(derived, design, limits.tries);
    this.#best = this.#shrinker.shrink(found);
    this.#shrinking = this.#best.schedules;
  }

  async certify(): Promise<CertifiedRace> {
    for (;;) {
      this.#plans = 0;
      this.#schedules = 0;
      this.#hunt.schedules = 0;
      const certificate = await this.#stages();
      if (certificate !== undefined) return { ...this.#best, schedules: this.#shrinking, certificate };
    }
  }

  /** @returns undefined: something smaller has taken the place of what was there */
  async #stages(): Promise<RaceCertificate | undefined> {
    const { plan } = this.#best;
    const stages = [
      () => this.#search(partsOf(plan)),
      () => this.#fewerSwitches(),
      () => this.#search(smallerNamed(plan)),
    ] as const;
    let proven = 0;
    for (const stage of stages) {
      const answer = await stage();
      if (typeof answer === 'object') {
        this.#take(answer);
        return undefined;
      }
      if (answer !== 'none') return this.#certificate(proven, answer);
      proven++;
    }
    return this.#certificate(proven);
  }

  #certificate(proven: number, cut?: Cut): RaceCertificate {
    return {
      parts: proven > 0,
      switches: proven > 1,
      named: proven > 2,
      plans: this.#plans,
      classes: this.#hunt.schedules,
      schedules: this.#schedules,
      ...(cut === undefined ? {} : { reason: REASONS[cut] }),
    };
  }

  #take(found: RaceOfPlan): void {
    this.#best = this.#shrinker.shrink(found);
    this.#shrinking += this.#best.schedules;
  }

  async #search(plans: Iterable<RacePlan>): Promise<Answer> {
    for (const plan of plans) {
      this.#plans++;
      for (const schedule of this.#hunt.schedulesOf(plan)) {
        if (schedule !== undefined) return { plan: { plan }, schedule, failure: this.#failure };
        const cut = this.#patience.due ? await this.#patience.pause() : undefined;
        if (cut !== undefined) return cut;
      }
    }
    return 'none';
  }

  async #fewerSwitches(): Promise<Answer> {
    const { plan, executed } = this.#best;
    const race = new Race(this.#derived, this.#design, plan);
    const bounded = new Bounded(race, switches(executed.schedule) - 1, 'switches');
    for (let each = bounded.next(); each !== undefined; each = bounded.next()) {
      this.#schedules++;
      const { schedule, failure } = each;
      if (failure !== undefined && raceClass(failure) === raceClass(this.#failure))
        return { plan: { plan }, schedule, failure };
      const cut = this.#patience.due ? await this.#patience.pause() : undefined;
      if (cut !== undefined) return cut;
    }
    return 'none';
  }
}

/** The named plans with fewer operations than this one, the smallest first. */
function smallerNamed(plan: RacePlan): RacePlan[] {
  const all = allPlans(plan.env).map((each) => each.plan);
  const smaller = all.filter((each) => operationsOf(each) < operationsOf(plan));
  return smaller.sort((a, b) => operationsOf(a) - operationsOf(b));
}

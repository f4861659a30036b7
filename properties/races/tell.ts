import type { RaceStep, RaceStory } from '../../model/interleaving/story.js';
import { encodeRaceToken } from '../../model/trace/race-token.js';
import { type Executed, execute, following } from './execute.js';
import { nearestPassing } from './nearest.js';
import type { Race } from './race.js';
import type { RaceFailure } from './race-failure.js';

/** The locks that are told of, in the order in which they are met. */
class Locks {
  readonly names: string[] = [];
  readonly #race: Race;
  readonly #numbers = new Map<number, number>();

  constructor(race: Race) {
    this.#race = race;
  }

  /** The number of a lock among them, by its word. */
  numberOf(word: number): number {
    const known = this.#numbers.get(word);
    if (known !== undefined) return known;
    this.#numbers.set(word, this.names.length);
    return this.names.push(lockName(this.#race, word)) - 1;
  }
}

/** "mmap_mutex of event 0". */
function lockName(race: Race, word: number): string {
  const { table, column, row } = race.steps.words.placeOf(word);
  const whose: Readonly<Record<string, string>> = { task: 'process', event: 'event', rb: 'buffer' };
  return `${column} of ${whose[table]} ${row}`;
}

/** Follows a schedule as it runs, step by step. */
class Teller {
  readonly steps: RaceStep[] = [];
  readonly #race: Race;
  readonly #locks: Locks;
  /** By task: the words of the locks that it holds. */
  readonly #held: number[][];
  #after: (() => void) | undefined;

  constructor(race: Race, locks: Locks) {
    this.#race = race;
    this.#locks = locks;
    this.#held = race.machine.lanes.map(() => []);
  }

  /** A task is about to do a step, or none is (-1): what the step before did is known by now. */
  before(task: number): void {
    this.#after?.();
    if (task < 0) return;
    const { machine, derived } = this.#race;
    const lane = machine.lanes[task];
    const { site, next, wanted } = lane;
    const counts = this.#counts(task, wanted);
    this.#after = () => {
      this.#held[task] = [...counts]
        .filter(([word, least]) => this.#holders(word) >= least)
        .map(([word]) => word);
      const place = site < 0 ? {} : { call: derived.sites[site].call, at: derived.sites[site].at };
      const ended = lane.next > next ? { status: lane.observations[next][0] } : {};
      const holds = this.#held[task].map((word) => this.#locks.numberOf(word));
      this.steps.push({ task, operation: next, ...place, ...ended, holds });
    };
  }

  /** By its word: how many hold a lock, at least, if the task holds it after a step in which it takes what it wants. */
  #counts(task: number, wanted: number): ReadonlyMap<number, number> {
    const counts = new Map(this.#held[task].map((word) => [word, this.#holders(word)]));
    if (wanted >= 0) counts.set(wanted, this.#holders(wanted) + 1);
    return counts;
  }

  /** How many hold a lock: more than one only if they share it, which is counted below 0. */
  #holders(word: number): number {
    return Math.abs(this.#race.machine.world.words[word]);
  }
}

/** The same schedule again, with all that there is to tell of it. */
export function tellRace(
  race: Race,
  schedule: readonly number[],
  more: Pick<RaceStory, 'shrunk' | 'certificate'> = {},
): RaceStory | undefined {
  const locks = new Locks(race);
  const told = (plan: readonly number[]): readonly [Executed, RaceStep[]] => {
    const teller = new Teller(race, locks);
    return [execute(race, following(plan), (task) => teller.before(task)), teller.steps];
  };
  const [{ failure, schedule: done }, steps] = told(schedule);
  if (failure === undefined) return undefined;
  const waiting = failure.kind === 'deadlock' ? waitingIn(race, locks) : [];
  const nearest = nearestPassing(race, done);
  const passing = nearest === undefined ? {} : { passing: told(nearest)[1] };
  const { plan, design } = race;
  return {
    system: design.id,
    rule: failure.rule,
    text: failure.text,
    detail: failure.detail,
    atEnd: isAtEnd(failure),
    plan,
    steps,
    locks: locks.names,
    waiting,
    ...passing,
    ...more,
    token: encodeRaceToken({ system: design.id, plan, schedule: done }),
  };
}

/** The tasks that wait where nothing can go on, each for a lock. */
function waitingIn({ machine }: Race, locks: Locks): RaceStory['waiting'] {
  const lanes = machine.lanes.filter(({ wanted }) => wanted >= 0);
  return lanes.map(({ number, wanted }) => ({ task: number, lock: locks.numberOf(wanted) }));
}

function isAtEnd({ kind }: RaceFailure): boolean {
  return kind === 'state' || kind === 'order' || kind === 'deadlock' || kind === 'endless';
}

import type { RaceStep, RaceStory } from '../../model/interleaving/story.js';
import { encodeRaceToken } from '../../model/trace/race-token.js';
import { type Executed, execute, following } from './execute.js';
import { nearestPassing } from './nearest.js';
import type { Race } from './race.js';
import type { RaceFailure } from './race-failure.js';

/** Follows a schedule as it runs, step by step. */
class Teller {
  readonly steps: RaceStep[] = [];
  readonly locks: string[] = [];
  readonly #race: Race;
  readonly #words: number[] = [];
  /** Who holds which lock, by its word. */
  readonly #holders = new Map<number, number>();
  #told: (() => void) | undefined;

  constructor(race: Race, words: number[], locks: string[]) {
    this.#race = race;
    this.#words = words;
    this.locks = locks;
  }

  /** A task is about to do a step, or none is (-1): what the step before did is known by now. */
  before(task: number): void {
    this.#told?.();
    if (task < 0) return;
    const { machine, derived } = this.#race;
    const lane = machine.lanes[task];
    const { site, next, wanted } = lane;
    this.#told = () => {
      this.#told = undefined;
      if (wanted >= 0) this.#holders.set(wanted, task);
      for (const word of this.#holders.keys())
        if (machine.world.words[word] === 0) this.#holders.delete(word);
      const place = site < 0 ? {} : { call: derived.sites[site].call, at: derived.sites[site].at };
      const ended = lane.next > next ? { status: lane.observations[next][0] } : {};
      this.steps.push({ task, operation: next, ...place, ...ended, holds: this.#held(task) });
    };
  }

  #held(task: number): number[] {
    return [...this.#holders].filter(([, holder]) => holder === task).map(([word]) => this.lock(word));
  }

  /** The number of a lock among those that are told of. */
  lock(word: number): number {
    const known = this.#words.indexOf(word);
    if (known >= 0) return known;
    this.locks.push(lockName(this.#race, word));
    return this.#words.push(word) - 1;
  }
}

/** "mmap_mutex of event 0". */
function lockName(race: Race, word: number): string {
  const [, table, column, row] = /^(\w+)\.(\w+)\[(\d+)\]$/.exec(race.steps.words.nameOf(word)) ?? [];
  const whose: Readonly<Record<string, string>> = { task: 'process', event: 'event', rb: 'buffer' };
  return `${column} of ${whose[table] ?? table} ${row}`;
}

/** The same schedule again, with all that there is to tell of it. */
export function tellRace(
  race: Race,
  schedule: readonly number[],
  more: Pick<RaceStory, 'shrunk' | 'certificate'> = {},
): RaceStory | undefined {
  const words: number[] = [];
  const locks: string[] = [];
  const told = (plan: readonly number[]): readonly [Executed, RaceStep[], RaceStory['waiting']] => {
    const teller = new Teller(race, words, locks);
    const executed = execute(race, following(plan), (task) => teller.before(task));
    const waiting = race.machine.lanes
      .filter((lane) => !lane.over && lane.wanted >= 0)
      .map((lane) => ({ task: lane.number, lock: teller.lock(lane.wanted) }));
    return [executed, teller.steps, waiting];
  };
  const [executed, steps, waiting] = told(schedule);
  const { failure } = executed;
  if (failure === undefined) return undefined;
  const nearest = nearestPassing(race, executed.schedule);
  const passing = nearest === undefined ? undefined : told(nearest)[1];
  const { plan, design } = race;
  return {
    system: design.id,
    rule: failure.rule,
    text: failure.text,
    detail: failure.detail,
    atEnd: isAtEnd(failure),
    plan,
    steps,
    locks,
    waiting: failure.kind === 'deadlock' ? waiting : [],
    ...(passing === undefined ? {} : { passing }),
    ...more,
    token: encodeRaceToken({ system: design.id, plan, schedule: executed.schedule }),
  };
}

function isAtEnd({ kind }: RaceFailure): boolean {
  return kind === 'state' || kind === 'order' || kind === 'deadlock' || kind === 'endless';
}

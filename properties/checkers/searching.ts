import * as fc from 'fast-check';
import { Slices } from './slices.js';

/** Why no more runs are begun. */
export type Ending = 'time' | 'interrupted';

/** How long a search goes on, and who is told. */
export interface SearchLimits {
  /** 32 bits: with the number of a run it names what that run draws, on every machine. */
  readonly seed: number;
  /** Milliseconds after which no further run is begun. */
  readonly timeMs: number;
  /** Ends the search early; what was found is kept. */
  readonly signal?: AbortSignal;
}

/** One search: what a run draws, what it does, and when it has found what it was looking for. */
export interface Searching<T> {
  draw(random: fc.Random): T;
  /** @returns true to end the search: there is a find */
  run(value: T): boolean | Promise<boolean>;
  /** Called between slices, about 40 times a second. */
  onSlice(): void;
}

const FOUND = { error: new Error('found') };
/** Runs that fast-check is asked for at most: more than a year's. */
const MOST_RUNS = 0x7fff_ffff;

/**
 * A search as a property of fast-check, which names, counts and ends the runs. A property of its own rather than
 * `fc.asyncProperty`, so that a run costs fast-check a microsecond; it does not shrink, since a failing sequence is shrunk as a
 * trace, not as what it was drawn from.
 */
class SearchProperty<T> implements fc.IRawProperty<T, true> {
  ending: Ending | undefined;
  readonly #search: Searching<T>;
  readonly #limits: SearchLimits;
  readonly #slices = new Slices();

  constructor(search: Searching<T>, limits: SearchLimits) {
    this.#search = search;
    this.#limits = limits;
  }

  isAsync(): true {
    return true;
  }

  generate(random: fc.Random): fc.Value<T> {
    return new fc.Value(this.#search.draw(random), undefined);
  }

  shrink(): fc.Stream<fc.Value<T>> {
    return fc.Stream.nil();
  }

  async run(value: T): Promise<fc.PreconditionFailure | fc.PropertyFailure | null> {
    if (this.#slices.isDue()) {
      this.#search.onSlice();
      await this.#slices.pause();
    }
    if (this.#limits.signal?.aborted === true) this.ending = 'interrupted';
    else if (this.#slices.elapsed() >= this.#limits.timeMs) this.ending = 'time';
    if (this.ending !== undefined) return new fc.PreconditionFailure(true);
    return (await this.#search.run(value)) ? FOUND : null;
  }

  async runBeforeEach(): Promise<void> {}

  async runAfterEach(): Promise<void> {}
}

/**
 * Run a search until it finds something, or `runs` were done, or its limits end it.
 * @returns what ended it before its runs, if something did and nothing was found
 */
export async function search<T>(
  searching: Searching<T>,
  runs: number,
  limits: SearchLimits,
): Promise<Ending | undefined> {
  const property = new SearchProperty(searching, limits);
  await fc.check(property, { seed: limits.seed, numRuns: Math.min(runs, MOST_RUNS), endOnFailure: true });
  return property.ending;
}

/** One line on a search that did less than it was asked for. */
export function incompleteness(
  ending: Ending | undefined,
  sequences: number,
  runs: number,
  timeMs: number,
): string | undefined {
  if (ending === 'interrupted') return `interrupted after ${sequences} sequences`;
  // Without a number of runs the time is all that was asked for.
  if (ending === undefined || !Number.isFinite(runs)) return undefined;
  return `the time of ${timeMs / 1000} s was over after ${sequences} of ${runs} sequences`;
}

import { afterEach, describe, expect, it, vi } from 'vitest';
import { advance } from '#model/designs/advance';
import { v6_14 } from '#model/designs/v6.14';
import type { Bounds } from '#properties/explorer/bounds';
import { Explorer } from '#properties/explorer/explorer';
import type { Limits, Question } from '#properties/explorer/question';
import { reportOf } from '#properties/explorer/report-of';
import { SOMETIMES } from '#properties/explorer/sometimes';
import { Threads } from './in-thread.js';
import { ENDLESS, FIVE } from './tiny.js';

afterEach(() => {
  vi.restoreAllMocks();
});

const LIMITS = Array.from({ length: 17 }, (_, pages) => pages);
/** Limits that are set to anything: 33 states of one operation, more than 256 of two. */
const WIDE: Bounds = {
  ...FIVE,
  name: 'wide',
  env: { gift: 12, rlimit: 6 },
  operations: [
    ...FIVE.operations.filter(({ op }) => op !== 'close'),
    { op: 'rlimit', with: { pages: LIMITS } },
    { op: 'gift', with: { pages: LIMITS } },
  ],
};
const QUESTION: Question = { design: advance, bounds: WIDE, symmetry: true };

/** A search that has done all operations in the states of this depth. */
async function searched(threads: Threads | undefined, more: Partial<Question>, limits: Partial<Limits>) {
  const explorer = new Explorer({ ...QUESTION, ...more }, threads?.start);
  const cut = await explorer.run({ ...ENDLESS, ...limits });
  return { explorer, cut };
}

function outcome(explorer: Explorer) {
  const { bytes: _, seconds: __, ...rest } = reportOf(explorer, undefined);
  return rest;
}

const MAPPED = SOMETIMES.findIndex(({ id }) => id === 'mapped');

describe('several threads', () => {
  it('do levels of 256 states and more', async () => {
    const threads = Threads.serving();
    const { explorer } = await searched(threads, {}, { depth: 2, workers: 2 });
    expect(threads.begun).toHaveLength(0);
    expect(explorer.levelEnd - explorer.head).toBeGreaterThan(280);
    explorer.levelEnd = explorer.head + 255;
    vi.spyOn(explorer.expander, 'expand').mockImplementation(() => {
      throw new Error('done by one');
    });
    await expect(explorer.run({ ...ENDLESS, workers: 2 })).rejects.toThrow('done by one');
    expect(threads.begun).toHaveLength(0);
  });

  it('come to what one comes to', async () => {
    // No round is over.
    vi.spyOn(performance, 'now').mockReturnValue(0);
    const threads = Threads.serving();
    const { explorer, cut } = await searched(threads, {}, { depth: 3, workers: 2 });
    expect(cut).toBe('the depth of 3 operations was reached');
    expect(threads.begun).toHaveLength(2);
    expect(threads.begun.map(({ jobs, terminated }) => [jobs.length > 2, terminated])).toEqual([
      [true, true],
      [true, true],
    ]);
    const alone = await searched(undefined, {}, { depth: 3 });
    expect(outcome(explorer)).toEqual(outcome(alone.explorer));
    const one = Threads.serving();
    await searched(one, {}, { depth: 3, workers: 1 });
    expect(one.begun).toHaveLength(0);
  });
});

describe('a wide level', () => {
  /** Before the level of 256 states and more. */
  const readyFor = async (threads: Threads | undefined, more: Partial<Question> = {}): Promise<Explorer> =>
    (await searched(threads, more, { depth: 2 })).explorer;

  it('of exactly 256 states is done by several', async () => {
    const threads = Threads.serving();
    const explorer = await readyFor(threads);
    explorer.levelEnd = explorer.head + 256;
    const controller = new AbortController();
    const onPause = (): void => controller.abort();
    expect(await explorer.run({ ...ENDLESS, workers: 2, signal: controller.signal, onPause })).toBe(
      'interrupted',
    );
    expect(threads.begun).toHaveLength(2);
  });

  it('shows things first in the first of its states that does, whoever comes to it first', async () => {
    const explorers = await Promise.all([readyFor(Threads.serving()), readyFor(undefined)]);
    for (const explorer of explorers) explorer.witnesses[MAPPED] = -1;
    await explorers[0].run({ ...ENDLESS, depth: 3, workers: 2 });
    await explorers[1].run({ ...ENDLESS, depth: 3 });
    const [together, alone] = explorers.map(({ witnesses }) => witnesses);
    expect(alone[MAPPED]).toBeGreaterThan(-1);
    expect(together).toEqual(alone);
  });

  it('ends where something is found, whatever was done behind it', async () => {
    const threads = Threads.serving();
    const [together, alone] = [
      await readyFor(threads, { design: v6_14 }),
      await readyFor(undefined, { design: v6_14 }),
    ];
    expect(await together.run({ ...ENDLESS, workers: 2 })).toBeUndefined();
    expect(await alone.run(ENDLESS)).toBeUndefined();
    expect(threads.begun.flatMap(({ jobs }) => jobs).length).toBeGreaterThan(1);
    expect(together.found).toBeDefined();
    const { transitions, head, found, store } = alone;
    expect(together).toMatchObject({ transitions, head, found });
    expect(together.store.count).toBe(store.count);
  });

  it('is done in rounds of a second, after each of which progress is told, while there is enough left', async () => {
    let now = 0;
    vi.spyOn(performance, 'now').mockImplementation(() => now);
    const rounds = async (ms: number): Promise<number[]> => {
      let jobs = 0;
      const threads = Threads.serving(() => {
        jobs++;
        now += ms;
      });
      const explorer = await readyFor(threads);
      const told: number[] = [];
      const onProgress = (): void => {
        told.push(jobs);
        jobs = 0;
      };
      await explorer.run({ ...ENDLESS, depth: 3, workers: 2, onProgress });
      return told;
    };
    expect(await rounds(1_000)).toEqual([1, 1]);
    expect(await rounds(500)).toEqual([2]);
  });

  it('stops between jobs when a limit is reached', async () => {
    let jobs = 0;
    const controller = new AbortController();
    const threads = Threads.serving(() => {
      if (++jobs === 3) controller.abort();
    });
    const explorer = await readyFor(threads);
    const { head } = explorer;
    const cut = await explorer.run({ ...ENDLESS, workers: 2, signal: controller.signal });
    expect([cut, jobs]).toEqual(['interrupted', 3]);
    expect(explorer.head).toBeGreaterThan(head);
    expect(explorer.head).toBeLessThan(explorer.levelEnd);
    expect(threads.begun.every(({ terminated }) => terminated)).toBe(true);
  });
});

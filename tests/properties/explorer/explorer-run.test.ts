import { afterEach, describe, expect, it, vi } from 'vitest';
import { advance } from '#model/designs/advance';
import { v6_14 } from '#model/designs/v6.14';
import type { Progress } from '#properties/explorer/exploration';
import { Explorer } from '#properties/explorer/explorer';
import type { Limits } from '#properties/explorer/question';
import { SOMETIMES } from '#properties/explorer/sometimes';
import { pack } from '../../support/script.js';
import { ENDLESS, FIVE, LONELY, OF_FIVE } from './tiny.js';

afterEach(() => {
  vi.restoreAllMocks();
});

const explorerOf = (bounds = FIVE): Explorer => new Explorer({ design: advance, bounds, symmetry: false });

/** A clock that stands still until it is moved. */
function clock(): { now: number } {
  const at = { now: 1_000 };
  vi.spyOn(performance, 'now').mockImplementation(() => at.now);
  return at;
}

/** The states that each batch did. */
function batchesOf(explorer: Explorer, then: () => void = () => undefined): number[][] {
  const batches: number[][] = [];
  const { expander } = explorer;
  const expand = expander.expand.bind(expander);
  vi.spyOn(expander, 'expand').mockImplementation((from, to, ...rest) => {
    batches.push([from, to]);
    then();
    return expand(from, to, ...rest);
  });
  return batches;
}

describe('a search', () => {
  it('begins with one state, of which nothing is done', () => {
    const explorer = explorerOf();
    expect(explorer).toMatchObject({
      transitions: 0,
      skipped: 0,
      depth: 0,
      head: 0,
      levelEnd: 1,
      spentMs: 0,
    });
    expect(explorer.found).toBeUndefined();
    expect(explorer.store.count).toBe(1);
    expect(explorer.witnesses).toEqual(SOMETIMES.map(() => -1));
    expect(explorer.notFollowed).toEqual({ beyond: 0, bound: 0, open: 0, irregular: 0, parted: 0 });
    expect(explorer.applied.map((counts) => [...counts])).toEqual([[...explorer.applied[0]].fill(0)]);
  });

  it('ends when every operation was done in every state', async () => {
    const explorer = explorerOf();
    expect(await explorer.run(ENDLESS)).toBeUndefined();
    expect(explorer).toMatchObject({ transitions: 30, skipped: 7, depth: 4, head: 5, levelEnd: 5 });
    const ids = explorer.witnesses.flatMap((state, i) => (state < 0 ? [] : [[SOMETIMES[i].id, state]]));
    expect(ids).toEqual([
      ['mapped', 2],
      ['mapped-without-descriptor', 3],
      ['pinned', 2],
    ]);
    expect([...explorer.applied[0]].filter((times) => times > 0).length).toBeGreaterThan(10);
    const { spentMs } = explorer;
    expect(await explorer.run({ ...ENDLESS, depth: 0 })).toBeUndefined();
    expect(explorer.transitions).toBe(30);
    expect(explorer.spentMs).toBeGreaterThanOrEqual(spentMs);
  });

  it('ends with the first thing that is found', async () => {
    const explorer = new Explorer({ design: v6_14, bounds: FIVE, symmetry: false });
    for (let again = 0; again < 2; again++) {
      expect(await explorer.run(ENDLESS)).toBeUndefined();
      expect(explorer).toMatchObject({
        found: { state: 2, operation: 3 },
        head: 3,
        transitions: 16,
        depth: 2,
      });
    }
  });

  it('does each level in batches of 16 states', async () => {
    const explorer = explorerOf(LONELY);
    const batches = batchesOf(explorer);
    const ends: number[] = [];
    for (let depth = 1; (await explorer.run({ ...ENDLESS, depth })) !== undefined; depth++)
      ends.push(explorer.levelEnd);
    ends.push(explorer.store.count);
    const levels = [1, ...ends].map((end, i, all) => [all[i - 1] ?? 0, end]);
    const expected = levels.flatMap(([from, to]) =>
      Array.from({ length: Math.ceil((to - from) / 16) }, (_, i) => [
        from + 16 * i,
        Math.min(to, from + 16 * i + 16),
      ]),
    );
    expect(batches).toEqual(expected);
    expect(batches.some(([from, to]) => to - from === 16)).toBe(true);
    expect(explorer.store.count).toBe(113);
    expect(explorer.notFollowed).toEqual({ beyond: 150, bound: 0, open: 0, irregular: 0, parted: 0 });
  });

  it('looks for what no state has shown', async () => {
    const explorer = explorerOf();
    const expand = vi.spyOn(explorer.expander, 'expand');
    // As if the first state showed something.
    explorer.witnesses[0] = 0;
    await explorer.run(ENDLESS);
    const wanted = expand.mock.calls.map(([, , bits]) => bits);
    const all = (1 << SOMETIMES.length) - 1;
    const bit = (id: string): number => 1 << SOMETIMES.findIndex((each) => each.id === id);
    const first = all & ~bit('mapped');
    const mapped = first & ~bit('pinned');
    const closed = mapped & ~bit('mapped-without-descriptor');
    expect(wanted).toEqual([first, first, mapped, closed, closed]);
    expect(explorer.witnesses[0]).toBe(0);
  });

  it.each<[Partial<Limits>, string]>([
    [{ depth: 0 }, 'the depth of 0 operations was reached'],
    [{ depth: 0, signal: AbortSignal.abort() }, 'the depth of 0 operations was reached'],
    [{ signal: AbortSignal.abort() }, 'interrupted'],
    [{ timeMs: 0, bytes: 0 }, 'the time of 0 s was over'],
    [{ bytes: 100 }, 'the set of states has 0 MB'],
  ])('that is cut before it begins says why: %o', async (limits, why) => {
    const explorer = explorerOf();
    const batches = batchesOf(explorer);
    expect(await explorer.run({ ...ENDLESS, ...limits })).toBe(why);
    expect(batches).toEqual([]);
    expect(explorer.store.count).toBe(1);
  });

  it('is cut by depth before it does the first state that is so far, and goes on from there', async () => {
    const explorer = explorerOf();
    const signal = new AbortController().signal;
    expect(await explorer.run({ ...ENDLESS, depth: 2, signal })).toBe(
      'the depth of 2 operations was reached',
    );
    expect(explorer).toMatchObject({ depth: 2, head: 2, levelEnd: 3, transitions: 12 });
    expect(await explorer.run({ ...ENDLESS, depth: 3 })).toBe('the depth of 3 operations was reached');
    expect(explorer).toMatchObject({ depth: 3, head: 3, levelEnd: 4, transitions: 18 });
    expect(await explorer.run(ENDLESS)).toBeUndefined();
    expect(explorer).toMatchObject({ depth: 4, transitions: 30 });
  });

  it('is cut by time, which is that of this run', async () => {
    const time = clock();
    const explorer = explorerOf();
    explorer.spentMs = 5_000;
    batchesOf(explorer, () => {
      time.now += 400;
    });
    expect(await explorer.run({ ...ENDLESS, timeMs: 1_200 })).toBe('the time of 1.2 s was over');
    expect([explorer.head, explorer.spentMs]).toEqual([3, 6_200]);
    expect(await explorer.run({ ...ENDLESS, timeMs: 801 })).toBeUndefined();
    expect([explorer.head, explorer.spentMs]).toEqual([5, 7_000]);
  });

  it('is cut by the size of its set of states', async () => {
    const explorer = explorerOf();
    const bytes = vi.spyOn(explorer.store, 'bytes', 'get');
    bytes.mockReturnValue(4_600_000);
    expect(await explorer.run({ ...ENDLESS, bytes: 4_600_000 })).toBe('the set of states has 5 MB');
    expect(await explorer.run({ ...ENDLESS, bytes: 4_600_001 })).toBeUndefined();
  });

  it('tells how far it has come when a slice of time is over, and not before', async () => {
    const time = clock();
    const told: (Progress | string)[] = [];
    const search = async (ms: number): Promise<(Progress | string)[]> => {
      const explorer = explorerOf();
      batchesOf(explorer, () => {
        time.now += ms;
      });
      const { bytes } = explorer.store;
      told.length = 0;
      await explorer.run({
        ...ENDLESS,
        onProgress: (progress) => told.push(progress),
        onPause: () => told.push('pause'),
      });
      expect(explorer.store.bytes).toBe(bytes);
      return told.map((each) => (typeof each === 'string' ? each : { ...each, bytes: each.bytes - bytes }));
    };
    const reached = (depth: number, states: number, left: number, transitions: number) => [
      { depth, states, left, transitions, bytes: 0 },
      'pause',
    ];
    expect(await search(0)).toEqual([]);
    expect(await search(25)).toEqual([
      ...reached(0, 2, 1, 6),
      ...reached(1, 3, 1, 12),
      ...reached(2, 4, 1, 18),
      ...reached(3, 5, 1, 24),
      ...reached(4, 5, 0, 30),
    ]);
    expect(await search(13)).toEqual([...reached(1, 3, 1, 12), ...reached(3, 5, 1, 24)]);
  });

  it('lets the event loop run when a slice of time is over', async () => {
    const time = clock();
    const interrupted = async (ms: number): Promise<string | undefined> => {
      const explorer = explorerOf();
      const controller = new AbortController();
      batchesOf(explorer, () => {
        time.now += ms;
      });
      setImmediate(() => controller.abort());
      return explorer.run({ ...ENDLESS, signal: controller.signal });
    };
    expect(await interrupted(0)).toBeUndefined();
    expect(await interrupted(25)).toBe('interrupted');
  });
});

describe('what a search has done', () => {
  it('is told again, in order', async () => {
    const explorer = explorerOf();
    await explorer.run({ ...ENDLESS, depth: 3 });
    const notes: number[][] = [];
    await explorer.retrace((...note) => notes.push(note));
    const next = [
      [1, 0, 0, 0, 0, 0],
      [1, 0, 2, 1, 1, 1],
      [2, 3, 2, 2, 1, 2],
    ];
    expect(notes.map(([state, operation, , to]) => [state, operation, to])).toEqual(
      next.flatMap((row, state) => row.map((to, operation) => [state, operation, to])),
    );
    expect(explorer.transitions).toBe(18);
  });

  it('is told until it is interrupted, and the event loop runs between slices of time', async () => {
    const time = clock();
    const explorer = explorerOf();
    await explorer.run(ENDLESS);
    const told = async (ms: number, signal?: AbortSignal): Promise<number> => {
      let notes = 0;
      const note = (): void => {
        notes++;
        time.now += ms;
      };
      await explorer.retrace(note, signal);
      return notes;
    };
    const later = (): AbortSignal => {
      const controller = new AbortController();
      setImmediate(() => controller.abort());
      return controller.signal;
    };
    expect(await told(0, AbortSignal.abort())).toBe(0);
    expect(await told(0, later())).toBe(30);
    expect(await told(5, later())).toBe(6);
    expect(await told(5)).toBe(30);
  });

  it('has a sequence to each state', async () => {
    const explorer = explorerOf();
    await explorer.run(ENDLESS);
    const [open, close, mmap, part] = OF_FIVE.map((text) => [...pack(text)]);
    const { env } = explorer.expander;
    expect(explorer.traceTo(0)).toEqual({ env, ops: new Int32Array(0) });
    expect(explorer.traceTo(0, 2)).toEqual({ env, ops: Int32Array.from(mmap) });
    expect(explorer.traceTo(4)).toEqual({ env, ops: Int32Array.from([...open, ...mmap, ...close, ...open]) });
    expect(explorer.traceTo(2, 3).ops).toEqual(Int32Array.from([...open, ...mmap, ...part]));
    expect(env.gift).toBe(1);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ABSENT } from '#properties/explorer/intern-table';
import { CANDIDATE_HEAD, CANDIDATE_SHOWS, StateStore } from '#properties/explorer/state-store';

type Part = readonly number[];
type Half = readonly Part[];
type State = readonly Half[];

const WIDTH = 2;
const part: fc.Arbitrary<Part> = fc.array(fc.integer({ min: -2, max: 2 }), { maxLength: 3 });
const half: fc.Arbitrary<Half> = fc.array(part, { maxLength: 3 });
const state: fc.Arbitrary<State> = fc.array(half, { minLength: WIDTH, maxLength: WIDTH });
/** A state, and whether halves and parts that are known are named by their numbers. */
const arrivals = fc.array(fc.tuple(state, fc.boolean(), fc.boolean()), { maxLength: 20 });

/** Parts by their numbers, and the number of a half of these, as far as the store knows them. */
function numbersOf(store: StateStore, these: Half): readonly [parts: number[], half: number] {
  const parts = these.map((each) => store.parts.find(Int32Array.from(each), 0, each.length));
  const known = parts.includes(ABSENT) ? ABSENT : store.halves.find(Int32Array.from(parts), 0, parts.length);
  return [parts, known];
}

/** A state as one that is to be inserted. */
function candidate(store: StateStore, of: State, namesHalves = false, namesParts = false): number[] {
  return of.flatMap((each) => {
    const [parts, known] = numbersOf(store, each);
    if (namesHalves && known !== ABSENT) return [known];
    const spelled = each.flatMap((ints, i) =>
      namesParts && parts[i] !== ABSENT ? [parts[i]] : [-1 - ints.length, ...ints],
    );
    return [-1 - each.length, ...spelled];
  });
}

/** Insert a state that was come to by way of `parent`, `operation` and `renaming`. @returns the ints that it took */
function insert(store: StateStore, of: readonly number[], head: readonly number[]): number {
  const ints = Int32Array.of(8, 8, 8, ...head, 99, ...of, 8, 8);
  const next = store.insert(ints, 3);
  return next - 3;
}

/** A state as it is stored. */
function stateOf({ states, halves, parts }: StateStore, number: number): State {
  const row = (table: typeof parts, at: number): number[] => {
    const into = new Int32Array(table.lengthOf(at));
    table.copy(at, into, 0);
    return [...into];
  };
  return row(states, number).map((h) => row(halves, h).map((p) => row(parts, p)));
}

const statesOf = (store: StateStore): State[] =>
  Array.from({ length: store.count }, (_, number) => stateOf(store, number));
const waysOf = (store: StateStore): number[][] =>
  Array.from({ length: store.count }, (_, s) => [store.parent(s), store.operation(s), store.renaming(s)]);

/** A store of these states, each come to from the one before. */
function filled(these: readonly State[], renamings = 300): StateStore {
  const store = new StateStore(WIDTH, renamings);
  these.forEach((each, i) => {
    insert(store, candidate(store, each), [i - 1, i, i % renamings]);
  });
  return store;
}

/** States of one part each, all different. */
const many = (count: number): State[] => Array.from({ length: count }, (_, i) => [[[i]], [[7]]]);

describe('a set of states', () => {
  it('has each state once, whole, under the number and with the way of its first arrival', () => {
    fc.assert(
      fc.property(arrivals, (these) => {
        const store = new StateStore(WIDTH, 300);
        expect(store.added).toBe(false);
        const known = new Map<string, State>();
        const ways: number[][] = [];
        these.forEach(([each, namesHalves, namesParts], i) => {
          const text = JSON.stringify(each);
          const ints = candidate(store, each, namesHalves, namesParts);
          const way = [i - 1, 60_000 + i, 280 + i];
          expect(insert(store, ints, way)).toBe(CANDIDATE_HEAD + ints.length);
          expect(store.added).toBe(!known.has(text));
          if (store.added) ways.push(way);
          known.set(text, each);
          expect(store.count).toBe(known.size);
        });
        expect(statesOf(store)).toEqual([...known.values()]);
        expect(waysOf(store)).toEqual(ways);
      }),
    );
  });

  it('finds a state by its halves', () => {
    fc.assert(
      fc.property(fc.array(state, { minLength: 1, maxLength: 10 }), fc.nat(), fc.nat(), (these, i, j) => {
        const store = filled(these);
        const made: State = [these[i % these.length][0], these[j % these.length][1]];
        const row = Int32Array.from(made.map((each) => numbersOf(store, each)[1]));
        const at = statesOf(store).findIndex((each) => JSON.stringify(each) === JSON.stringify(made));
        expect(store.find(row)).toBe(at);
        expect(store.find(Int32Array.of(row[0], ABSENT))).toBe(ABSENT);
        expect(store.find(Int32Array.of(ABSENT, row[1]))).toBe(ABSENT);
      }),
    );
  });

  it('has room for as many states, and as many parts of one, as there are', () => {
    const states = many(2500);
    const store = filled(states);
    expect(statesOf(store)).toEqual(states);
    expect(waysOf(store)).toEqual(states.map((_, i) => [i - 1, i, i % 300]));
    const long: State = [Array.from({ length: 3000 }, (_, i) => [i]), []];
    insert(store, candidate(store, long), [0, 0, 0]);
    expect(stateOf(store, store.count - 1)).toEqual(long);
  });

  it('stores equal halves and parts once', () => {
    const store = filled([
      [[[1], [2]], [[1]]],
      [[[1]], [[2], [1]]],
    ]);
    expect([store.count, store.halves.count, store.parts.count]).toEqual([2, 3, 2]);
  });

  it('stores the number of a renaming in no more bytes than the greatest one needs', () => {
    const bytesFor = (renamings: number): number => {
      const store = new StateStore(1, renamings);
      insert(store, [-1], [-1, 0, renamings - 1]);
      expect(store.renaming(0)).toBe(renamings - 1);
      return store.bytes;
    };
    const least = bytesFor(1);
    expect(bytesFor(256)).toBe(least);
    expect(bytesFor(257) - least).toBe(1024);
    expect(bytesFor(65_536) - least).toBe(1024);
    expect(bytesFor(65_537) - least).toBe(3 * 1024);
    expect(bytesFor(2 ** 31 - 1) - least).toBe(3 * 1024);
  });

  it('counts all that it takes', () => {
    const store = filled(many(3000), 2);
    const tables = [store.parts, store.halves, store.states].map(({ bytes }) => bytes);
    const ways = store.bytes - tables.reduce((sum, bytes) => sum + bytes, 0);
    // A parent, an operation and a renaming take seven bytes, and what is reserved is less than as much again.
    expect(ways).toBeGreaterThanOrEqual(7 * 3000);
    expect(ways).toBeLessThan(2 * 7 * 3000);
  });

  it('says of a candidate what stands at its head beside the way', () => {
    // Whoever writes candidates puts what they show at this place: parent, operation and renaming are before it.
    expect([CANDIDATE_SHOWS, CANDIDATE_HEAD]).toEqual([3, 4]);
  });
});

describe('a set of states that was saved', () => {
  it.each([0, 3, 1500, 3000])('holds the same %i states once it is loaded, and takes more', (count) => {
    for (const renamings of [256, 300, 70_000]) {
      const store = filled(many(count), renamings);
      const { parents, operations, renamings: kept, ...tables } = store.save();
      const loaded = filled(many(5).toReversed(), renamings);
      loaded.load({
        ...structuredClone(tables),
        parents: parents.slice(),
        operations: operations.slice(),
        renamings: loaded.renamingsFrom(new Uint8Array(kept.slice().buffer).slice().buffer),
      });
      for (const each of [store, loaded]) insert(each, candidate(each, [[[-5]], []]), [count - 1, 17, 200]);
      expect(loaded.save()).toEqual(store.save());
      expect(statesOf(loaded)).toEqual([...many(count), [[[-5]], []]]);
      expect(loaded.share().renamings.buffer).toBeInstanceOf(SharedArrayBuffer);
    }
  });
});

describe('a set of states that is shared', () => {
  it('is read by another thread, with the renamings', () => {
    const store = filled([
      [[[1]], [[2], []]],
      [[[1]], []],
    ]);
    const reader = filled(many(4));
    reader.adopt(store.share());
    expect(statesOf(reader)).toEqual(statesOf(store));
    expect([reader.renaming(0), reader.renaming(1)]).toEqual([0, 1]);
    expect(reader.share()).toEqual(store.share());
  });
});

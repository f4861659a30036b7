import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ABSENT, grow, InternTable } from '#properties/explorer/intern-table';

/** Few different ints, so that rows are often equal, or the beginning of another. */
const int = fc.oneof(fc.integer({ min: -1, max: 2 }), fc.integer());
/** 0: rows of any length; else all of this one. */
const width = fc.integer({ min: 0, max: 3 });
const rowsOf = (each: number) =>
  fc.array(fc.array(int, each === 0 ? { maxLength: 3 } : { minLength: each, maxLength: each }), {
    maxLength: 40,
  });
const tableful = width.chain((each) => fc.tuple(fc.constant(each), rowsOf(each)));

/** A row among other ints, at a place of its own. */
const within = (row: readonly number[], before: number): readonly [Int32Array, number, number] => [
  Int32Array.of(...new Array<number>(before).fill(7), ...row, 9, 9),
  before,
  before + row.length,
];

const read = (table: InternTable, number: number): number[] => {
  const into = new Int32Array(table.lengthOf(number) + 3).fill(5);
  const end = table.copy(number, into, 2);
  expect(end).toBe(2 + table.lengthOf(number));
  expect([into[0], into[1], into[end]]).toEqual([5, 5, 5]);
  return [...into.subarray(2, end)];
};

const contentsOf = (table: InternTable): number[][] =>
  Array.from({ length: table.count }, (_, number) => read(table, number));

const filled = (each: number, rows: readonly (readonly number[])[]): InternTable => {
  const table = new InternTable(each);
  for (const row of rows) table.intern(Int32Array.from(row), 0, row.length);
  return table;
};

/** Rows of one int each, all different. */
const numbered = (count: number): number[][] => Array.from({ length: count }, (_, i) => [i]);

/** Slots in a row of the index that are taken: how far a search of it goes at most. */
function longestRun(slots: Int32Array): number {
  let longest = 0;
  let run = 0;
  for (const slot of slots) {
    run = slot === 0 ? 0 : run + 1;
    longest = Math.max(longest, run);
  }
  return longest;
}

describe('a table of rows', () => {
  it('knows equal rows by one number, in the order of arrival, as a map of their texts does', () => {
    fc.assert(
      fc.property(tableful, ([each, rows]) => {
        const table = new InternTable(each);
        const known = new Map<string, number>();
        expect(table.added).toBe(false);
        for (const [i, row] of rows.entries()) {
          const text = row.join();
          const before = known.get(text);
          expect(table.find(...within(row, i % 3))).toBe(before ?? ABSENT);
          expect(table.count).toBe(known.size);
          const number = table.intern(...within(row, (i + 1) % 3));
          expect(table.added).toBe(before === undefined);
          expect(number).toBe(before ?? known.size);
          known.set(text, number);
        }
        expect(contentsOf(table).map(String)).toEqual([...known.keys()]);
      }),
    );
  });

  it('says whether a row is that of a number', () => {
    fc.assert(
      fc.property(tableful, ([each, rows]) => {
        const table = filled(each, rows);
        const contents = contentsOf(table);
        for (const row of rows)
          contents.forEach((one, number) => {
            expect(table.equals(number, ...within(row, 2))).toBe(one.join() === row.join());
          });
      }),
    );
  });

  it('holds nothing after it was cleared, and begins anew', () => {
    fc.assert(
      fc.property(tableful, ([each, rows]) => {
        const table = filled(each, rows);
        table.clear();
        expect(table.count).toBe(0);
        for (const row of rows) expect(table.find(...within(row, 0))).toBe(ABSENT);
        for (const row of rows) table.intern(...within(row, 1));
        expect(contentsOf(table)).toEqual(contentsOf(filled(each, rows)));
      }),
    );
  });

  it.each([0, 1])('keeps all as it grows, and its index a third empty: rows of width %i', (each) => {
    const rows = numbered(3000).map(([i]) => [i + 1]);
    const table = new InternTable(each);
    for (const [i, row] of rows.entries()) {
      if (table.intern(Int32Array.from(row), 0, 1) !== i) expect.fail(`row ${i} was known`);
      if (table.share().slots.length < 1.5 * table.count) expect.fail(`too full for ${i} rows`);
    }
    expect(contentsOf(table)).toEqual(rows);
    expect(rows.every(([i]) => table.find(Int32Array.of(i), 0, 1) === i - 1)).toBe(true);
    // What has not been written yet is no row, and all that is read there is 0.
    expect(table.find(Int32Array.of(0), 0, 1)).toBe(ABSENT);
    // In a random index of this size the longest run is a few dozen; of one hash for all it would be 3000.
    expect(longestRun(table.share().slots)).toBeLessThan(200);
  });

  it('spreads rows that differ in one place only over its index', () => {
    for (const place of [0, 3, 7]) {
      const rows = numbered(1200).map(([i]) => Array.from({ length: 8 }, (_, at) => (at === place ? i : 1)));
      expect(longestRun(filled(8, rows).share().slots)).toBeLessThan(200);
    }
  });

  it('takes no more than it needs: it grows when it is full, and stores no starts for rows of one width', () => {
    const table = filled(1, numbered(4096));
    expect(table.share().ints.length).toBe(4096);
    table.intern(Int32Array.of(-1), 0, 1);
    expect(table.share().ints.length).toBe(8192);
    const { ints, slots } = table.share();
    expect(table.bytes).toBe(4 * (ints.length + slots.length));
    const any = filled(0, numbered(1023));
    expect(any.share().starts.length).toBe(1024);
    expect(any.bytes).toBe(4 * (any.share().ints.length + 1024 + any.share().slots.length));
    any.intern(Int32Array.of(-1), 0, 1);
    expect(any.share().starts.length).toBe(2048);
  });
});

describe('a table that was saved', () => {
  it('holds the same rows once it is loaded, under the same numbers, and takes more', () => {
    fc.assert(
      fc.property(tableful, fc.array(int, { maxLength: 3 }), ([each, rows], more) => {
        const table = filled(each, rows);
        const { rows: saved, starts } = table.save();
        expect([...saved]).toEqual(contentsOf(table).flat());
        expect(starts.length).toBe(each === 0 ? table.count + 1 : 0);
        const loaded = filled(each, [new Array<number>(each).fill(77)]);
        loaded.load(saved.slice(), starts.slice());
        expect(contentsOf(loaded)).toEqual(contentsOf(table));
        const row = each === 0 ? more : Array.from({ length: each }, (_, i) => more[i] ?? 4);
        expect(loaded.intern(...within(row, 1))).toBe(table.intern(...within(row, 2)));
        expect(contentsOf(loaded)).toEqual(contentsOf(table));
      }),
    );
  });

  it.each([0, 1])('has an index of the same size: rows of width %i', (each) => {
    for (const count of [0, 1365, 1366, 3000]) {
      const table = filled(each, numbered(count));
      const { rows, starts } = table.save();
      const loaded = new InternTable(each);
      loaded.load(rows.slice(), starts.slice());
      expect(loaded.share().slots.length).toBe(table.share().slots.length);
      expect(loaded.share().starts.length).toBe(each === 0 ? Math.max(1024, 2 * (count + 1)) : 0);
    }
  });
});

describe('a table that is shared', () => {
  it('is read by another thread: its memory is shared, and nothing is copied', () => {
    const table = filled(0, [[1], [2, 3], []]);
    const reader = filled(0, [[8, 8, 8]]);
    const shared = table.share();
    reader.adopt(shared);
    expect(contentsOf(reader)).toEqual([[1], [2, 3], []]);
    expect(reader.find(Int32Array.of(2, 3), 0, 2)).toBe(1);
    expect(reader.share()).toEqual(shared);
    const { rows, starts } = table.save();
    reader.load(rows.slice(), starts.slice());
    for (const each of [table, reader])
      for (const array of [each.share().ints, each.share().starts, each.share().slots])
        expect(array.buffer).toBeInstanceOf(SharedArrayBuffer);
  });
});

describe('an array that grows', () => {
  it('keeps its kind and what it holds, in memory that threads share', () => {
    for (const array of [Uint8Array.of(1, 255), Uint16Array.of(1, 65535), Int32Array.of(1, -1)]) {
      const grown = grow(array, 3);
      expect(grown).toBeInstanceOf(array.constructor);
      expect([...grown]).toEqual([...array, 0, 0]);
      expect(grown.buffer).toBeInstanceOf(SharedArrayBuffer);
    }
  });

  it('has room for what is needed, twice as much while it is small, and then a quarter more', () => {
    expect(grow(new Int32Array(10), 50).length).toBe(50);
    expect(grow(new Int32Array(10), 11).length).toBe(20);
    expect(grow(new Int32Array(8191), 0).length).toBe(2 * 8191);
    expect(grow(new Int32Array(8192), 0).length).toBe(10_240);
    expect(grow(new Int32Array(10_000), 0).length).toBe(12_500);
  });
});

import { describe, expect, test } from 'vitest';
import { Footprints, mix, NO_LOCK } from '#properties/races/footprints';

/** Locks are the objects from 100 on. */
const LOCK = 100;
const isLock = (object: number): boolean => object >= LOCK;
const read = (object: number): number => object * 2;
const write = (object: number): number => object * 2 + 1;

/** The number of a step that takes no lock. */
const plain = (among: Footprints, ...accesses: number[]): number =>
  among.number(Int32Array.from(accesses), accesses.length, accesses.reduce(mix, 0), NO_LOCK, false, false);

/** The number of a step that does nothing but take a lock. */
const taking = (among: Footprints, lock: number, shared = false): number => {
  const access = shared ? read(lock) : write(lock);
  return among.number(Int32Array.of(access), 1, mix(lock, access), lock, shared, true);
};

describe('a footprint', () => {
  test('has the number that it had before; others with the same hash have numbers of their own', () => {
    const footprints = new Footprints(isLock);
    const raw = Int32Array.of(read(1), write(2), read(3));
    const number = (n: number, takes: number, shared: boolean, keeps: boolean): number =>
      footprints.number(raw, n, 5, takes, shared, keeps);
    const all = [
      number(2, 7, true, true),
      number(3, 7, true, true),
      number(2, 8, true, true),
      number(2, 7, false, true),
      number(2, 7, true, false),
      footprints.number(Int32Array.of(read(1), read(2)), 2, 5, 7, true, true),
      footprints.number(Int32Array.of(write(1), write(2)), 2, 5, 7, true, true),
      number(0, NO_LOCK, false, false),
    ];
    expect(all).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    expect([
      number(2, 7, true, true),
      number(3, 7, true, true),
      number(2, 8, true, true),
      number(2, 7, false, true),
      number(2, 7, true, false),
      number(0, NO_LOCK, false, false),
    ]).toEqual([0, 1, 2, 3, 4, 7]);
    expect(footprints.number(raw, 2, 6, 7, true, true)).toBe(8);
    expect([3, 2, 3].map((n) => footprints.number(raw, n, 7, 7, true, true))).toEqual([9, 10, 9]);
    expect(footprints.all).toHaveLength(11);
    expect(footprints.all[2]).toEqual({
      accesses: Int32Array.of(read(1), write(2)),
      takes: 8,
      shared: true,
      keeps: true,
    });
    expect(footprints.all[7]).toEqual({
      accesses: Int32Array.of(),
      takes: NO_LOCK,
      shared: false,
      keeps: false,
    });
  });

  test('keeps what it was made from, whatever becomes of that', () => {
    const footprints = new Footprints(isLock);
    const raw = Int32Array.of(read(1), write(2));
    expect(footprints.number(raw, 2, 5, NO_LOCK, false, false)).toBe(0);
    raw.fill(write(9));
    expect(footprints.number(raw, 2, 5, NO_LOCK, false, false)).toBe(1);
    expect(footprints.all.map(({ accesses }) => [...accesses])).toEqual([[read(1), write(2)], [write(9)]]);
  });

  test('has each object once, in order, and a write instead of a read and a write', () => {
    const footprints = new Footprints(isLock);
    const accesses = (...raw: number[]): number[] => [...footprints.all[plain(footprints, ...raw)].accesses];
    expect(accesses(read(50), write(4), read(4), read(6), read(50), read(3))).toEqual([
      read(3),
      write(4),
      read(6),
      read(50),
    ]);
    // An access is told by its number, not by its digits: 20 comes after 9.
    expect(accesses(read(10), write(4), write(4))).toEqual([write(4), read(10)]);
    expect(accesses(write(3), read(4))).toEqual([write(3), read(4)]);
  });

  test('tells whether it touches a lock', () => {
    const footprints = new Footprints(isLock);
    const id = plain(footprints, read(1), read(LOCK), write(LOCK + 2));
    expect([LOCK, LOCK + 1, LOCK + 2, 1].map((lock) => footprints.touches(id, lock))).toEqual([
      true,
      false,
      true,
      true,
    ]);
  });
});

describe('two footprints', () => {
  const footprints = new Footprints(isLock);
  const steps = {
    none: plain(footprints),
    reads: plain(footprints, read(1), read(2)),
    writes: plain(footprints, write(2), write(3)),
    other: plain(footprints, write(4)),
    takes: taking(footprints, LOCK),
    shares: taking(footprints, LOCK, true),
    another: taking(footprints, LOCK + 1),
    lockAndReads: plain(footprints, read(2), write(LOCK)),
  };
  type Name = keyof typeof steps;
  const names = Object.keys(steps) as Name[];

  const related = (relation: (a: number, b: number) => boolean): string[] =>
    names.flatMap((a) => names.filter((b) => relation(steps[a], steps[b])).map((b) => `${a} ${b}`));
  const eachWay = (...pairs: (readonly [Name, Name])[]): string[] => {
    const both = new Set(pairs.flatMap(([a, b]) => [`${a} ${b}`, `${b} ${a}`]));
    return names.flatMap((a) => names.map((b) => `${a} ${b}`)).filter((pair) => both.has(pair));
  };

  const CONFLICTING: readonly (readonly [Name, Name])[] = [
    ['reads', 'writes'],
    ['writes', 'writes'],
    ['writes', 'lockAndReads'],
    ['other', 'other'],
  ];
  const OF_A_LOCK: readonly (readonly [Name, Name])[] = [
    ['takes', 'takes'],
    ['takes', 'shares'],
    ['takes', 'lockAndReads'],
    ['shares', 'lockAndReads'],
    ['another', 'another'],
    ['lockAndReads', 'lockAndReads'],
  ];

  test('depend on each other where one writes what the other touches', () => {
    expect(related((a, b) => footprints.dependent(a, b))).toEqual(eachWay(...CONFLICTING, ...OF_A_LOCK));
  });

  test('conflict where that is more than a lock', () => {
    expect(related((a, b) => footprints.conflicting(a, b))).toEqual(eachWay(...CONFLICTING));
  });

  test('contend where both take one lock that they cannot share', () => {
    expect(related((a, b) => footprints.contend(a, b))).toEqual(
      eachWay(['takes', 'takes'], ['takes', 'shares'], ['another', 'another']),
    );
  });

  test('contend for any lock, the first words of a state among them', () => {
    const few = new Footprints(() => true);
    for (const lock of [0, 1, 2]) {
      expect(few.contend(taking(few, lock), taking(few, lock)), `lock ${lock}`).toBe(true);
      expect(few.contend(taking(few, lock, true), taking(few, lock, true)), `lock ${lock}`).toBe(false);
    }
    expect(few.contend(plain(few, write(0)), plain(few, write(0)))).toBe(false);
  });

  test('with a lock and more in common conflict, in whichever order they touch it', () => {
    const both = new Footprints((object) => object === 5);
    const early = plain(both, write(5), write(9));
    const late = plain(both, write(1), write(5));
    expect([both.conflicting(early, early), both.conflicting(late, late)]).toEqual([true, true]);
    expect([both.conflicting(early, late), both.dependent(early, late)]).toEqual([false, true]);
  });
});

test('what two footprints have to do with each other is looked at once, however many there are', () => {
  let asked = 0;
  const footprints = new Footprints((object) => {
    asked++;
    return isLock(object);
  });
  /** Each of them writes one object that only the one 64 places off writes as well. */
  const COUNT = 600;
  const ids = Array.from({ length: COUNT }, (_, i) =>
    footprints.number(Int32Array.of(write(i % 64), read(65 + i)), 2, i, NO_LOCK, false, false),
  );
  const dependents = (): number[] =>
    ids.map((a) => ids.filter((b) => footprints.dependent(a, b) && footprints.conflicting(b, a)).length);
  const expected = ids.map((a) => ids.filter((b) => b % 64 === a % 64).length);
  // What is known of the first ones is known when there is no room for them all any more.
  const first = ids.slice(0, 200);
  for (const a of first) for (const b of first) footprints.dependent(a, b);
  const already = asked;
  for (const a of first) for (const b of first) footprints.dependent(a, b);
  expect(asked).toBe(already);
  expect(dependents()).toEqual(expected);
  const pairs = expected.reduce((sum, n) => sum + n, 0);
  expect(asked).toBe((pairs + COUNT) / 2);
  expect(dependents()).toEqual(expected);
  expect(asked).toBe((pairs + COUNT) / 2);
});

test('what is known of two footprints stays known when there is room for more', () => {
  let asked = 0;
  const footprints = new Footprints(() => {
    asked++;
    return false;
  });
  const number = (i: number): number => footprints.number(Int32Array.of(write(i % 3)), 1, i, i, false, false);
  const few = Array.from({ length: 256 }, (_, i) => number(i));
  const related = (): number =>
    few.reduce((sum, a) => sum + few.filter((b) => footprints.dependent(a, b)).length, 0);
  const before = related();
  const already = asked;
  for (let i = 256; i < 513; i++) number(i);
  expect(related()).toBe(before);
  expect(asked).toBe(already);
  expect(footprints.dependent(512, 2)).toBe(true);
  expect(footprints.dependent(512, 1)).toBe(false);
});

test('few sequences of accesses have one hash', () => {
  const hashes = new Set<number>();
  let count = 0;
  for (let lock = -1; lock < 8; lock++) {
    for (let a = 0; a < 64; a++) {
      for (let b = 0; b < 64; b++, count++) hashes.add(mix(mix(lock, a), b));
    }
  }
  expect(count - hashes.size).toBeLessThan(count / 1_000);
  expect([...hashes].every((hash) => hash === (hash | 0))).toBe(true);
});

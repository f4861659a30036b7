import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Numbering } from '#properties/explorer/numbering';
import { permutation, type Renaming, renaming } from '#properties/explorer/renaming';
import { Stream } from '#properties/explorer/stream';

const orderOf = (n: number) =>
  fc.shuffledSubarray(
    Array.from({ length: n }, (_, i) => i),
    { minLength: n },
  );
/** Of four processes and five users: permutations that are not their own opposite are among them. */
const anyRenaming: fc.Arbitrary<Renaming> = fc
  .tuple(orderOf(4), orderOf(5))
  .map(([procs, users]) => renaming(permutation(procs), permutation(users), [], []));
const UNCHANGED = renaming(permutation([0, 1, 2, 3]), permutation([0, 1, 2, 3, 4]), [], []);

type Item = readonly [kind: 'value' | 'reference' | 'user' | 'processes', x: number];
const item: fc.Arbitrary<Item> = fc.oneof(
  fc.tuple(fc.constant('value' as const), fc.integer()),
  fc.tuple(fc.constant('reference' as const), fc.nat(4)),
  fc.tuple(fc.constant('user' as const), fc.nat(4)),
  fc.tuple(fc.constant('processes' as const), fc.nat(15)),
);

/** Rows of a table, which are come upon from the last to the first. */
const backwards = new Numbering(4);
for (const row of [3, 2, 1, 0]) backwards.number(row);

/** What a model does with a stream, writing or reading. */
const visit = (stream: Stream, items: readonly Item[]): number[] =>
  items.map(([kind, x]) => (kind === 'reference' ? stream.reference(x, backwards) : stream[kind](x)));

const written = (stream: Stream): number[] => [...stream.ints.subarray(0, stream.length)];

describe('a stream', () => {
  it('gives back what was written, under its old names; references as the numbers of what they refer to', () => {
    fc.assert(
      fc.property(anyRenaming, fc.array(item), (names, items) => {
        const stream = new Stream(UNCHANGED);
        const held = items.map(([, x]) => x);
        for (let again = 0; again < 2; again++) {
          stream.write(names, false);
          // Writing leaves a table as it is.
          expect(visit(stream, items)).toEqual(held);
          expect(stream.length).toBe(items.length);
          stream.read(names);
          const zeros = items.map(([kind]) => [kind, 0] as const);
          const back = items.map(([kind, x]) => (kind === 'reference' && x > 0 ? 5 - x : x));
          expect(visit(stream, zeros)).toEqual(back);
          expect(stream.length).toBe(items.length);
        }
      }),
    );
  });

  it('writes users and processes under the names that a renaming gives them', () => {
    fc.assert(
      fc.property(anyRenaming, fc.nat(4), fc.nat(15), (names, user, mask) => {
        const stream = new Stream(names);
        stream.user(user);
        stream.processes(mask);
        const [newUser, newMask] = written(stream);
        expect(newUser).toBe(names.userTo[user]);
        for (let p = 0; p < 4; p++) expect((newMask >> names.procTo[p]) & 1).toBe((mask >> p) & 1);
        expect(newMask >> 4).toBe(0);
      }),
    );
  });

  it('has room for as many ints as a state has', () => {
    const stream = new Stream(UNCHANGED);
    const ints = Array.from({ length: 5000 }, (_, i) => i * i);
    for (const int of ints) stream.value(int);
    expect(written(stream)).toEqual(ints);
  });

  it('counts parts only while it writes', () => {
    const stream = new Stream(UNCHANGED);
    stream.value(1);
    stream.value(2);
    expect(stream.cut()).toBe(true);
    expect(stream.cut()).toBe(true);
    stream.value(3);
    expect(stream.cut()).toBe(true);
    expect([...stream.ends.subarray(0, stream.parts)]).toEqual([2, 2, 3]);
    stream.read(UNCHANGED);
    stream.value(0);
    expect(stream.cut()).toBe(true);
    expect([...stream.ends.subarray(0, stream.parts)]).toEqual([2, 2, 3]);
    stream.write(UNCHANGED, false);
    expect([stream.length, stream.parts]).toEqual([0, 0]);
  });
});

type Parts = readonly (readonly number[])[];
const parts: fc.Arbitrary<Parts> = fc.array(fc.array(fc.integer({ min: -2, max: 2 }), { maxLength: 4 }), {
  maxLength: 4,
});
/** Parts, and the same with some ints changed. */
const rivals = parts.chain((one) =>
  fc.tuple(
    fc.constant(one),
    fc.tuple(
      ...one.map((part) =>
        fc.tuple(...part.map((int) => fc.oneof(fc.constant(int), fc.integer({ min: -2, max: 2 })))),
      ),
    ),
  ),
);

const bit = fc.integer({ min: 0, max: 1 });

/** Write parts until one comes after what was kept. @returns whether they were written to their end */
function put(stream: Stream, contest: boolean, these: Parts): boolean {
  stream.write(UNCHANGED, contest);
  return these.every((part) => {
    for (const int of part) stream.value(int);
    return stream.cut();
  });
}

/** The order of lists of one length: below 0, the one is less. */
function compare(one: readonly number[], other: readonly number[]): number {
  const at = one.findIndex((int, i) => int !== other[i]);
  return at < 0 ? 0 : one[at] - other[at];
}

describe('a contest', () => {
  it('is won by what comes first in the order of its ints, and given up at the part that comes after', () => {
    fc.assert(
      fc.property(rivals, ([kept, rival]) => {
        const stream = new Stream(UNCHANGED);
        expect(put(stream, false, kept)).toBe(true);
        expect(stream.wins).toBe(true);
        stream.keep();
        const order = compare(rival.flat(), kept.flat());
        expect(put(stream, true, rival)).toBe(order <= 0);
        if (order > 0) {
          const worse = rival.findIndex(
            (_, i) => compare(rival.slice(0, i + 1).flat(), kept.slice(0, i + 1).flat()) > 0,
          );
          expect(stream.parts).toBe(worse + 1);
        } else expect(stream.wins).toBe(order < 0);
      }),
    );
  });

  it('among any number finds the least', () => {
    fc.assert(
      fc.property(
        fc
          .nat(3)
          .chain((size) =>
            fc.array(
              fc.array(fc.array(bit, { minLength: 2, maxLength: 2 }), { minLength: size, maxLength: size }),
              { minLength: 1, maxLength: 6 },
            ),
          ),
        (rivals) => {
          const stream = new Stream(UNCHANGED);
          rivals.forEach((rival, i) => {
            if (put(stream, i > 0, rival) && stream.wins) stream.keep();
          });
          stream.recall();
          const [least] = rivals.map((rival) => rival.flat()).sort(compare);
          expect(written(stream)).toEqual(least);
        },
      ),
    );
  });

  it('is about what is written now, not about the parts of longer ones before', () => {
    const stream = new Stream(UNCHANGED);
    put(stream, false, [[1], [1], [1], [1]]);
    stream.keep();
    for (const better of [
      [[0], [1]],
      [[0], [0]],
    ]) {
      expect(put(stream, true, better)).toBe(true);
      expect(stream.wins).toBe(true);
      stream.keep();
    }
  });

  it('leaves the winner at hand, whatever was written since', () => {
    fc.assert(
      fc.property(parts, parts, (kept, since) => {
        const stream = new Stream(UNCHANGED);
        put(stream, false, kept);
        stream.keep();
        put(stream, false, since);
        stream.recall();
        expect(written(stream)).toEqual(kept.flat());
        const ends = kept.map((_, i) => kept.slice(0, i + 1).flat().length);
        expect([...stream.ends.subarray(0, stream.parts)]).toEqual(ends);
      }),
    );
  });
});

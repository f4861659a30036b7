import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Arrangement, type Likeness } from '#properties/explorer/arrangement';
import { permutation } from '#properties/explorer/renaming';

const count = (n: number): number[] => Array.from({ length: n }, (_, i) => i);
const fromOf = (arrangement: Arrangement): number[][] =>
  arrangement.permutations.map(({ from }) => [...from]);

/** All orders of the list. */
const shuffles = (list: readonly number[]): number[][] =>
  list.length === 0
    ? [[]]
    : list.flatMap((first, i) => shuffles(list.toSpliced(i, 1)).map((rest) => [first, ...rest]));

const byText = (a: readonly number[], b: readonly number[]): number => (String(a) < String(b) ? -1 : 1);

/** Five things, some of which may be swapped: by the number of the class that each is in. */
const classes = fc
  .array(fc.nat(2), { minLength: 5, maxLength: 5 })
  .map((classOf) =>
    [0, 1, 2]
      .map((one) => count(5).filter((thing) => classOf[thing] === one))
      .filter(({ length }) => length > 0),
  );
/** What each thing is like, and which it is the same as: things that are the same are alike. */
const nature = fc
  .array(fc.tuple(fc.nat(1), fc.nat(1)), { minLength: 5, maxLength: 5 })
  .map((each) => each.map(([like, self]) => [like, 2 * like + self] as const));

describe('an arrangement', () => {
  it('has each way to swap things within their classes once, first that which changes nothing', () => {
    fc.assert(
      fc.property(classes, (these) => {
        const made = fromOf(new Arrangement(5, these));
        const allowed = shuffles(count(5)).filter((from) =>
          from.every((thing, place) => these.some((one) => one.includes(thing) && one.includes(place))),
        );
        expect(made[0]).toEqual(count(5));
        expect(made.toSorted(byText)).toEqual(allowed.toSorted(byText));
      }),
    );
  });

  it('says what its orders are to the names that renamings speak of', () => {
    const twice = new Arrangement(2, [[0, 1]], (from) =>
      permutation(from.flatMap((i) => [2 * i, 2 * i + 1])),
    );
    expect(fromOf(twice)).toEqual([
      [0, 1, 2, 3],
      [2, 3, 0, 1],
    ]);
  });

  it('leaves names as they are where there would be too many orders, or more than 13 names', () => {
    expect(new Arrangement(6, [count(6)]).permutations.length).toBe(720);
    expect(new Arrangement(7, [count(7)]).permutations.length).toBe(1);
    const eight = [count(6), [6, 7]];
    expect(new Arrangement(8, eight).permutations.length).toBe(1);
    expect(new Arrangement(13, [[0, 12]]).permutations.length).toBe(2);
    expect(new Arrangement(14, [[0, 12]]).permutations.length).toBe(1);
    const none: Likeness = { compare: (a, b) => b - a, same: () => false };
    expect(new Arrangement(8, eight).sorted(none)).toEqual([0]);
    expect(new Arrangement(13, [[0, 12]]).sorted(none)).toEqual([1]);
  });

  it('finds the orders in which like comes before unlike, one of those that look the same', () => {
    fc.assert(
      fc.property(classes, fc.array(nature, { minLength: 1, maxLength: 3 }), (these, states) => {
        const arrangement = new Arrangement(5, these);
        for (const things of states) {
          const likeness: Likeness = {
            compare: (a, b) => things[a][0] - things[b][0],
            same: (a, b) => things[a][1] === things[b][1],
          };
          const look = (from: readonly number[]): number[] => from.map((thing) => things[thing][1]);
          const inOrder = fromOf(arrangement).filter((from) =>
            these.every((members) =>
              members.every(
                (place, i) => i === 0 || likeness.compare(from[members[i - 1]], from[place]) <= 0,
              ),
            ),
          );
          const looks = [...new Set(inOrder.map((from) => String(look(from))))].sort();
          const found = arrangement.sorted(likeness).map((number) => fromOf(arrangement)[number]);
          expect(found.map((from) => String(look(from))).sort()).toEqual(looks);
        }
      }),
    );
  });
});

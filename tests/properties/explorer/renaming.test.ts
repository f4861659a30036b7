import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { permutation, renaming } from '#properties/explorer/renaming';

const NAMES = ['a', 'b', 'c', 'd'];
const ORDER = [0, 1, 2, 3];
const order = fc.shuffledSubarray(ORDER, { minLength: 4 });
const orders = fc.array(fc.oneof(order, fc.constant(ORDER)), { minLength: 3, maxLength: 3 });

describe('a permutation', () => {
  it('puts the things named at each place there, and says where each goes', () => {
    fc.assert(
      fc.property(order, (from) => {
        const { from: stands, to } = permutation(from);
        const after = [...stands].map((old) => NAMES[old]);
        expect(after).toEqual(from.map((old) => NAMES[old]));
        expect(NAMES.map((name) => after.indexOf(name))).toEqual([...to]);
      }),
    );
  });

  it('undoes what the one in the other direction does', () => {
    fc.assert(
      fc.property(order, (from) => {
        const one = permutation(from);
        const back = permutation([...one.to]);
        expect(back.to).toEqual(one.from);
        expect([...one.from].map((old) => back.from[old])).toEqual(ORDER);
      }),
    );
  });
});

describe('a renaming', () => {
  it('tells in which processes descriptors or pages change their names', () => {
    fc.assert(
      fc.property(order, order, orders, orders, (procs, users, fds, pages) => {
        const made = renaming(
          permutation(procs),
          permutation(users),
          fds.map(permutation),
          pages.map(permutation),
        );
        const moves = (from: readonly number[]) => from.some((old, place) => old !== place);
        expect(made.within).toEqual(fds.map((each, p) => moves(each) || moves(pages[p])));
        expect([...made.procFrom].map((old) => made.procTo[old])).toEqual(ORDER);
        expect([...made.procFrom]).toEqual(procs);
        expect([...made.userFrom].map((old) => made.userTo[old])).toEqual(ORDER);
        expect([...made.userFrom]).toEqual(users);
      }),
    );
  });
});

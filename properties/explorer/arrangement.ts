import { type Permutation, permutation } from './renaming.js';

/** More orders of one kind of thing than this are not tried: then they keep their names. */
const MOST_ORDERS = 1024;
/** More things than this have no exact `keyOf`: then they keep their names, too. */
const MOST_NAMES = 13;

/** How things of one kind stand to each other in the present state. */
export interface Likeness {
  /** Below 0: the first comes before the second, by what they are like, whatever they are called. */
  compare(a: number, b: number): number;
  /** To swap them would change nothing at all. */
  same(a: number, b: number): boolean;
}

/** All orders of the members, that which they have first; of those that are the same in one order only. */
function orders(members: readonly number[], same: (a: number, b: number) => boolean): number[][] {
  if (members.length < 2) return [[...members]];
  return members.flatMap((first, i) => {
    if (members.slice(0, i).some((other) => same(other, first))) return [];
    return orders(
      members.filter((_, j) => j !== i),
      same,
    ).map((rest) => [first, ...rest]);
  });
}

const factorial = (n: number): number => (n < 2 ? 1 : n * factorial(n - 1));

/**
 * Things of which those of a class may change places: descriptors of a process, stretches of pages of an arena. Its permutations
 * are numbered, from that which changes nothing on.
 */
export class Arrangement {
  readonly permutations: readonly Permutation[];
  readonly #names: readonly number[];
  readonly #classes: readonly (readonly number[])[];
  readonly #numbers = new Map<number, number>();
  readonly #order: number[];

  /**
   * @param names things there are, numbered from 0 on
   * @param classes of things that may be swapped
   * @param spread what it is to the names that renamings speak of when the things stand as `from` says
   */
  constructor(
    names: number,
    classes: readonly (readonly number[])[],
    spread: (from: readonly number[]) => Permutation = permutation,
  ) {
    this.#names = Array.from({ length: names }, (_, i) => i);
    this.#order = [...this.#names];
    const total = classes.reduce((product, { length }) => product * factorial(length), 1);
    const tried = total <= MOST_ORDERS && names <= MOST_NAMES;
    this.#classes = tried ? classes.filter(({ length }) => length > 1) : [];
    const all = this.#combine((members) => orders(members, () => false));
    this.permutations = all.map(spread);
    all.forEach((from, number) => {
      this.#numbers.set(keyOf(from), number);
    });
  }

  /**
   * Numbers of the permutations that bring the things of each class into order: more than one where some are alike, but not the
   * same.
   */
  sorted(likeness: Likeness): readonly number[] {
    if (this.#classes.length === 0) return UNCHANGED;
    const only = this.#only(likeness);
    if (only >= 0) return [only];
    const { compare, same } = likeness;
    const all = this.#combine((members) => {
      const sorted = [...members].sort(compare);
      let made: number[][] = [[]];
      for (let from = 0, to = 1; from < sorted.length; from = to++) {
        while (to < sorted.length && compare(sorted[from], sorted[to]) === 0) to++;
        const alike = orders(sorted.slice(from, to), same);
        made = made.flatMap((start) => alike.map((rest) => [...start, ...rest]));
      }
      return made;
    });
    return all.map((from) => this.#numbers.get(keyOf(from)) ?? 0);
  }

  /** The number of the one permutation that does it, or -1 when there are more: by far most often there is one. */
  #only({ compare, same }: Likeness): number {
    const order = this.#order;
    for (let i = 0; i < order.length; i++) order[i] = i;
    for (const members of this.#classes) {
      for (let i = 1; i < members.length; i++) {
        const each = members[i];
        let place = i - 1;
        for (; place >= 0 && compare(order[members[place]], each) > 0; place--)
          order[members[place + 1]] = order[members[place]];
        order[members[place + 1]] = each;
      }
      for (let i = 1; i < members.length; i++) {
        const [one, other] = [order[members[i - 1]], order[members[i]]];
        if (compare(one, other) === 0 && !same(one, other)) return -1;
      }
    }
    let key = 0;
    for (let i = 0; i < order.length; i++) key = key * 16 + order[i];
    return this.#numbers.get(key) ?? 0;
  }

  /** What stands at each place when each class has one of these orders, in all ways. */
  #combine(ordersOf: (members: readonly number[]) => readonly number[][]): number[][] {
    let made = [[...this.#names]];
    for (const members of this.#classes) {
      const ordered = ordersOf(members);
      made = made.flatMap((from) =>
        ordered.map((order) => {
          const next = [...from];
          members.forEach((place, i) => {
            next[place] = order[i];
          });
          return next;
        }),
      );
    }
    return made;
  }
}

/** The numbers of the permutation that changes nothing. */
export const UNCHANGED: readonly number[] = [0];

/** Four bits for each. */
const keyOf = (from: readonly number[]): number => from.reduce((key, each) => key * 16 + each, 0);

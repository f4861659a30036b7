import { describe, expect, test } from 'vitest';
import { Footprints, mix, NO_LOCK } from '#properties/races/footprints';
import { type Wakeup, WakeupSequence } from '#properties/races/wakeup-tree';

const footprints = new Footprints(() => false);
const writing = (object: number): number =>
  footprints.number(Int32Array.of(object * 2 + 1), 1, mix(0, object), NO_LOCK, false, false);
const X = writing(1);
const Y = writing(2);
const Z = writing(3);

type Step = readonly [task: number, footprint: number];

function sequence(...steps: Step[]): WakeupSequence {
  const made = new WakeupSequence();
  for (const [task, footprint] of steps) made.push(task, footprint);
  return made;
}

/** A tree from lists of steps that branch nowhere. */
const chain = (...steps: Step[]): Wakeup[] =>
  steps.reduceRight<Wakeup[]>((children, [task, footprint]) => [{ task, footprint, children }], []);

describe('a sequence of steps', () => {
  test('can begin with a step of its own before which nothing is that it depends on', () => {
    const steps = sequence([0, X], [1, Y], [0, Z], [2, X], [1, X]);
    const begins = [0, 1, 2].map((task) => steps.canBeginWith(task, Z, footprints));
    expect(begins).toEqual([true, true, false]);
  });

  test('can begin with a step of another task that all of it is independent of', () => {
    const steps = sequence([0, X], [1, Y]);
    const begins = [X, Y, Z].map((footprint) => steps.canBeginWith(2, footprint, footprints));
    expect(begins).toEqual([false, false, true]);
    // What the task does in the beginning counts, not what is known of it in the sequence.
    expect([X, Y, Z].map((footprint) => steps.canBeginWith(1, footprint, footprints))).toEqual([
      false,
      true,
      true,
    ]);
    expect([X, Y, Z].map((footprint) => steps.canBeginWith(0, footprint, footprints))).toEqual([
      true,
      true,
      true,
    ]);
  });

  test('can begin with anything if it has no steps', () => {
    const steps = sequence([0, X], [1, X]);
    expect(steps.canBeginWith(2, X, footprints)).toBe(false);
    steps.clear();
    expect(steps.canBeginWith(2, X, footprints)).toBe(true);
    const tree: Wakeup[] = [];
    expect(steps.insertInto(tree, footprints)).toBe(true);
    expect(tree).toEqual([]);
  });
});

describe('put into a tree', () => {
  test('that is empty, it is the tree', () => {
    const tree: Wakeup[] = [];
    expect(sequence([0, X], [1, Y], [0, Y]).insertInto(tree, footprints)).toBe(true);
    expect(tree).toEqual(chain([0, X], [1, Y], [0, Y]));
  });

  test('it comes after what begins otherwise', () => {
    const tree = chain([0, X], [1, X]);
    expect(sequence([1, X], [0, X]).insertInto(tree, footprints)).toBe(true);
    expect(tree).toEqual([...chain([0, X], [1, X]), ...chain([1, X], [0, X])]);
  });

  test('it is left out where a branch to its end is a beginning of it', () => {
    const tree = chain([0, X]);
    expect(sequence([0, X], [1, X]).insertInto(tree, footprints)).toBe(false);
    expect(sequence([1, Y], [0, X]).insertInto(tree, footprints)).toBe(false);
    expect(sequence([1, Y], [2, Z]).insertInto(tree, footprints)).toBe(false);
    expect(tree).toEqual(chain([0, X]));
  });

  test('it goes on where a branch has the same beginning, without the steps that are there', () => {
    const tree = chain([0, X], [1, X]);
    expect(sequence([0, X], [2, X], [1, X]).insertInto(tree, footprints)).toBe(true);
    expect(tree).toEqual([{ task: 0, footprint: X, children: [...chain([1, X]), ...chain([2, X], [1, X])] }]);
  });

  test('a step of the branch may come later in it, or not at all', () => {
    const tree = chain([2, Y], [0, X], [1, X]);
    expect(sequence([3, X], [2, Y], [0, X]).insertInto(tree, footprints)).toBe(true);
    expect(tree).toEqual([
      { task: 2, footprint: Y, children: [...chain([0, X], [1, X]), ...chain([3, X], [0, X])] },
    ]);
    expect(sequence([1, X], [0, X]).insertInto(tree, footprints)).toBe(true);
    expect(tree[0].children.map(({ task }) => task)).toEqual([0, 3, 1]);
    expect(tree[0].children[2]).toEqual(chain([1, X], [0, X])[0]);
  });

  test('of several branches that it could begin with the first is taken', () => {
    const tree = [...chain([0, Z], [3, X], [3, X]), ...chain([1, Y], [3, X], [3, X])];
    expect(sequence([2, X]).insertInto(tree, footprints)).toBe(true);
    expect(tree).toEqual([
      { task: 0, footprint: Z, children: [...chain([3, X], [3, X]), ...chain([2, X])] },
      ...chain([1, Y], [3, X], [3, X]),
    ]);
  });
});

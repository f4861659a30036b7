import { describe, expect, it } from 'vitest';
import { advance } from '#model/designs/advance';
import { demand_fault } from '#model/designs/demand-fault';
import type { Design } from '#model/designs/design';
import { alphabetOf } from '#properties/explorer/alphabet';
import type { Bounds } from '#properties/explorer/bounds';
import { Explorer } from '#properties/explorer/explorer';
import { NAMED_BOUNDS } from '#properties/explorer/named-bounds';
import { slotsOf } from '#properties/explorer/slots';
import { StateStore } from '#properties/explorer/state-store';
import { States } from '#properties/explorer/states';
import { Symmetry } from '#properties/explorer/symmetry';
import { twinBounds } from '#properties/explorer/twin-bounds';
import { ENDLESS, LONELY, TINY } from './tiny.js';

/** Both users, and a third process: what the named bounds leave out. */
const USERS: Bounds = {
  name: 'users',
  env: { gift: 1, rlimit: 2 },
  processes: 2,
  events: 1,
  records: 'unseen',
  operations: [
    { op: 'open', with: { fd: [0] } },
    { op: 'mmap', with: { fd: [0], page: [0], npages: [1], prot: [['read']] } },
    { op: 'munmap', with: { page: [0], npages: [1] } },
    { op: 'close', with: { fd: [0] } },
    { op: 'setuid', with: { user: [0, 1] } },
    { op: 'fork', with: { child: [0, 1] } },
    { op: 'exit' },
    { op: 'status' },
  ],
};

/** Named bounds that close without symmetry in a test's time. `medium` has some 160 thousand states then, `redirection` a million. */
const AFFORDABLE = ['small', 'failures', 'points', 'aux', 'aux-failures'];

type Case = readonly [name: string, design: Design, bounds: Bounds];
const NAMED: readonly Case[] = NAMED_BOUNDS.filter(({ name }) => AFFORDABLE.includes(name)).flatMap(
  (bounds) => {
    const inAdvance: Case = [bounds.name, advance, bounds];
    const onDemand: Case = [`${bounds.name}, on demand`, demand_fault, bounds];
    return bounds.name.startsWith('aux') ? [inAdvance, onDemand] : [inAdvance];
  },
);

const count = (bounds: Bounds): number => new Symmetry(alphabetOf(bounds), bounds.processes, true).size;

describe('renamings', () => {
  it('are those that turn the alphabet into itself', () => {
    // Processes; users; two descriptors and two places of one process.
    expect(count(TINY)).toBe(2);
    expect(count(USERS)).toBe(4);
    expect(count(LONELY)).toBe(4);
    expect(NAMED_BOUNDS.map(count)).toEqual([2, 4, 8, 2, 1, 4, 4, 2, 2, 72, 8, 72]);
  });

  it('are none where one process may do what the other may not', () => {
    const operations = [...TINY.operations, { op: 'exec', with: { proc: [0] } } as const];
    expect(count({ ...TINY, operations })).toBe(1);
  });

  it('keep neighbouring pages together', () => {
    expect(slotsOf(alphabetOf(LONELY))).toEqual([
      { start: 0, length: 2 },
      { start: 3, length: 2 },
    ]);
    const touching = alphabetOf({
      ...LONELY,
      operations: [{ op: 'mmap', with: { page: [0, 2], npages: [2] } }],
    });
    expect(slotsOf(touching)).toEqual([{ start: 0, length: 4 }]);
  });
});

/** Two descriptors and two places in each of two processes; and one process that may use one descriptor only. */
const TWO_BY_TWO = twinBounds(2, 2);
const UNEQUAL: Bounds = {
  ...TWO_BY_TWO,
  name: 'unequal',
  operations: [
    { op: 'open', with: { proc: [0], fd: [0, 1] } },
    { op: 'mmap', with: { proc: [0], fd: [0, 1], page: [0], npages: [2], prot: [['read']] } },
    { op: 'mmap', with: { proc: [1], fd: [0], page: [0], npages: [2], prot: [['read']] } },
    { op: 'close', with: { proc: [1], fd: [0] } },
    { op: 'fork', with: { proc: [0], child: [1] } },
    { op: 'exit' },
  ],
};

/** Both searches, and of each state without symmetry which one it is under symmetry. */
async function searches(design: Design, bounds: Bounds) {
  const reduced = new Explorer({ design, bounds, symmetry: true });
  const whole = new Explorer({ design, bounds, symmetry: false });
  await reduced.run(ENDLESS);
  await whole.run(ENDLESS);
  expect(whole.head).toBe(whole.store.count);
  const { sides, ops, scope } = whole.expander;
  const orbits = new States(
    sides,
    new Symmetry(ops, bounds.processes, true),
    scope,
    new StateStore(2, 2 ** 31 - 1),
  );
  for (let state = 0; state < whole.store.count; state++) {
    whole.expander.states.enter(state);
    orbits.insert(-1, 0);
  }
  return { reduced, whole, orbits };
}

describe('symmetry', () => {
  it.each<Case>([
    ['tiny', advance, TINY],
    ['tiny, on demand', demand_fault, TINY],
    ['lonely', advance, LONELY],
    ['users', advance, USERS],
    ['two by two', advance, TWO_BY_TWO],
    ['unequal', advance, UNEQUAL],
    ...NAMED,
  ])(
    'comes to as many states as there are orbits, found by brute force: %s',
    async (_name, design, bounds) => {
      const { reduced, whole, orbits } = await searches(design, bounds);
      expect(reduced.store.count).toBe(orbits.store.count);
      expect(reduced.store.count).toBeLessThanOrEqual(whole.store.count);
    },
    180_000,
  );

  it.each<Case>([
    ['tiny', advance, TINY],
    ['tiny, on demand', demand_fault, TINY],
    ['lonely', advance, LONELY],
    ['users', advance, USERS],
    ...NAMED,
  ])(
    'the sizes of the orbits add up to the states without it: %s',
    async (_name, design, bounds) => {
      const { reduced, whole } = await searches(design, bounds);
      let sum = 0;
      for (let state = 0; state < reduced.store.count; state++)
        sum += reduced.expander.states.forms(state).size;
      expect(sum).toBe(whole.store.count);
      expect(reduced.store.count).toBeLessThan(whole.store.count);
    },
    180_000,
  );

  it('takes states for one only when all their renamings give the same forms', async () => {
    const { reduced } = await searches(advance, TWO_BY_TWO);
    const least = new Set<string>();
    for (let state = 0; state < reduced.store.count; state++)
      least.add([...reduced.expander.states.forms(state)].sort()[0]);
    expect(least.size).toBe(reduced.store.count);
  });

  it('does not swap what a child could not swap', () => {
    // The parent's two descriptors are interchangeable until it forks one who may use the first only.
    expect(count(UNEQUAL)).toBe(1);
    const { operations } = UNEQUAL;
    expect(count({ ...UNEQUAL, operations: operations.filter(({ op }) => op !== 'fork') })).toBe(2);
  });
});

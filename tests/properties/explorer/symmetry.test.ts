import { describe, expect, it } from 'vitest';
import { advance } from '#model/designs/advance';
import { demand_fault } from '#model/designs/demand-fault';
import type { Design } from '#model/designs/design';
import { auditSymmetry } from '#properties/claims/symmetry';
import { alphabetOf } from '#properties/explorer/alphabet';
import type { Bounds } from '#properties/explorer/bounds';
import { NAMED_BOUNDS } from '#properties/explorer/named-bounds';
import { slotsOf } from '#properties/explorer/slots';
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

/** Named bounds that close without symmetry in a test's time. `medium` has some 160 thousand states then, `limits` 95 thousand, `redirection` a million. */
const AFFORDABLE = ['small', 'failures', 'points', 'moves', 'aux', 'aux-failures'];

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

/** A child that may use one of its parent's two descriptors only. */
const UNEQUAL: Bounds = {
  ...twinBounds(2, 2),
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

describe('symmetry', () => {
  it('cannot be audited by a search that is cut short', async () => {
    await expect(auditSymmetry(advance, TINY, { ...ENDLESS, depth: 2 })).rejects.toThrow('the depth of 2');
  });

  it.each<Case>([
    ['tiny', advance, TINY],
    ['tiny, on demand', demand_fault, TINY],
    ['lonely', advance, LONELY],
    ['lonely, on demand', demand_fault, LONELY],
    ['users', advance, USERS],
    ['two by two', advance, twinBounds(2, 2)],
    ['unequal', advance, UNEQUAL],
    ...NAMED,
  ])(
    'stores one state of each orbit of those without it: %s',
    async (_name, design, bounds) => {
      const { stored, states, orbits } = await auditSymmetry(design, bounds, ENDLESS);
      expect(stored).toBe(orbits);
      expect(stored).toBeLessThanOrEqual(states);
    },
    180_000,
  );

  it('does not swap what a child could not swap', () => {
    // The parent's two descriptors are interchangeable until it forks one who may use the first only.
    expect(count(UNEQUAL)).toBe(1);
    const { operations } = UNEQUAL;
    expect(count({ ...UNEQUAL, operations: operations.filter(({ op }) => op !== 'fork') })).toBe(2);
  });
});

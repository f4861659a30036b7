import { describe, expect, it } from 'vitest';
import { advance } from '#model/designs/advance';
import { demand_fault } from '#model/designs/demand-fault';
import { auditSymmetry } from '#properties/claims/symmetry';
import { alphabetOf } from '#properties/explorer/alphabet';
import type { Bounds } from '#properties/explorer/bounds';
import { NAMED_BOUNDS } from '#properties/explorer/named-bounds';
import { slotsOf } from '#properties/explorer/slots';
import { renamingsOf } from '#properties/explorer/symmetry';
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

/** Two descriptors in each of two processes, which a child has from its parent: orbits have states that no sequence leads to. */
const INHERITED: Bounds = {
  name: 'inherited',
  env: { gift: 2, rlimit: 2 },
  processes: 2,
  events: 2,
  records: 'unseen',
  operations: [
    { op: 'open', with: { fd: [0, 1] } },
    { op: 'close', with: { fd: [0, 1] } },
    { op: 'set_output', with: { fd: [0, 1], target: [-1, 0, 1] } },
    { op: 'mmap', with: { fd: [0, 1], page: [0], npages: [2], prot: [['read']] } },
    { op: 'munmap', with: { page: [0], npages: [2] } },
    { op: 'fork', with: { child: [0, 1] } },
    { op: 'exit' },
  ],
};

const count = (bounds: Bounds): number => renamingsOf(alphabetOf(bounds), bounds.processes).length;

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

describe('symmetry', () => {
  it('cannot be audited by a search that is cut short', async () => {
    await expect(auditSymmetry(advance, TINY, { ...ENDLESS, depth: 2 })).rejects.toThrow('the depth of 2');
  });

  const named = (names: readonly string[]) => NAMED_BOUNDS.filter(({ name }) => names.includes(name));
  it.each([
    ...[TINY, LONELY, USERS, INHERITED, ...named(AFFORDABLE)].map((bounds) => ({ design: advance, bounds })),
    ...[TINY, LONELY, ...named(['aux', 'aux-failures'])].map((bounds) => ({ design: demand_fault, bounds })),
  ])(
    'stores one state of each orbit of those without it: $design.id, $bounds.name',
    async ({ design, bounds }) => {
      const { stored, states, orbits } = await auditSymmetry(design, bounds, ENDLESS);
      expect(stored).toBe(orbits);
      expect(stored).toBeLessThan(states);
    },
    180_000,
  );
});

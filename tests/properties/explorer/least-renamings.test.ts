import { describe, expect, it } from 'vitest';
import { alphabetOf } from '#properties/explorer/alphabet';
import type { Bounds } from '#properties/explorer/bounds';
import { LeastRenamings } from '#properties/explorer/least-renamings';
import type { Renaming } from '#properties/explorer/renaming';
import { Signatures } from '#properties/explorer/signatures';
import { Symmetry } from '#properties/explorer/symmetry';
import { Held } from './form-kit.js';

/** Two descriptors and two places of two pages in each process. */
const operations: Bounds['operations'] = [
  { op: 'open', with: { fd: [0, 1] } },
  { op: 'mmap', with: { fd: [0, 1], page: [0, 4], npages: [2], prot: [['read']] } },
];

/**
 * Which renamings are to be tried after these operations: orders of processes and of users, and of each process which descriptor then stands
 * at 0 and 1, and which page at 0 and 4. All combinations of these are.
 */
function find(
  processes: number,
  lines: readonly string[],
  more: Bounds['operations'] = [],
): { procs: number; users: number; within: string[] } {
  const held = new Held([], { scope: { processes, pages: 8 } });
  const bounds: Bounds = {
    name: 'some',
    processes,
    records: 'unseen',
    operations: [...operations, ...more],
  };
  const symmetry = new Symmetry(alphabetOf(bounds), processes, true);
  const signatures = new Signatures(held.world, processes, 8);
  for (const line of lines) {
    held.step(line);
    signatures.take();
  }
  const numbers = new LeastRenamings(symmetry, signatures, [held.side]).find();
  expect(new Set(numbers).size).toBe(numbers.length);
  const made = numbers.map((number) => symmetry.at(number));
  const different = (textOf: (made: Renaming) => string): string[] => [...new Set(made.map(textOf))];
  const procs = different(({ procFrom }) => procFrom.join()).length;
  const users = different(({ userFrom }) => userFrom.join()).length;
  const within = different(({ fds, pages }) =>
    Array.from({ length: processes }, (_, p) => {
      const { from } = pages[p];
      return `${fds[p].from.subarray(0, 2).join('')}/${from[0]}${from[4]}`;
    }).join(' '),
  );
  expect(numbers.length).toBe(procs * users * within.length);
  return { procs, users, within };
}

const SWAPPED: Readonly<Record<string, string>> = { '01': '10', '10': '01', '04': '40', '40': '04' };

const PAIR = [
  'open fd=0',
  'open fd=1',
  'mmap fd=0 page=0 npages=2 prot=read',
  'mmap fd=1 page=4 npages=2 prot=read',
];

describe('the renamings to try', () => {
  it('are one where nothing is told from anything', () => {
    expect(find(1, [])).toEqual({ procs: 1, users: 1, within: ['01/04'] });
    expect(find(3, [])).toEqual({ procs: 6, users: 1, within: ['01/04 01/04 01/04'] });
  });

  it('are one where things are told apart: that which puts them in order', () => {
    const [first] = find(1, ['open fd=0', 'mmap fd=0 page=0 npages=2 prot=read']).within;
    const [fds, pages] = first.split('/');
    for (const fd of [0, 1])
      for (const page of [0, 4]) {
        const expected = [fd === 0 ? fds : SWAPPED[fds], page === 0 ? pages : SWAPPED[pages]];
        const { within } = find(1, [`open fd=${fd}`, `mmap fd=${fd} page=${page} npages=2 prot=read`]);
        expect(within).toEqual([expected.join('/')]);
      }
  });

  it('are both orders where two are alike, and not the same', () => {
    expect(find(1, ['open fd=0', 'open fd=1']).within).toEqual(['01/04', '10/04']);
    expect(find(1, ['open fd=0', 'dup fd=0 newfd=1']).within).toEqual(['01/04']);
    const twice = ['open fd=0', ...[0, 4].map((page) => `mmap fd=0 page=${page} npages=2 prot=read`)];
    expect(find(1, twice).within.length).toBe(1);
  });

  it('are all combinations of what there is within each process', () => {
    expect(find(1, PAIR).within).toEqual(['01/04', '01/40', '10/04', '10/40']);
    expect(find(2, [...PAIR.slice(0, 2), 'fork child=1'])).toEqual({
      procs: 2,
      users: 1,
      within: ['01/04 01/04', '01/04 10/04', '10/04 01/04', '10/04 10/04'],
    });
  });

  it('are not of what is within a process that is no more', () => {
    const lines = ['fork child=1', ...PAIR.map((line) => `1: ${line}`)];
    expect(find(2, lines).within).toEqual(['01/04 01/04', '01/04 01/40', '01/04 10/04', '01/04 10/40']);
    expect(find(2, [...lines, '1: exit']).within).toEqual(['01/04 01/04']);
    // One that had its descriptors in another order.
    for (const fd of [0, 1])
      expect(find(2, ['fork child=1', `1: open fd=${fd}`, '1: exit']).within).toEqual(['01/04 01/04']);
  });

  it('are every order of users, where operations name both', () => {
    expect(find(1, [], [{ op: 'setuid', with: { user: [0, 1] } }])).toEqual({
      procs: 1,
      users: 2,
      within: ['01/04'],
    });
  });
});

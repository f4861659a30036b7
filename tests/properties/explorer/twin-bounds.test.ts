import { describe, expect, it } from 'vitest';
import { alphabetOf, environmentOf } from '#properties/explorer/alphabet';
import { parseBounds } from '#properties/explorer/bounds';
import { slotsOf } from '#properties/explorer/slots';
import { Symmetry } from '#properties/explorer/symmetry';
import { twinBounds } from '#properties/explorer/twin-bounds';

const factorials = [1, 1, 2, 6, 24];

describe('the bounds of the sub-model that is also written for Spin', () => {
  it.each([
    [1, 1],
    [2, 2],
    [3, 2],
    [2, 3],
  ])(
    'have %i descriptors and %i places of two pages that can be swapped in each of two processes',
    (fds, places) => {
      const bounds = twinBounds(fds, places);
      expect(parseBounds(JSON.stringify(bounds), 'twin')).toEqual(bounds);
      expect(bounds.name).toBe(`twin ${fds} ${places}`);
      const ops = alphabetOf(bounds);
      expect(slotsOf(ops).map(({ length }) => length)).toEqual(new Array(places).fill(2));
      const swaps = factorials[fds] * factorials[places];
      expect(new Symmetry(ops, bounds.processes, true).size).toBe(2 * swaps ** 2);
    },
  );

  it('have a gift that all mappings together do not use up, and two events', () => {
    const bounds = twinBounds(4, 4);
    expect(environmentOf(bounds).gift).toBeGreaterThanOrEqual(2 * 4 * 2);
    expect([bounds.processes, bounds.events, bounds.records]).toEqual([2, 2, 'unseen']);
  });

  it('name each kind of operation that the other model has, with all that it can be done to', () => {
    const { operations } = twinBounds(2, 2);
    expect(operations.map(({ op }) => op)).toEqual([
      'open',
      'close',
      'set_output',
      'mmap',
      'munmap',
      'fork',
      'exit',
    ]);
    expect(operations.find(({ op }) => op === 'mmap')?.with?.['prot']).toEqual([['read']]);
    // By each process: open, close, both by descriptor; redirect each to each or none; map each at each place; unmap; fork; exit.
    expect(alphabetOf(twinBounds(2, 2)).length / 8).toBe(2 * (2 + 2 + 6 + 4 + 2 + 2 + 1));
  });
});

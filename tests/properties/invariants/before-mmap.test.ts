import { describe, expect, it } from 'vitest';
import { OP_WIDTH } from '#model/alphabet/bounds';
import { advance } from '#model/designs/advance';
import { BeforeMmap } from '#properties/invariants/before-mmap';
import { pack, Session } from '../../support/script.js';

const MMAP = 'mmap fd=0 page=4 npages=3 prot=read';

/** Whether what was before this operation is remembered, after a script. */
function remembers(script: string, operation = MMAP): boolean {
  const { w } = new Session(advance).run(`open fd=0\n${script}`);
  const before = new BeforeMmap(w);
  // Another operation stands before it, whose operands are not of it.
  const ops = new Int32Array(2 * OP_WIDTH).fill(-1);
  ops.set(pack(operation), OP_WIDTH);
  before.remember(w, ops, OP_WIDTH);
  return before.known;
}

describe('what was before an mmap', () => {
  it('is remembered for events alone, of processes that live', () => {
    expect(remembers('')).toBe(true);
    expect(remembers('', 'mmap page=4 npages=3 prot=read')).toBe(false);
    expect(remembers('', 'munmap page=4 npages=3')).toBe(false);
    expect(remembers('', `1: ${MMAP}`)).toBe(false);
    expect(remembers('fork child=1', `1: ${MMAP}`)).toBe(true);
  });

  it('is not where the range holds what is unmapped first: an event, or locked memory', () => {
    expect(remembers('mmap fd=0 page=4 npages=1 prot=read')).toBe(false);
    expect(remembers('mmap fd=0 page=6 npages=1 prot=read')).toBe(false);
    expect(remembers('mmap page=5 npages=1 prot=read flags=locked')).toBe(false);
    expect(remembers('mmap page=4 npages=3 prot=read')).toBe(true);
    expect(remembers('mmap page=4 npages=3 prot=read flags=private')).toBe(true);
    expect(remembers('mmap fd=0 page=3 npages=1 prot=read')).toBe(true);
    expect(remembers('mmap fd=0 page=7 npages=1 prot=read')).toBe(true);
    expect(remembers('mmap page=7 npages=1 prot=read flags=locked')).toBe(true);
  });

  it('is of the arena, however far the range would go', () => {
    expect(
      remembers('fork child=1\n1: mmap fd=0 page=0 npages=1 prot=read', 'mmap fd=0 page=30 npages=9'),
    ).toBe(true);
  });

  it('is forgotten at the next operation', () => {
    const session = new Session(advance).run('open fd=0');
    const before = new BeforeMmap(session.w);
    expect(before.known).toBe(false);
    before.remember(session.w, pack(MMAP), 0);
    session.run(MMAP);
    expect(before.known).toBe(true);
    const changed = before.columns.filter(({ now, was }) => now.some((value, i) => value !== was[i]));
    expect(changed.map(({ name }) => name)).toEqual([
      'life of buffer',
      'buffer of event',
      'file count of event',
      'mmap_count of event',
      'event_mapped balance of event',
      'refcount of buffer',
      'mmap_count of buffer',
      'perf_mlock of user',
      'state of page',
    ]);
    before.remember(session.w, pack('munmap page=4 npages=3'), 0);
    expect(before.known).toBe(false);
  });

  it('has a name for each', () => {
    const { columns } = new BeforeMmap(new Session(advance).w);
    expect(columns.map(({ name }) => name)).toEqual([
      'life of buffer',
      'buffer of event',
      'refcount of event',
      'file count of event',
      'mmap_count of event',
      'event_mapped balance of event',
      'refcount of buffer',
      'mmap_count of buffer',
      'aux_mmap_count of buffer',
      'aux_nr_pages of buffer',
      'perf_mlock of user',
      'pinned_vm of process',
      'locked_vm of process',
      'state of page',
    ]);
  });
});

import { describe, expect, it } from 'vitest';
import { advance } from '#model/designs/advance';
import { demand_fault } from '#model/designs/demand-fault';
import type { Design } from '#model/designs/design';
import { SOMETIMES } from '#properties/explorer/sometimes';
import { Session } from '../../support/script.js';

/** Ids of what the state at the end of these operations shows. */
function shown(lines: readonly string[], design: Design = advance, gift = 12): string[] {
  const { w } = new Session(design, { gift }).run(lines.join('\n'));
  return SOMETIMES.filter(({ holds }) => holds(w)).map(({ id }) => id);
}

const MAPPED = ['open fd=0', 'mmap fd=0 npages=2 prot=read+write'];
const SHARED = [...MAPPED, 'fork child=1', '1: mmap fd=0 npages=2 prot=read'];
const AUX = [
  'open fd=0 flags=aux',
  'mmap fd=0 npages=2 prot=read+write',
  'store word=aux_offset value=2',
  'store word=aux_size value=1',
  'mmap fd=0 page=4 npages=1 prot=read pgoff=2',
];

describe('what some state should show', () => {
  it('has an id and a text each', () => {
    for (const key of ['id', 'text'] as const) {
      const names = SOMETIMES.map((each) => each[key]);
      expect(new Set(names).size).toBe(SOMETIMES.length);
      for (const name of names) expect(name).toMatch(/^[a-zA-Z]/);
    }
  });

  it.each<[string, readonly string[], readonly string[]]>([
    ['nothing', [], []],
    ['anonymous memory', ['mmap fd=-1 npages=2 prot=read+write', 'store value=17'], []],
    ['private memory', ['mmap fd=-1 npages=2 prot=read+write flags=private', 'store value=17'], []],
    ['another memory than at the start', ['exec'], []],
    ['another process than at the start', ['fork child=1', 'exit'], []],
    ['an event', ['open fd=0'], []],
    ['a mapping', MAPPED, ['mapped']],
    ['a mapping that went', [...MAPPED, 'munmap npages=2'], []],
    [
      'two mappings',
      [...MAPPED, 'mmap fd=0 page=4 npages=2 prot=read'],
      ['mapped', 'two-vmas-of-one-buffer'],
    ],
    [
      'two mappings, one of which went',
      [...MAPPED, 'mmap fd=0 page=4 npages=2 prot=read', 'munmap npages=2'],
      ['mapped'],
    ],
    [
      'two mappings of two buffers',
      [...MAPPED, 'open fd=1', 'mmap fd=1 page=4 npages=2 prot=read'],
      ['mapped'],
    ],
    ['a child', [...MAPPED, 'fork child=1'], ['mapped']],
    ['a child that maps, too', SHARED, ['mapped', 'two-vmas-of-one-buffer', 'shared-by-processes']],
    [
      'an event that writes into the buffer of another',
      [...MAPPED, 'open fd=1 output=0'],
      ['mapped', 'redirected-event'],
    ],
    ['one that was closed', [...MAPPED, 'open fd=1 output=0', 'close fd=1'], ['mapped']],
    [
      'a mapping whose descriptor was closed',
      [...MAPPED, 'close fd=0'],
      ['mapped', 'mapped-without-descriptor'],
    ],
    [
      'a mapping of which one descriptor was closed',
      [...MAPPED, 'dup fd=0 newfd=1', 'close fd=0'],
      ['mapped'],
    ],
    [
      'a mapping of a process that is gone',
      [...SHARED, 'exit'],
      ['mapped', 'mapped-by-a-child-of-its-maker'],
    ],
    ['a mapping of a memory that is gone', [...SHARED, 'exec'], ['mapped', 'mapped-by-a-child-of-its-maker']],
    ['a word that was stored', [...MAPPED, 'store value=17'], ['mapped', 'written']],
    [
      'a word that was stored in another mapping',
      [...MAPPED, 'mmap fd=-1 page=4 npages=1 prot=write', 'store page=4 value=17'],
      ['mapped'],
    ],
    ['an AUX mapping', AUX, ['mapped', 'two-vmas-of-one-buffer']],
    ['an AUX mapping without the data', [...AUX, 'munmap npages=2'], ['mapped', 'aux-outlives-data']],
  ])('is found at %s', (_, lines, ids) => {
    expect(shown(lines)).toEqual(ids);
  });

  it('is found where the gift is used up', () => {
    expect(shown(MAPPED, advance, 1)).toEqual(['mapped', 'pinned']);
    expect(shown([...MAPPED, 'munmap npages=2'], advance, 1)).toEqual([]);
  });

  it('is not found at a buffer that is there but is not mapped', () => {
    const { w } = new Session(advance);
    w.rb.used[0] = 1;
    expect(SOMETIMES.filter(({ holds }) => holds(w))).toEqual([]);
  });

  it('is found whatever way pages come in', () => {
    expect(shown(MAPPED, demand_fault)).toEqual(['mapped']);
    expect(shown([...MAPPED, 'store value=17'], demand_fault)).toEqual(['mapped', 'written']);
    expect(shown([...MAPPED, 'store value=17', 'madvise npages=2 advice=DONTNEED'], demand_fault)).toEqual([
      'mapped',
    ]);
  });
});

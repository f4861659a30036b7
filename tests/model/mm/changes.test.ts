// `World.changes` counts what has happened to mappings: it goes up with each, whatever the operation answers.

import { beforeEach, describe, expect, test } from 'vitest';
import { advance } from '#model/designs/advance';
import { demand_fault } from '#model/designs/demand-fault';
import type { World } from '#model/kernel/world';
import { zap_page_range } from '#model/mm/pgtable';
import { may_split, vm_area_dup, vma_init, vma_link, vma_unlink } from '#model/mm/vma';
import { run } from '../../support/script.js';

describe('a change is counted', () => {
  let w: World;
  beforeEach(() => {
    ({ w } = run(demand_fault, 'open fd=0\n mmap fd=0 npages=2 prot=read\n load'));
    w.changes = 0;
  });

  test.each<[string, (world: World) => void]>([
    ['vma_init', (world) => vma_init(world, 8, 9, 0, 0, 0)],
    ['vma_link', (world) => vma_link(world, 0)],
    ['vma_unlink', (world) => vma_unlink(world, 0)],
    ['vm_area_dup', (world) => vm_area_dup(world, 0, 8, 2, 0)],
    ['may_split', (world) => void may_split(world, 0, 1)],
    ['zap_page_range', (world) => zap_page_range(world, 0, 2)],
  ])('%s', (_name, change) => {
    change(w);
    expect(w.changes).toBe(1);
  });
});

test.each(['madvise npages=2 advice=RANDOM', 'mprotect npages=2', 'mlock npages=2'])(
  'and so are new flags: %s',
  (operation) => {
    const s = run(advance, 'mmap npages=2 prot=read flags=private');
    const before = s.w.changes;
    s.step(operation);
    expect(s.w.changes).toBe(before + 1);
  },
);

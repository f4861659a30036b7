import { describe, expect, test } from 'vitest';
import { advance } from '#model/designs/advance';
import { demand_fault } from '#model/designs/demand-fault';
import { VM_MIXEDMAP } from '#model/mm/flags';
import { rowChanges, stateRows } from '#model/state-rows';
import { run, type Session } from '../support/script.js';

const rows = (s: Session) => stateRows(s.w);

describe('the state as rows', () => {
  test('of an empty arena', () => {
    expect([...rows(run(advance, ''))]).toEqual([
      ['task 0', { user: 0, RLIMIT_MEMLOCK: 6, pinned_vm: 0, locked_vm: 0 }],
      ['user 0', { perf_mlock: 0 }],
      ['user 1', { perf_mlock: 0 }],
    ]);
  });

  test('names mappings, entries, frames, buffers, events and descriptors', () => {
    const state = rows(
      run(
        advance,
        `
        open fd=1
        mmap fd=1 page=2 npages=2 prot=read+write
        store page=2 value=17
        mmap page=5 npages=3 prot=read+write flags=private
        mmap page=9 npages=1
        `,
      ),
    );
    expect(state.get('fd 0.1')).toEqual({ event: 0 });
    expect(state.get('vma 0.2')).toEqual({
      pages: 2,
      permissions: 'rw-s',
      flags: 'VM_DONTCOPY VM_DONTEXPAND VM_DONTDUMP VM_IO VM_PFNMAP',
      maps: 'event',
      event: 0,
      pgoff: 0,
    });
    expect(state.get('vma 0.5')).toMatchObject({ pages: 3, permissions: 'rw-p', maps: 'anonymous memory' });
    expect(state.get('vma 0.9')).toMatchObject({ permissions: '---s', maps: 'shared anonymous memory' });
    expect(state.get('pte 0.2')).toEqual({ page: 0, access: 'rw-', special: 'yes', dirty: 'yes' });
    expect(state.get('pte 0.3')).toEqual({ page: 1, access: 'r--', special: 'yes', dirty: 'no' });
    expect(state.get('page 1')).toMatchObject({ state: 'allocated', owner: 'rb 0', pgoff: 1, refcount: 1 });
    expect(state.get('rb 0')).toMatchObject({ mmap_count: 1, refcount: 1, nr_pages: 1 });
    expect(state.get('event 0')).toMatchObject({ rb: 'rb 0', mmap_count: 1 });
    expect(state.get('user 0')).toEqual({ perf_mlock: 2 });
  });

  test('tells entries with a struct page, without access and for instructions', () => {
    const executable = { ...demand_fault, core: { ...demand_fault.core, anon_inodes_noexec: false } };
    const s = run(
      executable,
      `
      open fd=0
      mmap fd=0 page=2 npages=1 prot=read+exec
      load page=2
      open fd=1
      `,
    );
    expect(rows(s).get('pte 0.2')).toMatchObject({ access: 'r-x', special: 'no' });
    expect(rows(s).get('vma 0.2')).toMatchObject({ permissions: 'r-xs' });
    expect(rows(s).get('event 1')).toMatchObject({ rb: 'none' });
    s.run('mprotect page=2 npages=1');
    expect(rows(s).get('pte 0.2')).toMatchObject({ access: '---' });
  });

  test('shows a frame that is free and still mapped, and one that nobody owns', () => {
    const s = run(advance, 'open fd=0\nmmap fd=0 page=2 npages=2 prot=read');
    s.w.page.state[1] = 0;
    s.w.page.owner[0] = 0;
    expect(rows(s).get('page 1')).toMatchObject({ state: 'FREE' });
    expect(rows(s).get('page 0')).toMatchObject({ owner: 'nobody' });
  });
});

describe('the rows of a process', () => {
  const named = (s: Session, pattern: RegExp) => [...rows(s).keys()].filter((name) => pattern.test(name));

  test('are its own', () => {
    const s = run(
      advance,
      `
      open fd=0
      fork child=1
      1: dup fd=0 newfd=3
      1: mmap fd=0 page=0 npages=1 prot=read
      `,
    );
    expect(named(s, /^fd /)).toEqual(['fd 0.0', 'fd 1.0', 'fd 1.3']);
    expect(named(s, /^(vma|pte) /)).toEqual(['vma 1.0', 'pte 1.0']);
  });

  test('name pages of a buffer that are in no page table yet', () => {
    const s = run(demand_fault, 'open fd=0\nmmap fd=0 page=2 npages=2 prot=read');
    expect(named(s, /^(pte|page) /)).toEqual(['page 0', 'page 1']);
  });

  test('name what core mm knows of a mapping', () => {
    const s = run(advance, 'mmap page=2 npages=1 prot=read flags=private\nmlock page=2 npages=1');
    expect(rows(s).get('vma 0.2')).toMatchObject({ flags: 'VM_LOCKED' });
    s.w.vma.vm_flags[2] |= VM_MIXEDMAP;
    expect(rows(s).get('vma 0.2')).toMatchObject({ flags: 'VM_LOCKED VM_MIXEDMAP' });
  });
});

describe('what lies between two states', () => {
  test('is what is new, other and gone', () => {
    const s = run(advance, 'open fd=0');
    const before = rows(s);
    expect(rowChanges(before, rows(s))).toEqual({ set: {}, gone: [] });
    s.run('mmap fd=0 page=2 npages=1 prot=read');
    const mapped = rows(s);
    const changes = rowChanges(before, mapped);
    expect(Object.keys(changes.set).sort()).toEqual([
      'event 0',
      'page 0',
      'pte 0.2',
      'rb 0',
      'user 0',
      'vma 0.2',
    ]);
    expect(changes.gone).toEqual([]);
    s.run('munmap page=2 npages=1');
    expect([...rowChanges(mapped, rows(s)).gone].sort()).toEqual(['page 0', 'pte 0.2', 'rb 0', 'vma 0.2']);
  });

  test('is a row of which anything is other', () => {
    const s = run(advance, 'mmap page=2 npages=1 prot=read+write flags=private');
    const before = rows(s);
    s.run('mprotect page=2 npages=1 prot=read');
    expect(Object.keys(rowChanges(before, rows(s)).set)).toEqual(['vma 0.2']);
  });
});

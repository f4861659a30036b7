// What each design says of itself, and the kernel that each runs in, by what can be seen of it.

import { describe, expect, test } from 'vitest';
import { DESIGNS, type Design } from '#model/designs/index';
import { remap_pfn_range } from '#model/mm/pgtable';
import { watchColumn } from '../../support/column-watch.js';
import { run } from '../../support/script.js';

const AUX = `
  open fd=0 flags=aux
  mmap fd=0 page=0 npages=2 prot=read+write
  store word=aux_offset value=2
  store word=aux_size value=2
`;
/** Whether the kernel of a design is at least this one. */
const since = (major: number, minor: number, design: Design): boolean => {
  const [itsMajor, itsMinor] = design.core.release.split('.').map(Number);
  return itsMajor > major || (itsMajor === major && itsMinor >= minor);
};

test('each has an id and a title of its own', () => {
  for (const key of ['id', 'title'] as const) {
    const names = DESIGNS.map((design) => design[key]);
    expect(new Set(names).size).toBe(DESIGNS.length);
    expect(names).not.toContain('');
  }
});

test('those of kernels are named after them, the others are intended and run in the latest', () => {
  expect(DESIGNS.map(({ id, kind, core }) => [id, kind, core.release])).toEqual([
    ['advance', 'intended', '7.3'],
    ['demand-fault', 'intended', '7.3'],
    ['v6.12', 'transcribed', '6.12'],
    ['v6.14', 'transcribed', '6.14'],
    ['v6.18', 'transcribed', '6.18'],
    ['v7.3', 'transcribed', '7.3'],
  ]);
});

describe.each(DESIGNS)('$id', (design) => {
  test('maps pages in advance, or faults them in and uses their struct page, as it says', () => {
    const s = run(design, 'open fd=0\n mmap fd=0 npages=2 prot=read');
    const inAdvance = design.mechanism === 'advance';
    expect(s.w.pte.pfn[0] !== 0).toBe(inAdvance);
    s.run('load -> ok\n load page=1 -> ok');
    expect(s.w.sys.page_field_writes[0] !== 0).toBe(design.page_fields === 'used');
    expect(design.page_fields).toBe(inAdvance ? 'untouched' : 'used');
    expect(design.mechanism).toMatch(/^(advance|demand-fault)$/);
  });

  test('may be cut or not', () => {
    const cut = design.vm_ops.may_split === undefined ? 'ok' : 'EINVAL';
    run(design, `open fd=0\n mmap fd=0 npages=3 prot=read\n munmap page=1 npages=1 -> ${cut}`);
    expect(design.vm_ops.may_split === undefined).toBe(design.id === 'v6.14');
  });

  test('a buffer goes round unless its first mapping may write', () => {
    const { overwrite } = run(
      design,
      `
      open fd=0
      open fd=1
      mmap fd=0 page=0 npages=2 prot=read
      mmap fd=1 page=4 npages=2 prot=read+write
      `,
    ).w.rb;
    expect([...overwrite.slice(0, 2)]).toEqual([1, 0]);
  });

  test('charges the caller, with the part beyond the gift pinned', () => {
    const s = run(
      design,
      `gift pages=3\n ${AUX}\n setuid user=1\n mmap fd=0 page=4 npages=2 prot=read pgoff=2`,
    );
    const { mmap_user, mmap_locked, aux_mmap_locked } = s.w.rb;
    expect([mmap_user[0], mmap_locked[0], aux_mmap_locked[0]]).toEqual([0, 0, 0]);
    expect([...s.w.user.perf_mlock]).toEqual([2, 2]);
    s.run('open fd=1\n mmap fd=1 page=8 npages=5 prot=read\n status -> ok: pin 4, lck 0');
    expect([mmap_user[1], mmap_locked[1]]).toEqual([1, 4]);
  });

  test('SET_OUTPUT holds both events', () => {
    const s = run(design, 'open fd=0\n open fd=1\n mmap fd=0 npages=2 prot=read');
    const { mmap_mutex } = s.w.event;
    const held: (readonly number[])[] = [];
    watchColumn(s.w, 'event', 'rb', () => held.push([...mmap_mutex.slice(0, 2)]));
    s.run('set_output fd=1 target=0');
    expect(held).toEqual([[1, 1]]);
  });

  test('makes, counts and frees an AUX area with the mutexes of event and buffer held', () => {
    const s = run(design, AUX);
    const { mmap_mutex } = s.w.event;
    const { aux_mutex } = s.w.rb;
    const made: (readonly number[])[] = [];
    const freed: number[] = [];
    watchColumn(s.w, 'rb', 'aux_nr_pages', (_row, pages) => {
      if (pages === 0 && made.length > 2) freed.push(aux_mutex[0]);
      else made.push([mmap_mutex[0], aux_mutex[0]]);
    });
    s.run('mmap fd=0 page=4 npages=2 prot=read pgoff=2');
    expect(made).toEqual([
      [1, 1],
      [1, 1],
      [1, 1],
    ]);
    s.run('munmap page=4 npages=2');
    expect(freed).toEqual([1]);
    expect([mmap_mutex[0], aux_mutex[0]]).toEqual([0, 0]);
  });

  test('makes and charges a buffer with the mutex of the event held', () => {
    const s = run(design, 'open fd=0');
    const { mmap_mutex } = s.w.event;
    const held: number[] = [];
    for (const name of ['used', 'mmap_count'] as const)
      watchColumn(s.w, 'rb', name, (_row, value) => {
        if (value !== 0) held.push(mmap_mutex[0]);
      });
    watchColumn(s.w, 'user', 'perf_mlock', () => held.push(mmap_mutex[0]));
    s.run('mmap fd=0 npages=2 prot=read\n mmap fd=0 page=4 npages=2 prot=read');
    expect(new Set(held)).toEqual(new Set([1]));
    expect(mmap_mutex[0]).toBe(0);
  });

  test('tells the PMU of the memory that a mapping was in, when exec replaces it', () => {
    const { rdpmc_allowed, rdpmc_left } = run(design, 'open fd=0\n mmap fd=0 npages=2 prot=read\n exec').w
      .task;
    expect([rdpmc_allowed[0], rdpmc_left[0]]).toEqual([0, 0]);
  });

  test('refuses executable mappings of events since v6.18', () => {
    const answer = since(6, 18, design) ? 'EPERM' : 'ok';
    run(design, `open fd=0\n mmap fd=0 npages=2 prot=read+exec -> ${answer}`);
  });

  test('knows guard regions since v6.13', () => {
    const answer = since(6, 13, design) ? 'ok' : 'EINVAL';
    run(
      design,
      `mmap npages=2 prot=read+write flags=private\n madvise npages=1 advice=GUARD_REMOVE -> ${answer}`,
    );
  });

  test('mremap looks before it unmaps since v6.17', () => {
    const [answer, maps] = since(6, 17, design) ? ['EINVAL', '0-1 anon r--p'] : ['EFAULT', '1 anon r--p'];
    run(
      design,
      `
      mmap npages=2 prot=read flags=private
      mremap page=0 npages=0 new_npages=1 mode=fixed new_page=0 -> ${answer}
      maps -> ok: ${maps}
      `,
    );
  });

  test('a remap_pfn_range that fails leaves no entry', () => {
    const { w } = run(design, 'open fd=0\n mmap fd=0 npages=3 prot=read');
    w.pte.pfn.fill(0);
    w.sys.inject_site[0] = 2;
    w.sys.inject_left[0] = 2;
    expect(remap_pfn_range(w, 0, 0, 0, 0, 3)).toBe(-12);
    expect([...w.pte.pfn.slice(0, 3)]).toEqual([0, 0, 0]);
  });

  test('mmap cannot fail after the event has been mapped', () => {
    // The buffer, the control page and the data page.
    run(design, 'open fd=0\n inject nth=3\n mmap fd=0 npages=2 prot=read -> ok');
    run(design, 'open fd=0\n inject nth=2\n mmap fd=0 npages=2 prot=read -> ENOMEM');
  });
});

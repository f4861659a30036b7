// The designs that are transcribed from kernels: what is theirs alone, right or wrong.

import { describe, expect, test } from 'vitest';
import { map_range } from '#model/designs/hooks/map-range';
import { DESIGNS } from '#model/designs/index';
import { v6_12 } from '#model/designs/v6.12';
import { v6_14 } from '#model/designs/v6.14';
import { v6_18 } from '#model/designs/v6.18';
import { v7_3 } from '#model/designs/v7.3';
import { REFCOUNT_SATURATED } from '#model/kernel/refcount';
import { leftOver, warning } from '../../support/nothing-left.js';
import { run } from '../../support/script.js';

const AUX = `
  open fd=0 flags=aux
  mmap fd=0 page=0 npages=3 prot=read+write
  store word=aux_offset value=3
  store word=aux_size value=2
`;
const REDIRECTED = 'open fd=0\n open fd=1\n mmap fd=0 page=0 npages=2 prot=read\n set_output fd=1 target=0';

test('every design has an id of its own', () => {
  expect(new Set(DESIGNS.map((design) => design.id)).size).toBe(DESIGNS.length);
});

describe('v6.12', () => {
  test('checks in the order of perf_mmap', () => {
    run(
      v6_12,
      `
      open fd=0 flags=inherit
      open fd=1
      mmap fd=0 npages=3 prot=read                -> EINVAL
      mmap fd=1 npages=3 prot=read flags=private  -> EINVAL
      mmap fd=1 npages=4 prot=read                -> EINVAL
      mmap fd=1 npages=2 prot=read pgoff=3        -> EINVAL
      inject nth=3
      mmap fd=1 npages=3 prot=read                -> ENOMEM
      mmap fd=1 npages=3 prot=read                -> ok
      mmap fd=1 page=4 npages=5 prot=read         -> EINVAL
      mmap fd=1 page=4 npages=3 prot=read         -> ok
      open fd=2
      gift pages=0
      rlimit pages=2
      mmap fd=2 page=8 npages=3 prot=read         -> EPERM
      `,
    );
  });

  test('a redirected event may map the buffer: one control page for two events', () => {
    const s = run(v6_12, `${REDIRECTED}\n mmap fd=1 page=4 npages=2 prot=read -> ok`);
    expect([...s.w.event.mmap_count.slice(0, 2)]).toEqual([1, 1]);
    s.run('munmap page=0 npages=2\n load page=4 -> ok\n munmap page=4 npages=2\n exit');
    expect(leftOver(s.w)).toEqual({});
  });

  test('AUX: EPERM, EOPNOTSUPP and ENOMEM undo the count of the buffer', () => {
    const s = run(
      v6_12,
      `
      ${AUX}
      open fd=1
      set_output fd=1 target=0
      mmap fd=1 page=4 npages=2 prot=read pgoff=3  -> EOPNOTSUPP
      inject nth=1
      mmap fd=0 page=4 npages=2 prot=read pgoff=3  -> ENOMEM
      gift pages=0
      rlimit pages=1
      mmap fd=0 page=4 npages=2 prot=read pgoff=3  -> EPERM
      mmap fd=0 page=4 npages=2 prot=read pgoff=4  -> EINVAL
      `,
    );
    expect([s.w.rb.mmap_count[0], s.w.event.mmap_count[0]]).toEqual([1, 1]);
    s.run(`
      rlimit pages=2
      mmap fd=0 page=4 npages=2 prot=read pgoff=3  -> ok
      mmap fd=0 page=8 npages=2 prot=read pgoff=3  -> ok
      load page=9                                  -> ok
    `);
    expect([s.w.rb.mmap_count[0], s.w.rb.aux_mmap_count[0], s.w.event.mmap_count[0]]).toEqual([3, 2, 3]);
    s.run('munmap page=0 npages=10\n exit');
    expect(leftOver(s.w)).toEqual({});
  });

  test('the AUX area is refunded to whom made the buffer, whoever was charged', () => {
    const s = run(v6_12, `${AUX}\n setuid user=1\n mmap fd=0 page=4 npages=2 prot=read pgoff=3\n exit`);
    expect([...s.w.user.perf_mlock]).toEqual([-2, 2]);
  });

  test('the pinned part is refunded to the memory that unmaps last', () => {
    run(
      v6_12,
      `
      gift pages=0
      open fd=0
      fork child=1
      mmap fd=0 npages=3 prot=read
      1: mmap fd=0 npages=3 prot=read
      munmap npages=3
      1: munmap npages=3
      status    -> ok: pin 3, lck 0
      1: status -> ok: pin -3, lck 0
      `,
    );
  });

  test('a buffer whose last mapping is going is left, and another made', () => {
    const s = run(v6_12, 'open fd=0\n mmap fd=0 page=0 npages=2 prot=read');
    s.w.rb.mmap_count[0] = 0;
    s.run('mmap fd=0 page=4 npages=2 prot=read -> ok');
    expect(s.w.rb.nr_pages[s.w.event.rb[0] - 1]).toBe(1);
    const aux = run(v6_12, AUX);
    aux.w.rb.mmap_count[0] = 0;
    expect(aux.step('mmap fd=0 page=4 npages=2 prot=read pgoff=3')).toBe('EINVAL');
  });

  test('a fault after the buffer has gone is a SIGBUS, as is one beyond it', () => {
    const s = run(v6_12, 'open fd=0\n mmap fd=0 npages=2 prot=read+write');
    s.w.vma.vm_pgoff[0] = 5;
    s.run('load -> SIGBUS\n fetch -> SIGBUS');
    s.w.event.rb[0] = 0;
    s.run('load -> SIGBUS');
  });
});

describe('v6.14, as merged', () => {
  const MAPPED = (script: string): number => run(v6_14, script).w.event.mapped[0];

  test('what is refused early does not reach event_mapped', () => {
    expect(MAPPED('open fd=0\n mmap fd=0 npages=4 prot=read -> EINVAL')).toBe(0);
    expect(MAPPED('open fd=0\n mmap fd=0 npages=2 prot=read flags=private -> EINVAL')).toBe(0);
    expect(MAPPED('open fd=0 flags=inherit\n mmap fd=0 npages=2 prot=read -> EINVAL')).toBe(0);
    expect(MAPPED('open fd=0\n mmap fd=0 npages=2 prot=read pgoff=2 -> EINVAL')).toBe(0);
  });

  test('what is refused under the mutex does (CVE-2025-38565)', () => {
    expect(MAPPED('open fd=0\n inject\n mmap fd=0 npages=2 prot=read -> ENOMEM')).toBe(1);
    expect(MAPPED('open fd=0\n gift pages=0\n mmap fd=0 npages=9 prot=read -> EPERM')).toBe(1);
    expect(MAPPED('open fd=0\n mmap fd=0 npages=2\n mmap fd=0 page=4 npages=3 -> EINVAL')).toBe(2);
    expect(MAPPED(`${AUX}\n mmap fd=0 page=4 npages=4 pgoff=3 -> EINVAL`)).toBe(2);
  });

  test('a failure to map keeps counts and charge (CVE-2025-38564)', () => {
    const s = run(v6_14, 'open fd=0\n inject site=pgtable nth=1\n mmap fd=0 npages=3 prot=read -> ENOMEM');
    expect(s.w.pte.pfn.some((pfn) => pfn !== 0)).toBe(false);
    s.run('set_output fd=0 -> EINVAL\n headroom -> ok 15\n exit');
    expect(leftOver(s.w)).toEqual({ 'user.perf_mlock': [0] });
  });

  test('a cut mapping counts as AUX and is never counted down (CVE-2025-38563)', () => {
    const s = run(v6_14, `${AUX}\n munmap page=0 npages=1\n exit`);
    expect(s.w.rb.aux_mmap_count[0]).toBe(1);
    const first = run(
      v6_14,
      `${AUX}\n mmap fd=0 page=8 npages=2 prot=read pgoff=3\n munmap page=0 npages=1\n exit`,
    );
    expect(leftOver(first.w)['page.state']).toHaveLength(2);
  });
});

describe.each([v6_18, v7_3])('$id', (design) => {
  test('a redirected event may not map the buffer, but one that has mapped it may again', () => {
    run(
      design,
      `
      ${REDIRECTED}
      mmap fd=1 page=4 npages=3 prot=read -> EINVAL
      mmap fd=1 page=4 npages=2 prot=read -> EBUSY
      mmap fd=0 page=4 npages=2 prot=read -> ok
      `,
    );
  });

  test('a further mapping is charged, and nobody refunds it', () => {
    const s = run(
      design,
      `
      ${AUX}
      mmap fd=0 page=4 npages=3 prot=read
      mmap fd=0 page=8 npages=2 prot=read pgoff=3
      mmap fd=0 page=12 npages=2 prot=read pgoff=3
      headroom -> ok 8
      munmap page=0 npages=7
      munmap page=8 npages=6
      headroom -> ok 13
      exit
      `,
    );
    expect([...s.w.user.perf_mlock]).toEqual([5, 0]);
  });

  test('a failure to map is undone', () => {
    for (const nth of [0, 1, 2]) {
      const s = run(
        design,
        `open fd=0\n inject site=pgtable nth=${nth}\n mmap fd=0 npages=3 prot=read -> ENOMEM`,
      );
      expect([s.w.event.mmap_count[0], s.w.event.mapped[0], s.w.event.rb[0]]).toEqual([0, 0, 0]);
      s.run('headroom -> ok 18\n mmap fd=0 npages=3 prot=read\n exit');
      expect(leftOver(s.w)).toEqual({});
    }
  });

  test('a failure to map a further mapping takes back its counts', () => {
    const s = run(
      design,
      `
      ${AUX}
      inject site=pgtable nth=1
      mmap fd=0 page=4 npages=3 prot=read          -> ENOMEM
      inject site=pgtable nth=1
      mmap fd=0 page=4 npages=2 prot=read pgoff=3  -> ENOMEM
      `,
    );
    expect([s.w.event.mmap_count[0], s.w.rb.mmap_count[0], s.w.rb.aux_mmap_count[0]]).toEqual([1, 1, 0]);
    expect(s.w.rb.aux_nr_pages[0]).toBe(0);
  });

  test('an AUX mapping that is the first of a redirected event saturates its count: the charge is never given back', () => {
    const s = run(
      design,
      `
      ${AUX}
      open fd=1 flags=aux
      set_output fd=1 target=0
      mmap fd=1 page=4 npages=2 prot=read pgoff=3 -> ok
      `,
    );
    expect(warning(s.w)).toContain('addition on 0');
    expect(s.w.event.mmap_count[1]).toBe(REFCOUNT_SATURATED);
    s.run(`
      munmap page=0 npages=3
      munmap page=4 npages=2
      set_output fd=1                     -> EINVAL
      headroom                            -> ok 15
      open fd=2 flags=aux output=1        -> EINVAL
      mmap fd=1 page=0 npages=3 prot=read -> ok
      set_output fd=1                     -> EINVAL
      munmap page=0 npages=3
      set_output fd=1                     -> ok
      exit
    `);
    expect(leftOver(s.w)).toEqual({ 'user.perf_mlock': [0] });
  });

  test('an AUX mapping of a buffer whose last mapping is going is refused', () => {
    const s = run(design, AUX);
    s.w.rb.mmap_count[0] = 0;
    expect(s.step('mmap fd=0 page=4 npages=2 prot=read pgoff=3')).toBe('EINVAL');
  });
});

test('a page that the buffer does not have is EINVAL, and what was mapped before it is zapped', () => {
  const s = run(v6_14, 'open fd=0\n mmap fd=0 npages=3 prot=read');
  s.w.pte.pfn.fill(0);
  s.w.vma.vm_pgoff[0] = 1;
  expect(map_range(s.w, 0, 0)).toBe(-22);
  expect([...s.w.pte.pfn.slice(0, 3)]).toEqual([0, 0, 0]);
});

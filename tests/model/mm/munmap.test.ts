import { describe, expect, test } from 'vitest';
import { advance } from '#model/designs/advance';
import { demand_fault } from '#model/designs/demand-fault';
import { v6_14 } from '#model/designs/v6.14';
import { vma_wants_writenotify } from '#model/mm/vma';
import { run } from '../../support/script.js';

describe('munmap', () => {
  test('of nothing is ok, of no length is EINVAL', () => {
    run(advance, 'munmap npages=4 -> ok\n munmap npages=0 -> EINVAL');
  });

  test('takes out VMAs, parts of VMAs and holes', () => {
    run(
      advance,
      `
      mmap page=0 npages=3 prot=read flags=private
      mmap page=5 npages=3 prot=read+write
      munmap page=2 npages=4
      maps -> ok: 0-1 anon r--p; 6-7 anon rw-s
      `,
    );
  });

  test('refuses to cut a perf mapping at either end, and then leaves the neighbours alone', () => {
    for (const design of [advance, demand_fault]) {
      run(
        design,
        `
        open fd=0
        mmap page=0 npages=2 prot=read flags=private
        mmap fd=0 page=2 npages=3
        mmap page=5 npages=2 prot=read flags=private
        munmap page=1 npages=2 -> EINVAL
        munmap page=4 npages=2 -> EINVAL
        munmap page=3 npages=1 -> EINVAL
        load page=0            -> ok
        load page=6            -> ok
        munmap page=1 npages=5 -> ok
        load page=0            -> ok
        load page=1            -> SEGV_MAPERR
        `,
      );
    }
  });

  test('a cut that was made at the lower end is not undone when the upper end refuses', () => {
    const s = run(
      advance,
      `
      open fd=0
      mmap page=0 npages=4 prot=read flags=private
      mmap fd=0 page=4 npages=3 prot=read
      munmap page=2 npages=4 -> EINVAL
      load page=3            -> ok
      `,
    );
    expect(s.w.vma.end[0]).toBe(2);
    expect(s.w.vma.end[2]).toBe(4);
  });

  test('counts locked pages down', () => {
    run(advance, 'mmap npages=4 flags=private+locked\n munmap page=1 npages=2\n status -> ok: pin 0, lck 2');
  });

  test('the last mapping of a shared memory object takes it away', () => {
    const s = run(advance, 'mmap npages=4 prot=read+write\n munmap page=1 npages=2');
    expect(s.w.shmem.vmas[0]).toBe(2);
    s.run('munmap npages=4');
    expect(s.w.shmem.vmas[0]).toBe(0);
  });

  test('the last mapping of a closed event releases the event', () => {
    const s = run(advance, 'open fd=0\n mmap fd=0 npages=2 prot=read\n close fd=0');
    expect(s.w.event.used[0]).toBe(1);
    s.run('munmap npages=2');
    expect(s.w.event.used[0]).toBe(0);
  });
});

describe('__split_vma', () => {
  test('cut at the lower end, the half below is the new VMA: its open is the one of the data area', () => {
    const s = run(v6_14, 'open fd=0\n mmap fd=0 npages=5 prot=read\n munmap page=3 npages=2');
    expect(s.w.rb.aux_mmap_count[0]).toBe(0);
    expect(s.w.rb.mmap_count[0]).toBe(1);
  });

  test('cut at the upper end, it is the half above: v6.14 takes it for an AUX mapping', () => {
    const s = run(v6_14, 'open fd=0\n mmap fd=0 npages=5 prot=read\n munmap page=0 npages=2');
    expect(s.w.rb.aux_mmap_count[0]).toBe(1);
    expect(s.w.rb.mmap_count[0]).toBe(1);
    expect(s.step('maps')).toBe('ok: 2-4 perf r--s dc de dd io pf pgoff 2 rss 0');
  });

  test('around a part that changes, both neighbours are the new ones', () => {
    const script = 'open fd=0\n mmap fd=0 npages=5 prot=read\n mprotect npages=2';
    expect(run(v6_14, `${script} page=3`).w.rb.aux_mmap_count[0]).toBe(0);
    expect(run(v6_14, `${script} page=0`).w.rb.aux_mmap_count[0]).toBe(1);
  });

  test('anonymous memory wants no write-notify', () => {
    const { w } = run(advance, 'mmap npages=1 prot=read+write');
    expect(vma_wants_writenotify(w, 0)).toBe(false);
  });
});

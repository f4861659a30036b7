import { describe, expect, test } from 'vitest';
import { INJECT_ALLOC, INJECT_PGTABLE } from '#model/alphabet/operands';
import { advance } from '#model/designs/advance';
import { demand_fault } from '#model/designs/demand-fault';
import type { Design } from '#model/designs/index';
import { leftOver, warning } from '../../support/nothing-left.js';
import { run, Session } from '../../support/script.js';

const INTENDED: readonly Design[] = [advance, demand_fault];

/** Lives of buffers, each ending with all processes gone. */
const LIVES: Readonly<Record<string, string>> = {
  'two mappings of a buffer, beyond the gift': `
    open fd=0
    mmap fd=0 page=0 npages=9 prot=read+write
    open fd=1
    mmap fd=1 page=9 npages=5 prot=read
    mmap fd=1 page=16 npages=5 prot=read
    load page=17
    munmap page=9 npages=5
    exit
  `,
  'an AUX area, mapped twice and again by an event that is redirected': `
    open fd=0 flags=aux
    open fd=1 flags=aux
    mmap fd=0 page=0 npages=3 prot=read+write
    store word=aux_offset value=4
    store word=aux_size value=4
    set_output fd=1 target=0
    mmap fd=0 page=4 npages=4 prot=read pgoff=4
    mmap fd=0 page=8 npages=4 prot=read+write pgoff=4
    mmap fd=1 page=12 npages=4 prot=read pgoff=4
    load page=13
    munmap page=0 npages=8
    munmap page=8 npages=8
    mmap fd=1 page=0 npages=3 prot=read
    exit
  `,
  'an AUX area charged to one user and unmapped by another': `
    open fd=0 flags=aux
    mmap fd=0 page=0 npages=2 prot=read+write
    store word=aux_offset value=2
    store word=aux_size value=8
    setuid user=1
    gift pages=3
    mmap fd=0 page=4 npages=8 prot=read pgoff=2
    fork child=1
    exit
    1: mmap fd=0 page=4 npages=5 prot=read
    1: exit
  `,
  'a buffer that outlives the memory that was charged': `
    gift pages=2
    open fd=0
    fork child=1
    1: mmap fd=0 page=0 npages=5 prot=read
    mmap fd=0 page=8 npages=5 prot=read
    1: exec
    1: mmap fd=0 page=0 npages=5 prot=read
    munmap page=8 npages=5
    exit
    1: exit
  `,
  'a mapping over a mapping': `
    open fd=0
    open fd=1
    mmap fd=0 page=0 npages=3 prot=read
    mmap fd=1 page=0 npages=5 prot=read+write flags=populate
    mmap page=0 npages=8 prot=read flags=private
    mmap fd=0 page=2 npages=2 prot=read
    mremap page=2 npages=2 new_npages=2 mode=fixed new_page=6
    close fd=0
    exit
  `,
};

function steps(script: string): string[] {
  return script
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

/** Run a life with one failure before the operation at `at`. @returns whether it changed any answer */
function failing(design: Design, script: readonly string[], at: number, inject: string): Session {
  const s = new Session(design);
  script.forEach((step, i) => {
    if (i === at) s.step(inject);
    s.step(step);
  });
  return s;
}

describe.each(INTENDED)('$id', (design) => {
  test.each(Object.entries(LIVES))('leaves nothing: %s', (_title, script) => {
    const s = new Session(design);
    for (const step of steps(script)) s.step(step);
    expect(leftOver(s.w)).toEqual({});
    expect(warning(s.w)).toBe('none');
  });

  test.each(Object.entries(LIVES))('nor when any one allocation fails: %s', (_title, script) => {
    const life = steps(script);
    for (let at = 0; at < life.length; at++) {
      for (const site of [INJECT_ALLOC, INJECT_PGTABLE]) {
        for (let nth = 0; nth < 10; nth++) {
          const { w } = failing(design, life, at, `inject site=${site} nth=${nth}`);
          expect({ at, site, nth, left: leftOver(w), warning: warning(w) }).toEqual({
            at,
            site,
            nth,
            left: {},
            warning: 'none',
          });
        }
      }
    }
  });

  test('charges the first mapping of a buffer, and no other', () => {
    run(
      design,
      `
      open fd=0
      mmap fd=0 page=0 npages=3 prot=read
      headroom -> ok 15
      mmap fd=0 page=4 npages=3 prot=read
      headroom -> ok 15
      munmap page=0 npages=3
      headroom -> ok 15
      munmap page=4 npages=3
      headroom -> ok 18
      `,
    );
  });

  test('refunds the user and the memory that were charged', () => {
    const s = run(
      design,
      `
      gift pages=4
      open fd=0
      fork child=1
      mmap fd=0 npages=9 prot=read
      status     -> ok: pin 5, lck 0
      1: setuid user=1
      1: mmap fd=0 npages=9 prot=read
      munmap npages=9
      status     -> ok: pin 5, lck 0
      1: munmap npages=9
      status     -> ok: pin 0, lck 0
      1: status  -> ok: pin 0, lck 0
      `,
    );
    expect([...s.w.user.perf_mlock]).toEqual([0, 0]);
  });

  test('refuses, in this order: private, inherited, sizes, another size, a redirected event, the limit', () => {
    run(
      design,
      `
      open fd=0 flags=inherit
      open fd=1
      open fd=2
      mmap fd=0 npages=3 prot=read                    -> EINVAL
      mmap fd=1 npages=3 prot=read flags=private      -> EINVAL
      mmap fd=1 npages=4 prot=read                    -> EINVAL
      mmap fd=1 npages=2 prot=read pgoff=2            -> EINVAL
      mmap fd=1 npages=3 prot=read                    -> ok
      mmap fd=1 page=4 npages=5 prot=read             -> EINVAL
      set_output fd=2 target=1
      mmap fd=2 page=4 npages=5 prot=read             -> EINVAL
      mmap fd=2 page=4 npages=3 prot=read             -> EBUSY
      set_output fd=2
      gift pages=0
      mmap fd=2 page=4 npages=9 prot=read             -> EPERM
      mmap fd=2 page=4 npages=3 prot=read             -> ok
      `,
    );
  });

  test('an event that is bound to a CPU may be mapped although it is inherited', () => {
    run(design, 'open fd=0 flags=inherit+cpu\n mmap fd=0 npages=2 prot=read -> ok');
  });

  test('AUX: what the control page says must be what is asked for', () => {
    run(
      design,
      `
      open fd=0 flags=aux
      open fd=1
      mmap fd=0 page=0 npages=3 prot=read+write
      set_output fd=1 target=0
      mmap fd=0 page=8 npages=2 prot=read pgoff=3   -> EINVAL
      store word=aux_offset value=2
      store word=aux_size value=2
      mmap fd=0 page=8 npages=2 prot=read pgoff=2   -> EINVAL
      store word=aux_offset value=3
      mmap fd=0 page=8 npages=2 prot=read pgoff=4   -> EINVAL
      mmap fd=0 page=8 npages=4 prot=read pgoff=3   -> EINVAL
      store word=aux_size value=3
      mmap fd=0 page=8 npages=3 prot=read pgoff=3   -> EINVAL
      store word=aux_size value=2
      mmap fd=1 page=8 npages=2 prot=read pgoff=3   -> EOPNOTSUPP
      gift pages=0
      rlimit pages=1
      mmap fd=1 page=8 npages=2 prot=read pgoff=3   -> EPERM
      rlimit pages=2
      mmap fd=0 page=8 npages=2 prot=read+write pgoff=3 -> ok
      status                                        -> ok: pin 2, lck 0
      mmap fd=1 page=12 npages=2 prot=read pgoff=3  -> ok
      store page=8 value=17                         -> SIGBUS
      load page=13                                  -> ok
      store word=aux_size value=4
      mmap fd=0 page=16 npages=4 prot=read pgoff=3  -> EINVAL
      store word=aux_offset value=4
      mmap fd=0 page=16 npages=4 prot=read pgoff=4  -> EINVAL
      store word=aux_size value=2
      mmap fd=0 page=16 npages=2 prot=read pgoff=4  -> EINVAL
      munmap page=8 npages=2
      status                                        -> ok: pin 2, lck 0
      munmap page=12 npages=2
      status                                        -> ok: pin 0, lck 0
      `,
    );
  });
});

test('advance leaves struct page alone, demand-fault does not', () => {
  const script =
    'open fd=0\n mmap fd=0 npages=3 prot=read+write\n store value=17\n load page=2\n munmap npages=3';
  expect(run(advance, script).w.sys.page_field_writes[0]).toBe(0);
  expect(run(demand_fault, script).w.sys.page_field_writes[0]).toBeGreaterThan(0);
});

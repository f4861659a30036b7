import { describe, expect, test } from 'vitest';
import { advance } from '#model/designs/advance';
import { demand_fault } from '#model/designs/demand-fault';
import { v6_14 } from '#model/designs/v6.14';
import { run } from '../../support/script.js';

describe('mlock', () => {
  test('EPERM without a limit, ENOMEM beyond it', () => {
    run(
      advance,
      `
      mmap npages=8 prot=read flags=private
      mlock npages=7  -> ENOMEM
      mlock npages=6  -> ok
      rlimit pages=0
      mlock npages=1  -> EPERM
      cap on=on
      mlock npages=8  -> ok
      status          -> ok: pin 0, lck 8
      `,
    );
  });

  test('pages that are locked already do not count twice', () => {
    run(
      advance,
      `
      mmap npages=8 prot=read flags=private
      mlock npages=4
      mlock page=2 npages=4   -> ok
      mlock page=2 npages=5   -> ENOMEM
      status                  -> ok: pin 0, lck 6
      mlock npages=4 flags=onfault
      status                  -> ok: pin 0, lck 6
      maps                    -> ok: 0-5 anon r--p lo; 6-7 anon r--p
      `,
    );
  });

  test('a locked page above the range counts', () => {
    run(
      advance,
      `
      mmap npages=8 prot=read flags=private
      mlock page=4 npages=3
      mlock page=0 npages=4 -> ENOMEM
      mlock page=0 npages=3 -> ok
      `,
    );
  });

  test('brings in every mapping of the range, and nothing below it', () => {
    run(
      advance,
      `
      mmap page=0 npages=2 prot=read flags=private
      mmap page=2 npages=2 prot=read+write flags=private
      mlock page=0 npages=4
      mincore page=0 npages=4  -> ok 15
      mmap page=8 npages=1 prot=read flags=private
      mmap page=9 npages=1 prot=read flags=private+populate
      mincore page=8 npages=2  -> ok 2
      `,
    );
  });

  test('stops at a hole with ENOMEM, and keeps what it did below', () => {
    run(
      advance,
      `
      mmap page=0 npages=2 prot=read
      mmap page=3 npages=1 prot=read
      mlock npages=4    -> ENOMEM
      status            -> ok: pin 0, lck 2
      mlock page=2      -> ok
      munlock npages=4  -> ENOMEM
      status            -> ok: pin 0, lck 0
      `,
    );
  });

  test('brings pages in, but PROT_NONE ones: ENOMEM, and they are locked all the same', () => {
    run(
      advance,
      `
      mmap page=0 npages=2 prot=read flags=private
      mlock npages=2 flags=onfault
      mincore npages=2          -> ok
      mlock npages=2
      mincore npages=2          -> ok 3
      mmap page=4 npages=1
      mlock page=4 npages=1     -> ENOMEM
      status                    -> ok: pin 0, lck 3
      `,
    );
  });

  test('execute-only memory cannot come in where there are protection keys', () => {
    for (const pku of [false, true]) {
      run(advance, `mmap npages=1 prot=exec\n mlock npages=1 -> ${pku ? 'ENOMEM' : 'ok'}`, { pku });
    }
  });

  test('a perf mapping is passed over; pages that are faulted in come in', () => {
    const script = (rss: number, io: string): string => `
      open fd=0
      mmap fd=0 npages=3 prot=read
      mlock page=0 npages=2 -> ok
      maps                  -> ok: 0-2 perf r--s dc de dd ${io}rss ${rss}
      munlock npages=3      -> ok
      status                -> ok: pin 0, lck 0
    `;
    run(advance, script(0, 'io pf '));
    run(demand_fault, script(2, ''));
  });

  test('a part of locked memory can be unlocked', () => {
    const s = run(
      advance,
      'mmap npages=6 prot=read flags=private\n mlock npages=6\n munlock page=2 npages=2',
    );
    expect(s.step('maps')).toBe('ok: 0-1 anon r--p lo; 2-3 anon r--p; 4-5 anon r--p lo');
    s.run('munlock npages=6\n status -> ok: pin 0, lck 0');
    expect(s.w.vma.end[0]).toBe(6);
  });

  test('an error of may_split ends it', () => {
    const refuses = {
      ...v6_14,
      mmap(w: Parameters<typeof v6_14.mmap>[0], v: number): number {
        const err = v6_14.mmap(w, v);
        w.vma.vm_flags[v] = 1 | (1 << 3);
        return err;
      },
      vm_ops: { ...v6_14.vm_ops, may_split: () => -22 },
    };
    run(refuses, 'open fd=0\n mmap fd=0 npages=3 prot=read\n mlock page=1 npages=1 -> EINVAL');
  });
});

describe('mlockall', () => {
  test('flags: none, or MCL_ONFAULT alone, is EINVAL', () => {
    run(advance, 'mlockall -> EINVAL\n mlockall flags=onfault -> EINVAL');
  });

  test('MCL_CURRENT of a whole process is beyond every limit', () => {
    run(
      advance,
      `
      mlockall flags=current        -> ENOMEM
      mlockall flags=current+future -> ENOMEM
      rlimit pages=0
      mlockall flags=future         -> EPERM
      `,
    );
  });

  test('MCL_CURRENT locks what there is, and all of the limit is used from then on', () => {
    run(
      demand_fault,
      `
      cap on=on
      open fd=0
      mmap fd=0 page=0 npages=3 prot=read
      mmap page=4 npages=2 prot=read flags=private
      mmap page=8 npages=1 prot=read
      mmap page=31 npages=1 prot=read
      mlockall flags=current
      maps -> ok: 0-2 perf r--s dc de dd rss 3; 4-5 anon r--p lo; 8 anon r--s lo; 31 anon r--s lo
      status                                   -> ok: pin 0, lck any
      mmap page=10 npages=1 prot=read
      cap on=off
      mlock page=10 npages=1                   -> ENOMEM
      mmap page=12 npages=1 flags=locked       -> EAGAIN
      munlockall
      status                                   -> ok: pin 0, lck 0
      mlock page=10 npages=1                   -> ok
      `,
    );
  });

  test('MCL_CURRENT brings in what it locks, and leaves another process alone', () => {
    run(
      advance,
      `
      fork child=1
      1: mmap page=0 npages=1 prot=read flags=private
      cap on=on
      mmap page=31 npages=1 prot=read flags=private
      mlockall flags=current
      mincore page=31 npages=1   -> ok 1
      1: maps                    -> ok: 0 anon r--p
      1: mincore npages=1        -> ok
      `,
    );
  });

  test('MCL_ONFAULT brings nothing in', () => {
    run(
      advance,
      `
      cap on=on
      mmap npages=2 prot=read flags=private
      mlockall flags=current+onfault
      mincore npages=2 -> ok
      maps             -> ok: 0-1 anon r--p lo
      `,
    );
  });

  test('MCL_FUTURE locks what is mapped later, until a call without it or munlockall', () => {
    run(
      advance,
      `
      cap on=on
      mlockall flags=future
      mmap page=0 npages=1 prot=read flags=private
      mlockall flags=current
      mmap page=2 npages=1 prot=read flags=private
      maps -> ok: 0 anon r--p lo; 2 anon r--p
      mlockall flags=future+onfault
      mmap page=4 npages=1 prot=read flags=private
      mincore page=4 npages=1 -> ok
      munlockall
      mmap page=6 npages=1 prot=read flags=private
      maps -> ok: 0 anon r--p; 2 anon r--p; 4 anon r--p; 6 anon r--p
      `,
    );
  });
});

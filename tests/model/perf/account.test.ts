import { describe, expect, test } from 'vitest';
import { DEFAULT_ENV } from '#model/alphabet/system';
import { advance } from '#model/designs/advance';
import { World } from '#model/kernel/world';
import { perf_mmap_calc_limits } from '#model/perf/account';
import { run } from '../../support/script.js';

describe('perf_mmap_calc_limits', () => {
  const w = new World(advance);
  const charge = { user: 0, pinned: 0 };
  /** What is charged to user and memory, or EPERM. */
  const asked = (pages: number, mlocked: number, pinned = 0): string => {
    w.reset({ ...DEFAULT_ENV, gift: 10, rlimit: 4 });
    w.user.perf_mlock[0] = mlocked;
    w.task.pinned_vm[0] = pinned;
    return perf_mmap_calc_limits(w, 0, pages, charge) ? `${charge.user}+${charge.pinned}` : 'EPERM';
  };

  test('up to the gift the user is charged, then the memory, as far as RLIMIT_MEMLOCK allows', () => {
    expect(asked(3, 0)).toBe('3+0');
    expect(asked(3, 7)).toBe('3+0');
    expect(asked(3, 8)).toBe('2+1');
    expect(asked(3, 10)).toBe('0+3');
    expect(asked(5, 10)).toBe('EPERM');
    expect(asked(3, 10, 1)).toBe('0+3');
    expect(asked(3, 10, 2)).toBe('EPERM');
  });

  test('a gift that has shrunk below what is charged counts as used up', () => {
    expect(asked(3, 25)).toBe('0+3');
  });

  test('pages already pinned beyond the limit refuse even what the gift would cover', () => {
    expect(asked(1, 0, 5)).toBe('EPERM');
  });

  test('pinned pages below 0 refuse even what the gift would cover', () => {
    expect(asked(1, 0, -1)).toBe('EPERM');
  });

  test('CAP_IPC_LOCK and a system that is not paranoid know no limit', () => {
    asked(9, 10);
    w.task.cap_ipc_lock[0] = 1;
    expect(perf_mmap_calc_limits(w, 0, 9, charge)).toBe(true);
    w.task.cap_ipc_lock[0] = 0;
    w.sys.paranoid[0] = -1;
    expect(perf_mmap_calc_limits(w, 0, 9, charge)).toBe(true);
    w.sys.paranoid[0] = 0;
    expect(perf_mmap_calc_limits(w, 0, 9, charge)).toBe(false);
  });
});

describe('a charge', () => {
  test('is of a user, not of a process; the pinned part is of the memory', () => {
    const s = run(
      advance,
      `
      gift pages=4
      open fd=0
      open fd=1
      fork child=1
      mmap fd=0 npages=3 prot=read
      1: mmap fd=1 npages=3 prot=read
      status    -> ok: pin 0, lck 0
      1: status -> ok: pin 2, lck 0
      headroom  -> ok 6
      setuid user=1
      headroom  -> ok 10
      1: munmap npages=3
      1: status -> ok: pin 0, lck 0
      `,
    );
    expect([...s.w.user.perf_mlock]).toEqual([3, 0]);
  });
});

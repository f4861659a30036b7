import { beforeEach, describe, expect, test } from 'vitest';
import { DEFAULT_ENV } from '#model/alphabet/system';
import { advance } from '#model/designs/advance';
import {
  REFCOUNT_SATURATED,
  refcount_dec,
  refcount_dec_and_mutex_lock,
  refcount_dec_and_test,
  refcount_inc,
  refcount_inc_not_zero,
  refcount_read,
} from '#model/kernel/refcount';
import { NEVER_RETURNS } from '#model/kernel/stop';
import { WARNINGS } from '#model/kernel/warn';
import { World } from '#model/kernel/world';

describe('refcount_t', () => {
  const w = new World(advance);
  const count = w.event.mmap_count;
  const warned = (): string => WARNINGS[w.sys.warned[0]];

  beforeEach(() => {
    count[0] = 1;
    w.sys.warned[0] = 0;
  });

  test('counts up and down, and says when it has come to 0', () => {
    refcount_inc(w, count, 0);
    expect(refcount_read(w, count, 0)).toBe(2);
    expect(refcount_dec_and_test(w, count, 0)).toBe(false);
    expect(refcount_dec_and_test(w, count, 0)).toBe(true);
    expect(refcount_read(w, count, 0)).toBe(0);
    expect(warned()).toBe('none');
  });

  test('from 0 it warns and saturates, and then never comes to 0 again', () => {
    count[0] = 0;
    refcount_inc(w, count, 0);
    expect(warned()).toContain('addition on 0');
    expect(count[0]).toBe(REFCOUNT_SATURATED);
  });

  test('a decrement without a look at 0 warns of a leak if it was the last, and saturates', () => {
    count[0] = 2;
    refcount_dec(w, count, 0);
    expect({ count: count[0], warned: warned() }).toEqual({ count: 1, warned: 'none' });
    refcount_dec(w, count, 0);
    expect(warned()).toContain('decrement hit 0');
    expect(count[0]).toBe(REFCOUNT_SATURATED);
  });

  test('a saturated count stays so, and a decrement warns of the underflow', () => {
    count[0] = REFCOUNT_SATURATED;
    expect(refcount_dec_and_test(w, count, 0)).toBe(false);
    expect(count[0]).toBe(REFCOUNT_SATURATED);
    expect(warned()).toContain('underflow');
  });

  test('adding to a saturated count warns of the leak', () => {
    count[0] = REFCOUNT_SATURATED;
    refcount_inc(w, count, 0);
    expect(warned()).toContain('leaking memory');
    expect(count[0]).toBe(REFCOUNT_SATURATED);
  });

  test('below 0 it warns of the underflow', () => {
    count[0] = 0;
    expect(refcount_dec_and_test(w, count, 0)).toBe(false);
    expect(warned()).toContain('underflow');
  });

  test('inc_not_zero leaves 0 alone', () => {
    expect(refcount_inc_not_zero(w, count, 0)).toBe(true);
    expect(count[0]).toBe(2);
    count[0] = 0;
    expect(refcount_inc_not_zero(w, count, 0)).toBe(false);
    expect(count[0]).toBe(0);
    expect(warned()).toBe('none');
  });
});

describe('refcount_dec_and_mutex_lock', () => {
  const w = new World(advance);
  const count = w.event.mmap_count;
  const mutex = w.event.mmap_mutex;
  const drop = (): boolean => refcount_dec_and_mutex_lock(w, count, 0, mutex, 1);

  beforeEach(() => {
    w.reset(DEFAULT_ENV);
    w.sys.current[0] = 2;
  });

  test('drops the last reference under the mutex, and keeps that', () => {
    count[0] = 1;
    expect(drop()).toBe(true);
    expect([count[0], mutex[1]]).toEqual([0, 2]);
  });

  test('drops any other without the mutex, so that a holder of it does not wait', () => {
    count[0] = 3;
    mutex[1] = 2;
    expect(drop()).toBe(false);
    expect([count[0], mutex[1]]).toEqual([2, 2]);
  });

  test('waits for the mutex before it drops the last', () => {
    count[0] = 1;
    mutex[1] = 2;
    expect(drop).toThrow(NEVER_RETURNS);
    expect(count[0]).toBe(1);
  });

  test('of 0 says that nothing was the last, warns, and drops nothing', () => {
    count[0] = 0;
    expect(drop()).toBe(false);
    expect([count[0], mutex[1]]).toEqual([0, 0]);
    expect(WARNINGS[w.sys.warned[0]]).toContain('underflow');
  });

  test('of a saturated count says so in silence', () => {
    count[0] = REFCOUNT_SATURATED;
    expect(drop()).toBe(false);
    expect([count[0], mutex[1]]).toEqual([REFCOUNT_SATURATED, 0]);
    expect(WARNINGS[w.sys.warned[0]]).toBe('none');
  });

  test('gives the mutex back when somebody else has taken a reference meanwhile', () => {
    count[0] = 1;
    const meeting = new Proxy(mutex, {
      set(target, key, owner: number) {
        if (owner !== 0) refcount_inc(w, count, 0);
        return Reflect.set(target, key, owner);
      },
    });
    expect(refcount_dec_and_mutex_lock(w, count, 0, meeting, 1)).toBe(false);
    expect([count[0], mutex[1]]).toEqual([1, 0]);
  });
});

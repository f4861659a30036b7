import { beforeEach, describe, expect, test } from 'vitest';
import { advance } from '#model/designs/advance';
import {
  atomic_dec,
  atomic_dec_and_test,
  atomic_inc,
  atomic_inc_not_zero,
  atomic_read,
} from '#model/kernel/atomic';
import { World } from '#model/kernel/world';

describe('atomic_t', () => {
  const w = new World(advance);
  const count = w.event.f_count;

  beforeEach(() => {
    count.fill(0);
  });

  test('counts up and down, below 0, too', () => {
    atomic_inc(w, count, 2);
    atomic_inc(w, count, 2);
    expect(atomic_read(w, count, 2)).toBe(2);
    for (let i = 0; i < 3; i++) atomic_dec(w, count, 2);
    expect(atomic_read(w, count, 2)).toBe(-1);
    expect(atomic_read(w, count, 1)).toBe(0);
  });

  test('inc_not_zero adds to what is there, and to nothing else', () => {
    expect(atomic_inc_not_zero(w, count, 0)).toBe(false);
    expect(count[0]).toBe(0);
    count[0] = 1;
    expect(atomic_inc_not_zero(w, count, 0)).toBe(true);
    expect(count[0]).toBe(2);
  });

  test('dec_and_test says when nothing is left', () => {
    count[0] = 2;
    expect(atomic_dec_and_test(w, count, 0)).toBe(false);
    expect(atomic_dec_and_test(w, count, 0)).toBe(true);
    expect(atomic_dec_and_test(w, count, 0)).toBe(true);
    expect(count[0]).toBe(-1);
  });
});

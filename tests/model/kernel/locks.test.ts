import { expect, test } from 'vitest';
import { advance } from '#model/designs/advance';
import { mutex_lock, mutex_unlock } from '#model/kernel/locks';
import { NEVER_RETURNS } from '#model/kernel/stop';
import { WARNINGS } from '#model/kernel/warn';
import { World } from '#model/kernel/world';

test('a mutex belongs to the task that takes it', () => {
  const w = new World(advance);
  w.sys.current[0] = 3;
  mutex_lock(w, w.event.mmap_mutex, 5);
  expect(w.event.mmap_mutex[5]).toBe(3);
  mutex_unlock(w, w.event.mmap_mutex, 5);
  expect(w.event.mmap_mutex[5]).toBe(0);
  expect(WARNINGS[w.sys.warned[0]]).toBe('none');
});

test('to take one twice is to wait for ever', () => {
  const w = new World(advance);
  w.sys.current[0] = 1;
  mutex_lock(w, w.rb.aux_mutex, 0);
  expect(() => mutex_lock(w, w.rb.aux_mutex, 0)).toThrow(NEVER_RETURNS);
});

test('to give back one that is not held is a warning', () => {
  const w = new World(advance);
  mutex_unlock(w, w.event.mmap_mutex, 0);
  expect(WARNINGS[w.sys.warned[0]]).toContain('not held');
});

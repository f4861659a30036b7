import { describe, expect, test } from 'vitest';
import { advance } from '#model/designs/advance';
import { down_read, down_write, mutex_lock, mutex_unlock, up_read, up_write } from '#model/kernel/locks';
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

describe('a rw_semaphore', () => {
  const taken = (task: number): { w: World; sem: Int32Array } => {
    const w = new World(advance);
    w.sys.current[0] = task;
    return { w, sem: w.task.mmap_lock };
  };

  test('belongs to the task that writes', () => {
    const { w, sem } = taken(2);
    down_write(w, sem, 1);
    expect(sem[1]).toBe(2);
    up_write(w, sem, 1);
    expect(sem[1]).toBe(0);
  });

  test('has any number of readers', () => {
    const { w, sem } = taken(2);
    down_read(w, sem, 1);
    down_read(w, sem, 1);
    expect(sem[1]).toBe(-2);
    up_read(w, sem, 1);
    up_read(w, sem, 1);
    expect(sem[1]).toBe(0);
  });

  test('its writer keeps everybody out', () => {
    const { w, sem } = taken(1);
    down_write(w, sem, 0);
    expect(() => down_write(w, sem, 0)).toThrow(NEVER_RETURNS);
    expect(() => down_read(w, sem, 0)).toThrow(NEVER_RETURNS);
    expect(sem[0]).toBe(1);
  });

  test('a reader keeps writers out', () => {
    const { w, sem } = taken(1);
    down_read(w, sem, 0);
    expect(() => down_write(w, sem, 0)).toThrow(NEVER_RETURNS);
    expect(sem[0]).toBe(-1);
  });
});

import { describe, expect, test } from 'vitest';
import { advance } from '#model/designs/advance';
import { rcu_read_lock } from '#model/kernel/rcu';
import { call_rcu_free_event, call_rcu_rb_free, rcu_read_unlock } from '#model/perf/rcu';
import { run } from '../../support/script.js';

/** A state with one event and its buffer of two pages; nobody is in a read section. */
function mapped() {
  const { w } = run(advance, 'open fd=0\n mmap fd=0 npages=2 prot=read');
  expect([w.event.used[0], w.rb.used[0]]).toEqual([1, 1]);
  return w;
}

describe('a grace period', () => {
  test('without readers has ended when it begins', () => {
    const w = mapped();
    call_rcu_free_event(w, 0);
    call_rcu_rb_free(w, 0);
    expect([w.event.used[0], w.rb.used[0], w.rcu.waiting[0]]).toEqual([0, 0, 0]);
  });

  test('lasts until every reader of its beginning has left, and no longer', () => {
    const w = mapped();
    rcu_read_lock(w);
    w.cpu = 1;
    rcu_read_lock(w);
    call_rcu_free_event(w, 0);
    call_rcu_rb_free(w, 0);
    expect(w.rcu.waiting[0]).toBe(2);
    // A third one comes too late to be waited for.
    w.cpu = 2;
    rcu_read_lock(w);
    rcu_read_unlock(w);
    w.cpu = 1;
    rcu_read_unlock(w);
    expect([w.event.used[0], w.rb.used[0], w.rcu.waiting[0]]).toEqual([1, 1, 2]);
    w.cpu = 0;
    rcu_read_unlock(w);
    expect([w.event.used[0], w.rb.used[0], w.rcu.waiting[0]]).toEqual([0, 0, 0]);
  });

  test('of one thing leaves what waits for another', () => {
    const w = mapped();
    w.cpu = 1;
    rcu_read_lock(w);
    call_rcu_rb_free(w, 0);
    w.cpu = 0;
    rcu_read_lock(w);
    call_rcu_free_event(w, 0);
    w.cpu = 1;
    rcu_read_unlock(w);
    expect([w.event.used[0], w.rb.used[0], w.rcu.waiting[0]]).toEqual([1, 0, 1]);
    w.cpu = 0;
    rcu_read_unlock(w);
    expect([w.event.used[0], w.rcu.waiting[0]]).toEqual([0, 0]);
  });

  test('is not over at the end of a section within another', () => {
    const w = mapped();
    rcu_read_lock(w);
    rcu_read_lock(w);
    call_rcu_rb_free(w, 0);
    rcu_read_unlock(w);
    expect(w.rb.used[0]).toBe(1);
    rcu_read_unlock(w);
    expect(w.rb.used[0]).toBe(0);
  });
});

import { describe, expect, test } from 'vitest';
import { advance } from '#model/designs/advance';
import { rcu_read_lock, rcu_readers, rcu_section_ends } from '#model/kernel/rcu';
import { CPUS } from '#model/kernel/tables';
import { World } from '#model/kernel/world';

describe('a read section', () => {
  test('is of the processor that runs', () => {
    const w = new World(advance);
    expect(rcu_readers(w)).toBe(0);
    for (w.cpu = 0; w.cpu < CPUS; w.cpu++) rcu_read_lock(w);
    expect(rcu_readers(w)).toBe(0b1111);
    w.cpu = 2;
    rcu_section_ends(w);
    expect(rcu_readers(w)).toBe(0b1011);
  });

  test('tells at its end, not at that of one within it, that something has waited', () => {
    const w = new World(advance);
    w.rcu.waiting[0] = 1;
    rcu_read_lock(w);
    rcu_read_lock(w);
    expect([rcu_section_ends(w), rcu_section_ends(w)]).toEqual([false, true]);
  });

  test('tells nothing when nothing has', () => {
    const w = new World(advance);
    rcu_read_lock(w);
    expect(rcu_section_ends(w)).toBe(false);
  });
});

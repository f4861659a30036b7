// Finding or making the buffer: what happens when another task is quicker, and what designs may do in another way.

import { describe, expect, test } from 'vitest';
import { advance } from '#model/designs/advance';
import { demand_fault } from '#model/designs/demand-fault';
import type { AttachOptions } from '#model/designs/hooks/attach-v6.18';
import { to_the_last_mm } from '#model/designs/hooks/close';
import { map_range } from '#model/designs/hooks/map-range';
import { type MapPages, perf_mmap_locked } from '#model/designs/hooks/mmap-v6.18';
import { undo_new_buffer } from '#model/designs/hooks/undo';
import { v6_12 } from '#model/designs/v6.12';
import { ATTACH_6_18, v6_18 } from '#model/designs/v6.18';
import { v7_3 } from '#model/designs/v7.3';
import type { World } from '#model/kernel/world';
import { mmap_attaching, mmap_with } from '#model/mutants/change';
import { watchColumn } from '../../support/column-watch.js';
import { leftOver, warning } from '../../support/nothing-left.js';
import { run, type Session } from '../../support/script.js';

const AUX = `
  open fd=0 flags=aux
  mmap fd=0 page=0 npages=2 prot=read+write
  store word=aux_offset value=2
  store word=aux_size value=2
`;
const MAP_AUX = 'mmap fd=0 page=4 npages=2 prot=read pgoff=2';
/** v7.3 with another way to map the pages. */
const like_v7_3 = (map: MapPages) => ({
  ...v7_3,
  mmap: perf_mmap_locked(ATTACH_6_18, map, undo_new_buffer(to_the_last_mm)),
});
const attaching = (changed: Partial<AttachOptions>) => ({ ...advance, mmap: mmap_attaching(changed) });

describe('v6.12, mapping an AUX area', () => {
  test('without a buffer waits for nobody', () => {
    const s = run(v6_12, 'open fd=0');
    s.w.event.mmap_mutex[0] = 2;
    expect(s.step('mmap fd=0 npages=2 prot=read pgoff=2')).toBe('EINVAL');
  });

  test('looks for the buffer again when it has the mutex', () => {
    const s = run(v6_12, AUX);
    const { rb } = s.w.event;
    const mutex = watchColumn(s.w, 'event', 'mmap_mutex', (_row, owner) => {
      if (owner !== 0) rb[0] = 0;
    });
    expect(s.step(MAP_AUX)).toBe('EINVAL');
    expect(mutex[0]).toBe(0);
    expect(s.w.rb.aux_mutex.every((owner) => owner === 0)).toBe(true);
  });
});

test('a buffer without mappings gets no AUX area', () => {
  const s = run(advance, AUX);
  s.w.rb.mmap_count[s.w.event.rb[0] - 1] = 0;
  let made = 0;
  watchColumn(s.w, 'rb', 'aux_nr_pages', () => made++);
  expect(s.step(MAP_AUX)).toBe('EINVAL');
  expect(made).toBe(0);
});

describe('the charge of an AUX area', () => {
  /** Whether `aux_mutex` was held at each change of a user's charge. */
  const heldWhileCharged = (s: Session): boolean[] => {
    const held: boolean[] = [];
    const { aux_mutex } = s.w.rb;
    watchColumn(s.w, 'user', 'perf_mlock', () => held.push(aux_mutex[0] !== 0));
    return held;
  };

  test('is added with aux_mutex held', () => {
    const s = run(advance, AUX);
    const held = heldWhileCharged(s);
    s.run(MAP_AUX);
    expect(held).toEqual([true]);
  });

  describe('where a design adds it afterwards', () => {
    const late = attaching({ accounts_outside_aux_mutex: true });

    test('is added once, by whom the area is made', () => {
      const s = run(late, AUX);
      const held = heldWhileCharged(s);
      s.run(MAP_AUX);
      expect(held).toEqual([false]);
      s.run('mmap fd=0 page=8 npages=2 prot=read pgoff=2');
      expect(held).toEqual([false]);
      expect([...s.w.user.perf_mlock]).toEqual([4, 0]);
    });

    test('is not added when the area was not made', () => {
      const s = run(late, `${AUX}\n inject nth=1`);
      const held = heldWhileCharged(s);
      expect(s.step(MAP_AUX)).toBe('ENOMEM');
      expect(held).toEqual([]);
    });
  });
});

describe('an AUX mapping that fails', () => {
  test.each([v6_18, v7_3, v6_12])('takes back what it had counted in the buffer: $id', (design) => {
    const s = run(design, `${AUX}\n inject nth=1`);
    const counts: number[] = [];
    watchColumn(s.w, 'rb', 'mmap_count', (_row, count) => counts.push(count));
    expect(s.step(MAP_AUX)).toBe('ENOMEM');
    expect(counts).toEqual([2, 1]);
  });

  test.each([advance, demand_fault])('has counted nothing in the intended designs: $id', (design) => {
    const s = run(design, `${AUX}\n inject nth=1`);
    const counts: number[] = [];
    watchColumn(s.w, 'rb', 'mmap_count', (_row, count) => counts.push(count));
    expect(s.step(MAP_AUX)).toBe('ENOMEM');
    expect(counts).toEqual([]);
  });
});

describe('a buffer whose last mapping is going', () => {
  /** Who unmaps it holds a reference until the end. */
  const going = (w: World): void => {
    w.rb.mmap_count[0] = 0;
    w.rb.refcount[0]++;
  };

  test.each([advance, v6_12, v6_18])('is left, and another is made: $id', (design) => {
    const s = run(design, 'open fd=0\n mmap fd=0 page=0 npages=2 prot=read');
    going(s.w);
    s.run('mmap fd=0 page=4 npages=2 prot=read -> ok');
    expect([s.w.event.rb[0], s.w.rb.mmap_count[1]]).toEqual([2, 1]);
    expect([...s.w.rb.refcount.slice(0, 2)]).toEqual([1, 1]);
  });

  test('is charged for no further mapping', () => {
    const s = run(v6_18, 'open fd=0\n mmap fd=0 page=0 npages=2 prot=read');
    going(s.w);
    s.run('mmap fd=0 page=4 npages=2 prot=read -> ok');
    expect([...s.w.user.perf_mlock]).toEqual([4, 0]);
  });
});

describe('a redirected event', () => {
  const redirected = 'open fd=0\n open fd=1\n mmap fd=0 npages=2 prot=read\n set_output fd=1 target=0';

  test('may map the buffer where a design says so, and saturates its count', () => {
    const s = run(
      attaching({ redirected_may_map: true }),
      `${redirected}\n mmap fd=1 page=4 npages=2 prot=read`,
    );
    expect(warning(s.w)).toContain('addition on 0');
    expect(s.w.rb.mmap_count[0]).toBe(2);
  });

  test('whose first mapping is of the AUX area has one mapping then, and two after the next', () => {
    const s = run(advance, `${AUX}\n open fd=1 flags=aux\n set_output fd=1 target=0`);
    s.run('mmap fd=1 page=4 npages=2 prot=read pgoff=2');
    expect(s.w.event.mmap_count[1]).toBe(1);
    s.run('mmap fd=1 page=8 npages=2 prot=read pgoff=2');
    expect(s.w.event.mmap_count[1]).toBe(2);
    expect(warning(s.w)).toBe('none');
    s.run('exit');
    expect(leftOver(s.w)).toEqual({});
  });
});

describe('what was charged is remembered', () => {
  const CHARGED = `
    open fd=0
    close fd=0
    fork child=1
    1: exec
    1: setuid user=1
    1: open fd=0 flags=aux
    1: mmap fd=0 page=0 npages=2 prot=read+write
    1: store word=aux_offset value=2
    1: store word=aux_size value=2
    1: mmap fd=0 page=4 npages=2 prot=read pgoff=2
  `;

  test('with user, memory and its generation in the intended designs', () => {
    const { rb, task } = run(advance, CHARGED).w;
    const { mmap_user, mmap_mm, mmap_gen, aux_user, aux_mm, aux_gen } = rb;
    expect(task.gen[1]).toBeGreaterThan(0);
    expect([mmap_user[0], mmap_mm[0], mmap_gen[0]]).toEqual([1, 1, task.gen[1]]);
    expect([aux_user[0], aux_mm[0], aux_gen[0]]).toEqual([1, 1, task.gen[1]]);
  });

  test.each([v6_18, v7_3])('with the user of the buffer alone in kernels: $id', (design) => {
    const { mmap_user, mmap_mm, mmap_gen, aux_user, aux_mm, aux_gen } = run(design, CHARGED).w.rb;
    expect([mmap_user, mmap_mm, mmap_gen, aux_user, aux_mm, aux_gen].map((column) => column[0])).toEqual([
      1, 0, 0, 0, 0, 0,
    ]);
  });
});

describe('a mapping that fails after the buffer was found', () => {
  /** Who holds the mutex of event 0 from now on: one entry for each time it is taken or given back. */
  const holdersOf = (s: Session): number[] => {
    const holders: number[] = [];
    watchColumn(s.w, 'event', 'mmap_mutex', (row, owner) => {
      if (row === 0) holders.push(owner);
    });
    return holders;
  };

  test('in v7.3: the first of a buffer is undone in place, a further one by close, which takes the mutex again', () => {
    const s = run(v7_3, 'open fd=0\n inject site=pgtable nth=1');
    const first = holdersOf(s);
    expect(s.step('mmap fd=0 npages=2 prot=read')).toBe('ENOMEM');
    expect(first).toEqual([1, 0]);
    expect([s.w.event.rb[0], s.w.event.mmap_count[0]]).toEqual([0, 0]);
    const further = run(v7_3, `${AUX}\n inject site=pgtable nth=1`);
    expect(further.step(MAP_AUX)).toBe('ENOMEM');
    expect([further.w.event.rb[0], further.w.event.mmap_count[0]]).toEqual([1, 1]);
  });

  describe('while another event has mapped the buffer', () => {
    /** Mapping the pages fails, and meanwhile another event's mapping has been counted. */
    const meanwhile = (w: World, _v: number, rb: number): number => {
      w.rb.mmap_count[rb]++;
      return -12;
    };

    test('is the first in the intended designs, and undone in place', () => {
      const s = run({ ...advance, mmap: mmap_with(meanwhile) }, 'open fd=0');
      const holders = holdersOf(s);
      expect(s.step('mmap fd=0 npages=2 prot=read')).toBe('ENOMEM');
      expect(holders).toEqual([1, 0]);
      expect([s.w.event.rb[0], s.w.event.mmap_count[0], s.w.user.perf_mlock[0]]).toEqual([0, 0, 0]);
    });

    test('is so in v7.3, too, which asks for the mappings of the event', () => {
      const s = run(like_v7_3(meanwhile), 'open fd=0');
      expect(s.step('mmap fd=0 npages=2 prot=read')).toBe('ENOMEM');
      expect([s.w.event.rb[0], s.w.event.mmap_count[0], s.w.user.perf_mlock[0]]).toEqual([0, 0, 0]);
    });
  });

  test('in v7.3 it is taken for the first if the first has gone meanwhile: what it counted in the buffer stays', () => {
    let unmapped = 0;
    /** The second time, mapping the pages fails, and meanwhile the first mapping has been counted down. */
    const the_other_goes = (w: World, v: number, rb: number): number => {
      if (w.event.mmap_count[0] === 1) return map_range(w, v, rb);
      w.event.mmap_count[0]--;
      w.rb.mmap_count[rb]--;
      unmapped = rb;
      return -12;
    };
    const s = run(like_v7_3(the_other_goes), 'open fd=0\n open fd=1\n mmap fd=0 npages=2 prot=read');
    s.run('set_output fd=1 target=0');
    expect(s.step('mmap fd=0 page=4 npages=2 prot=read')).toBe('ENOMEM');
    expect([s.w.event.rb[0], s.w.event.mmap_count[0], s.w.rb.mmap_count[unmapped]]).toEqual([0, 0, 1]);
    expect(s.w.event.rb[1]).toBe(unmapped + 1);
  });

  test('in v7.3 an AUX mapping is taken for the first, too, if the data mapping has gone meanwhile: its charge stays', () => {
    const the_other_goes = (w: World, v: number, rb: number): number => {
      if (w.event.mmap_count[0] === 1) return map_range(w, v, rb);
      w.event.mmap_count[0]--;
      w.rb.mmap_count[rb]--;
      return -12;
    };
    const s = run(like_v7_3(the_other_goes), AUX);
    expect(s.step(MAP_AUX)).toBe('ENOMEM');
    expect([s.w.event.rb[0], s.w.event.mmap_count[0], s.w.user.perf_mlock[0]]).toEqual([0, 0, 2]);
  });

  test('the pages are mapped with both mutexes held since v7.3, in v6.18 with none', () => {
    for (const [design, held] of [
      [v6_18, 0],
      [v7_3, 1],
      [advance, 1],
    ] as const) {
      const s = run(design, AUX);
      const seen = new Set<string>();
      s.w.watch = {
        pteSet: (w) => seen.add(`${w.event.mmap_mutex[0]} ${w.rb.aux_mutex[0]}`),
        pageFreed: () => {},
      };
      s.run(MAP_AUX);
      expect([...seen]).toEqual([`${held} ${held}`]);
    }
  });
});

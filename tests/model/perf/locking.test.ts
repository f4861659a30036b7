// What is held, and in which order, while buffers are attached: what other tasks can count on.

import { describe, expect, test } from 'vitest';
import { advance } from '#model/designs/advance';
import type { Design } from '#model/designs/index';
import type { World } from '#model/kernel/world';
import { aux_lock, aux_unlock } from '#model/perf/aux-lock';
import { ring_buffer_attach } from '#model/perf/ring-buffer';
import { watchColumn } from '../../support/column-watch.js';
import { warning } from '../../support/nothing-left.js';
import { run, Session } from '../../support/script.js';

/** What is written to a column from now on: row and value. */
function written(w: World, table: 'event' | 'rb', name: string): [number, number][] {
  const log: [number, number][] = [];
  watchColumn(w, table, name, (row, value) => log.push([row, value]));
  return log;
}

describe('the AUX area', () => {
  test('is excluded by the mutex of the buffer', () => {
    const { w } = new Session(advance);
    w.sys.current[0] = 2;
    aux_lock(w, 3);
    expect(w.rb.aux_mutex[3]).toBe(2);
    aux_unlock(w, 3);
    expect(w.rb.aux_mutex[3]).toBe(0);
  });

  test('is left to the mutex of the event where a design says so', () => {
    const { w } = new Session({ ...advance, aux_excludes: 'event' });
    w.sys.current[0] = 2;
    aux_lock(w, 3);
    expect(w.rb.aux_mutex[3]).toBe(0);
    aux_unlock(w, 3);
    expect(warning(w)).toBe('none');
  });
});

describe('SET_OUTPUT', () => {
  const redirect = (design: Design, script: string): [number, number][] => {
    const session = run(design, 'open fd=0\n open fd=1\n mmap fd=0 npages=2 prot=read');
    const log = written(session.w, 'event', 'mmap_mutex');
    session.run(script);
    return log;
  };

  test('holds the mutexes of both events, taken in one order, whoever asks', () => {
    expect(redirect(advance, 'set_output fd=1 target=0')).toEqual([
      [0, 1],
      [1, 1],
      [1, 0],
      [0, 0],
    ]);
    expect(redirect(advance, 'set_output fd=0 target=1 -> EINVAL')).toEqual([
      [0, 1],
      [1, 1],
      [0, 0],
      [1, 0],
    ]);
  });

  test('to no event, of one that has no buffer, asks for none', () => {
    const session = run(advance, 'open fd=0\n open fd=1\n mmap fd=0 npages=2 prot=read');
    const sections: number[] = [];
    watchColumn(session.w, 'rcu', 'nesting', (row) => sections.push(row));
    session.run('set_output fd=1');
    expect(sections).toEqual([]);
    expect(session.w.event.rb[1]).toBe(0);
  });

  test('to no event holds the one alone', () => {
    expect(redirect(advance, 'set_output fd=1')).toEqual([
      [1, 1],
      [1, 0],
    ]);
  });

  test('holds that of the redirected event alone where a design says so', () => {
    const own: Design = { ...advance, output_mutexes: 'own' };
    expect(redirect(own, 'set_output fd=1 target=0')).toEqual([
      [1, 1],
      [1, 0],
    ]);
  });

  test('attaches with the mutex held', () => {
    const session = run(advance, 'open fd=0\n open fd=1\n mmap fd=0 npages=2 prot=read');
    const { mmap_mutex } = session.w.event;
    const held: number[] = [];
    watchColumn(session.w, 'event', 'rb', (row) => held.push(mmap_mutex[row]));
    session.run('set_output fd=1 target=0');
    expect(held).toEqual([1]);
  });
});

describe('ring_buffer_attach', () => {
  test('of an event to its first buffer takes it off no list and puts none', () => {
    const { w } = run(advance, 'open fd=0\n open fd=1\n mmap fd=0 npages=2 prot=read');
    const entries = written(w, 'event', 'rb_entry');
    const references = written(w, 'rb', 'refcount');
    ring_buffer_attach(w, 1, 0);
    expect(entries).toEqual([[1, 1]]);
    expect(references).toEqual([]);
  });

  test('to none, of an event that has none, touches nothing', () => {
    const { w } = run(advance, 'open fd=0');
    const entries = written(w, 'event', 'rb_entry');
    const references = written(w, 'rb', 'refcount');
    ring_buffer_attach(w, 0, -1);
    expect([entries, references]).toEqual([[], []]);
  });

  test.each([
    [0, 1],
    [1, 0],
  ])('leaves the list of buffer %i, enters that of %i, and drops the old buffer last', (from, to) => {
    const { w } = run(
      advance,
      'open fd=0\n open fd=1\n mmap fd=0 npages=2 prot=read\n mmap fd=1 page=4 npages=2 prot=read',
    );
    const entries = written(w, 'event', 'rb_entry');
    const seen: number[] = [];
    const event = w.event.rb;
    watchColumn(w, 'rb', 'refcount', (row) => seen.push(row, event[from]));
    ring_buffer_attach(w, from, to);
    expect(entries).toEqual([
      [from, 0],
      [from, to + 1],
    ]);
    expect(seen).toEqual([from, to + 1]);
  });
});

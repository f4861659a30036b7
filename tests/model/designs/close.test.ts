// What the last mapping takes down and gives back, and whom it does not wait for.

import { describe, expect, test } from 'vitest';
import { advance } from '#model/designs/advance';
import { demand_fault } from '#model/designs/demand-fault';
import { close_under_mutex, to_whom_was_charged } from '#model/designs/hooks/close';
import type { Design } from '#model/designs/index';
import { v6_12 } from '#model/designs/v6.12';
import { v6_14 } from '#model/designs/v6.14';
import type { World } from '#model/kernel/world';
import { ring_buffer_attach } from '#model/perf/ring-buffer';
import { watchColumn } from '../../support/column-watch.js';
import { leftOver, warning } from '../../support/nothing-left.js';
import { run } from '../../support/script.js';

/** Event 1 writes into the buffer of event 0, and has mapped its AUX area. */
const REDIRECTED_AUX = `
  open fd=0 flags=aux
  open fd=1 flags=aux
  mmap fd=0 page=0 npages=3 prot=read+write
  store word=aux_offset value=3
  store word=aux_size value=2
  set_output fd=1 target=0
  mmap fd=1 page=4 npages=2 prot=read pgoff=3
`;

test.each([v6_14, advance])('close without a buffer is a NULL pointer: $id', (design) => {
  const s = run(design, 'open fd=0\n mmap fd=0 npages=2 prot=read');
  s.w.event.rb[0] = 0;
  s.run('munmap npages=2');
  expect(warning(s.w)).toContain('NULL pointer');
  expect([s.w.event.mmap_count[0], s.w.event.mapped[0], s.w.event.mmap_mutex[0]]).toEqual([1, 1, 0]);
});

test.each([v6_12, demand_fault, advance])(
  'an event leaves the buffer with its last mapping: $id',
  (design) => {
    const s = run(design, `${REDIRECTED_AUX}\n munmap page=4 npages=2`);
    expect([s.w.event.rb[1], s.w.rb.refcount[0], s.w.rb.aux_nr_pages[0]]).toEqual([0, 1, 0]);
    s.run('mmap fd=1 page=4 npages=5 prot=read -> ok\n exit');
    expect(leftOver(s.w)).toEqual({});
  },
);

describe('what a design refunds for an event alone', () => {
  const refunded: number[] = [];
  const design: Design = {
    ...advance,
    vm_ops: {
      ...advance.vm_ops,
      close: close_under_mutex({ ...to_whom_was_charged, event: (_w, rb) => refunded.push(rb) }),
    },
  };

  test('is refunded with the last mapping of the event, if others keep the buffer', () => {
    const s = run(design, REDIRECTED_AUX);
    s.run('mmap fd=0 page=8 npages=3 prot=read\n munmap page=8 npages=3');
    expect(refunded).toEqual([]);
    s.run('munmap page=4 npages=2');
    expect(refunded).toEqual([0]);
    s.run('munmap page=0 npages=3');
    expect(refunded).toEqual([0]);
  });
});

describe('the last mapping of a buffer', () => {
  /** Events 0 and 1 write into one buffer, event 2 into its own. Event 0 has mapped the first, event 2 the second. */
  const mapped = () =>
    run(
      advance,
      `
      open fd=0
      open fd=1
      open fd=2
      mmap fd=0 page=0 npages=3 prot=read
      set_output fd=1 target=0
      mmap fd=2 page=4 npages=3 prot=read
      `,
    );
  const attach = (w: World, e: number, rb: number): void => {
    w.rb.refcount[rb]++;
    ring_buffer_attach(w, e, rb);
  };

  test('does not wait for who makes an AUX area', () => {
    const s = mapped();
    s.w.rb.aux_mutex[0] = 2;
    s.run('munmap page=0 npages=3 -> ok');
  });

  test('does not wait for events of other buffers', () => {
    const s = mapped();
    s.w.event.mmap_mutex[2] = 2;
    s.run('munmap page=0 npages=3 -> ok');
    expect([...s.w.event.rb.slice(0, 3)]).toEqual([0, 0, 2]);
  });

  test('takes off an event that comes to the buffer while another is taken off', () => {
    const s = mapped();
    s.run('open fd=3\n set_output fd=3 target=0\n set_output fd=1');
    let come = false;
    watchColumn(s.w, 'event', 'mmap_mutex', (row, owner) => {
      if (row !== 3 || owner === 0 || come) return;
      come = true;
      attach(s.w, 1, 0);
    });
    s.run('munmap page=0 npages=3');
    expect(come).toBe(true);
    expect([...s.w.event.rb.slice(0, 4)]).toEqual([0, 0, 2, 0]);
    expect(s.w.rb.used[0]).toBe(0);
  });

  test('leaves an event alone that has been moved to another buffer', () => {
    const s = mapped();
    watchColumn(s.w, 'event', 'mmap_mutex', (row, owner) => {
      if (row === 1 && owner !== 0) attach(s.w, 1, 1);
    });
    s.run('munmap page=0 npages=3');
    expect([...s.w.event.rb.slice(0, 3)]).toEqual([0, 2, 2]);
    expect([s.w.rb.used[0], s.w.rb.refcount[1]]).toEqual([0, 2]);
  });
});

describe('the pinned part of an AUX area', () => {
  /** Process 0 is charged for it, and process 1 keeps it mapped. */
  const KEPT = `
    gift pages=0
    open fd=0 flags=aux
    mmap fd=0 page=0 npages=2 prot=read+write
    store word=aux_offset value=2
    store word=aux_size value=2
    fork child=1
    mmap fd=0 page=4 npages=2 prot=read pgoff=2
    1: mmap fd=0 page=4 npages=2 prot=read pgoff=2
    status    -> ok: pin 4, lck 0
  `;

  test('goes back to the memory that unmaps last, in v6.12', () => {
    run(
      v6_12,
      `${KEPT}
      munmap page=4 npages=2
      1: munmap page=4 npages=2
      status    -> ok: pin 4, lck 0
      1: status -> ok: pin -2, lck 0`,
    );
  });

  test('goes back to the memory that was charged, in the intended designs', () => {
    run(
      advance,
      `${KEPT}
      munmap page=4 npages=2
      1: munmap page=4 npages=2
      status    -> ok: pin 2, lck 0
      1: status -> ok: pin 0, lck 0`,
    );
  });

  test('has gone with the memory, which exec replaces', () => {
    run(
      advance,
      `${KEPT}
      exec
      status    -> ok: pin 0, lck 0
      1: munmap page=4 npages=2
      status    -> ok: pin 0, lck 0`,
    );
  });
});

test.each([demand_fault, advance])(
  'a mapping that fails leaves the event where it was redirected: $id',
  (design) => {
    const redirected = REDIRECTED_AUX.split('\n').filter((line) => !line.includes('mmap fd=1'));
    const s = run(design, redirected.join('\n'));
    const { mapped, mmap_count } = s.w.event;
    const before = [...s.w.user.perf_mlock];
    // Demand faults map nothing in advance: there it is the allocation that fails.
    s.run(`inject site=${design === advance ? 'pgtable' : 'alloc'} nth=1`);
    s.run('mmap fd=1 page=4 npages=2 prot=read pgoff=3 -> ENOMEM');
    expect([s.w.event.rb[1], mmap_count[1], mapped[1]]).toEqual([1, 0, 0]);
    expect([s.w.rb.mmap_count[0], s.w.rb.aux_mmap_count[0], s.w.rb.aux_nr_pages[0]]).toEqual([1, 0, 0]);
    expect([...s.w.user.perf_mlock]).toEqual(before);
  },
);

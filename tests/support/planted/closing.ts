import { advance } from '#model/designs/advance';
import type { Design } from '#model/designs/design';
import { close_with, type Refund, to_the_last_mm, to_whom_was_charged } from '#model/designs/hooks/close';
import type { World } from '#model/kernel/world';
import { perf_mmap_open } from '#model/designs/hooks/open';
import { v6_12 } from '#model/designs/v6.12';
import { VM_DONTCOPY } from '#model/mm/flags';
import { rb_free, rb_free_aux, ring_buffer_get, ring_buffer_put } from '#model/perf/ring-buffer';
import { after_mmap } from './change.js';

type Close = (w: World, v: number) => void;

const closes = (id: string, close: Close): Design => ({ ...advance, id, vm_ops: { ...advance.vm_ops, close } });
const refunds = (id: string, refund: Partial<Refund>): Design =>
  closes(id, close_with({ ...to_whom_was_charged, ...refund }));

const { close } = advance.vm_ops;

/** Buffer of the event behind a VMA. */
const rb_of = (w: World, v: number): number => w.event.rb[w.vma.file[v] - 1] - 1;
const attached = (w: World, rb: number): number => w.event.rb.filter((other) => other === rb + 1).length;

/** The refund of a design that makes it once for each event of the buffer. */
const per_event: { events: number; close: Close } = {
  events: 0,
  close: close_with({
    ...to_whom_was_charged,
    data(w, rb) {
      for (let i = 0; i < per_event.events; i++) to_whom_was_charged.data(w, rb, 0);
    },
  }),
};

/** Defects in `open` and `close`. */
export const CLOSING: readonly Design[] = [
  closes('close-forgets-unmapped', (w, v) => {
    close(w, v);
    w.event.mapped[w.vma.file[v] - 1]++;
  }),
  closes('close-leaks-rb', (w, v) => {
    ring_buffer_get(w, w.vma.file[v] - 1);
    close(w, v);
  }),
  closes('close-puts-rb-twice', (w, v) => {
    const rb = rb_of(w, v);
    close(w, v);
    ring_buffer_put(w, rb);
  }),
  closes('close-frees-rb-twice', (w, v) => {
    const rb = rb_of(w, v);
    close(w, v);
    if (w.rb.used[rb] === 0) rb_free(w, rb);
  }),
  closes('close-forgets-event-count', (w, v) => {
    const e = w.vma.file[v] - 1;
    close(w, v);
    if (w.event.mmap_count[e] > 0) w.event.mmap_count[e]++;
  }),
  closes('close-frees-aux-early', (w, v) => {
    const rb = rb_of(w, v);
    if (w.vma.vm_pgoff[v] === 0 && w.rb.aux_nr_pages[rb] !== 0) rb_free_aux(w, rb);
    close(w, v);
  }),
  refunds('close-forgets-refund', { data() {} }),
  refunds('close-forgets-aux-refund', { aux() {} }),
  refunds('refund-to-the-last-mm', to_the_last_mm),
  refunds('refund-to-the-caller', {
    data(w, rb, mm) {
      w.rb.mmap_user[rb] = w.task.user[mm];
      to_whom_was_charged.data(w, rb, mm);
    },
  }),
  refunds('aux-refund-either-or', {
    aux(w, rb, mm) {
      const { aux_nr_pages, aux_mmap_locked, aux_user } = w.rb;
      if (aux_mmap_locked[rb] !== 0) w.task.pinned_vm[mm] -= aux_nr_pages[rb];
      else w.user.perf_mlock[aux_user[rb]] -= aux_nr_pages[rb];
    },
  }),
  closes('refund-per-event', (w, v) => {
    per_event.events = attached(w, rb_of(w, v));
    per_event.close(w, v);
  }),
  {
    ...advance,
    id: 'open-forgets-mapped',
    vm_ops: {
      ...advance.vm_ops,
      open(w, v) {
        perf_mmap_open(w, v);
        w.event.mapped[w.vma.file[v] - 1]--;
      },
    },
  },
  {
    ...v6_12,
    id: 'v6.12-fork-inherits-vma',
    mmap: after_mmap(v6_12.mmap, (w, v) => {
      w.vma.vm_flags[v] &= ~VM_DONTCOPY;
    }),
  },
];

import { advance } from '#model/designs/advance';
import type { Design } from '#model/designs/design';
import { type Refund, to_the_last_mm, to_whom_was_charged } from '#model/designs/hooks/close';
import { perf_mmap_open } from '#model/designs/hooks/open';
import { v6_12 } from '#model/designs/v6.12';
import type { World } from '#model/kernel/world';
import { VM_DONTCOPY } from '#model/mm/flags';
import { put_page } from '#model/mm/page';
import { after_mmap, close_refunding } from '#model/mutants/change';
import {
  data_page_nr,
  rb_free_aux,
  ring_buffer_attach,
  ring_buffer_get,
  ring_buffer_put,
} from '#model/perf/ring-buffer';
import { RB_PAGES } from '#model/perf/tables';

type Close = (w: World, v: number) => void;

const closes = (id: string, close: Close): Design => ({
  ...advance,
  id,
  vm_ops: { ...advance.vm_ops, close },
});
const refunds = (id: string, refund: Partial<Refund>): Design => closes(id, close_refunding(refund));

const { close } = advance.vm_ops;

/** Buffer of the event behind a VMA. */
const rb_of = (w: World, v: number): number => w.event.rb[w.vma.file[v] - 1] - 1;

const attached = (w: World, rb: number): number => w.event.rb.filter((other) => other === rb + 1).length;

/** The refund of a design that makes it once for each event of the buffer. */
const per_event: { events: number; close: Close } = {
  events: 0,
  close: close_refunding({
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
    if (w.rb.used[rb] !== 0) return;
    // A second reference that nobody counted is dropped as if it were the last.
    w.rb.used[rb] = 1;
    w.rb.refcount[rb] = 1;
    ring_buffer_put(w, rb);
  }),
  closes('close-forgets-event-count', (w, v) => {
    const e = w.vma.file[v] - 1;
    close(w, v);
    if (w.event.mmap_count[e] > 0) w.event.mmap_count[e]++;
  }),
  closes('close-detaches-early', (w, v) => {
    close(w, v);
    ring_buffer_attach(w, w.vma.file[v] - 1, -1);
  }),
  closes('close-detaches-nobody-else', (w, v) => {
    const others = w.event.rb.slice();
    others[w.vma.file[v] - 1] = 0;
    const rb = rb_of(w, v) + 1;
    for (let e = 0; e < others.length; e++) if (others[e] === rb) w.event.rb[e] = 0;
    close(w, v);
    for (let e = 0; e < others.length; e++) if (others[e] === rb) w.event.rb[e] = rb;
  }),
  closes('close-frees-aux-early', (w, v) => {
    const rb = rb_of(w, v);
    if (w.vma.vm_pgoff[v] === 0 && w.rb.aux_nr_pages[rb] !== 0) rb_free_aux(w, rb);
    close(w, v);
  }),
  refunds('close-forgets-refund', { data() {} }),
  refunds('close-forgets-aux-refund', { aux() {} }),
  refunds('close-keeps-aux', {
    aux(w, rb, mm) {
      to_whom_was_charged.aux(w, rb, mm);
      w.rb.aux_refcount[rb]++;
    },
  }),
  refunds('refund-to-the-last-mm', to_the_last_mm),
  refunds('refund-to-the-caller', {
    data(w, rb, mm) {
      w.rb.mmap_user[rb] = w.task.user[mm];
      to_whom_was_charged.data(w, rb, mm);
    },
  }),
  refunds('refund-to-the-dead', {
    data(w, rb) {
      const { owner_user, owner_mm, mmap_locked } = w.rb;
      w.user.perf_mlock[owner_user[rb]] -= data_page_nr(w, rb) + 1 - mmap_locked[rb];
      w.task.pinned_vm[owner_mm[rb]] -= mmap_locked[rb];
    },
  }),
  closes('refund-per-attached-event', (w, v) => {
    per_event.events = attached(w, rb_of(w, v));
    per_event.close(w, v);
  }),
  closes('close-loses-a-page', (w, v) => {
    const control = w.rbData.page.subarray(rb_of(w, v) * RB_PAGES);
    control[0] = 0;
    close(w, v);
  }),
  { ...advance, id: 'page-freed-twice', before_free: put_page },
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

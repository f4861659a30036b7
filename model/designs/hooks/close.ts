import { atomic_inc_not_zero } from '../../kernel/atomic.js';
import { mutex_lock, mutex_unlock } from '../../kernel/locks.js';
import { rcu_read_lock } from '../../kernel/rcu.js';
import { refcount_dec_and_mutex_lock, refcount_dec_and_test } from '../../kernel/refcount.js';
import { WARN_NULL_RB, warn } from '../../kernel/warn.js';
import type { World } from '../../kernel/world.js';
import { mmOf } from '../../kernel/world.js';
import { aux_lock, aux_unlock } from '../../perf/aux-lock.js';
import { put_event } from '../../perf/event.js';
import { rcu_read_unlock } from '../../perf/rcu.js';
import { event_unmapped } from '../../perf/rdpmc.js';
import {
  data_page_nr,
  rb_free_aux,
  rb_has_aux,
  ring_buffer_attach,
  ring_buffer_get,
  ring_buffer_put,
} from '../../perf/ring-buffer.js';

/** What the last mapping of a buffer, or of its AUX area, gives back, and to whom. */
export interface Refund {
  aux(w: World, rb: number, mm: number): void;
  data(w: World, rb: number, mm: number): void;
  /** The same for the last mapping that an event has of a buffer which others keep: nothing, unless it is given. */
  event?(w: World, rb: number, mm: number): void;
}

/**
 * perf_mmap_close, v5.15 to v6.18: an AUX mapping goes first; the last mapping of the buffer detaches every event
 * that writes into it and gives back what its pages were charged.
 */
export function close_with(refund: Refund): (w: World, v: number) => void {
  return (w, v) => {
    const e = w.vma.file[v] - 1;
    const rb = ring_buffer_get(w, e);
    if (rb < 0) {
      warn(w, WARN_NULL_RB);
      return;
    }
    event_unmapped(w, v);
    close_aux(w, v, rb, refund);
    const detach_rest = refcount_dec_and_test(w, w.rb.mmap_count, rb);
    if (refcount_dec_and_mutex_lock(w, w.event.mmap_count, e, w.event.mmap_mutex, e)) {
      ring_buffer_attach(w, e, -1);
      mutex_unlock(w, w.event.mmap_mutex, e);
      if (detach_rest) {
        detach_others(w, rb);
        refund.data(w, rb, mmOf(v));
      }
    }
    ring_buffer_put(w, rb);
  };
}

/** The AUX part of a mapping goes: the area with the last one (perf_mmap_close, first half). */
function close_aux(w: World, v: number, rb: number, refund: Refund): void {
  if (!is_aux(w, v, rb)) return;
  if (!refcount_dec_and_mutex_lock(w, w.rb.aux_mmap_count, rb, w.rb.aux_mutex, rb)) return;
  refund.aux(w, rb, mmOf(v));
  rb_free_aux(w, rb);
  aux_unlock(w, rb);
}

/** What closing is made of, for designs that do a part of it in another way. */
export interface CloseParts {
  /** Take one mapping back. @returns whether it was the buffer's last */
  was_last(w: World, count: Int32Array, rb: number): boolean;
  /** Take an event off the buffer. @returns whether it was still on it */
  detach(w: World, e: number, rb: number): boolean;
}

const PARTS: CloseParts = { was_last: refcount_dec_and_test, detach };

/**
 * What closing should be: what a mapping counts is taken back under `mmap_mutex`, at once for whoever maps or redirects the event;
 * what its pages were charged goes back before anybody can see that the buffer is gone.
 */
export function close_under_mutex(
  refund: Refund,
  changed: Partial<CloseParts> = {},
): (w: World, v: number) => void {
  const { was_last, detach } = { ...PARTS, ...changed };
  return (w, v) => {
    const e = w.vma.file[v] - 1;
    mutex_lock(w, w.event.mmap_mutex, e);
    const rb = ring_buffer_get(w, e);
    if (rb < 0) {
      warn(w, WARN_NULL_RB);
      mutex_unlock(w, w.event.mmap_mutex, e);
      return;
    }
    event_unmapped(w, v);
    close_aux_under_mutex(w, v, rb, refund);
    const last = was_last(w, w.rb.mmap_count, rb);
    if (last) refund.data(w, rb, mmOf(v));
    if (refcount_dec_and_test(w, w.event.mmap_count, e)) {
      ring_buffer_attach(w, e, -1);
      if (!last) refund.event?.(w, rb, mmOf(v));
    }
    mutex_unlock(w, w.event.mmap_mutex, e);
    if (last) detach_others(w, rb, detach);
    ring_buffer_put(w, rb);
  };
}

/** Whether there is an AUX area, and where, is asked with `aux_mutex` held: another event's mapping may be making it. */
export function close_aux_under_mutex(w: World, v: number, rb: number, refund: Refund): void {
  if (w.vma.vm_pgoff[v] === 0) return;
  aux_lock(w, rb);
  if (is_aux(w, v, rb) && refcount_dec_and_test(w, w.rb.aux_mmap_count, rb)) {
    refund.aux(w, rb, mmOf(v));
    rb_free_aux(w, rb);
  }
  aux_unlock(w, rb);
}

function is_aux(w: World, v: number, rb: number): boolean {
  return rb_has_aux(w, rb) && w.vma.vm_pgoff[v] === w.rb.aux_pgoff[rb];
}

/**
 * Detach every event that still writes into a buffer without mappings. The walk begins again after each that it has waited for;
 * one that is being freed leaves the buffer by itself.
 */
function detach_others(w: World, rb: number, off: CloseParts['detach'] = detach): void {
  const { rb_entry } = w.event;
  rcu_read_lock(w);
  for (let e = 0; e < rb_entry.length; e++) {
    if (rb_entry[e] !== rb + 1 || !atomic_inc_not_zero(w, w.event.refcount, e)) continue;
    rcu_read_unlock(w);
    const detached = off(w, e, rb);
    put_event(w, e);
    rcu_read_lock(w);
    if (detached) e = -1;
  }
  rcu_read_unlock(w);
}

/** @returns whether the event was still on the buffer: SET_OUTPUT may have moved it meanwhile */
function detach(w: World, e: number, rb: number): boolean {
  mutex_lock(w, w.event.mmap_mutex, e);
  const attached = w.event.rb[e] === rb + 1;
  if (attached) ring_buffer_attach(w, e, -1);
  mutex_unlock(w, w.event.mmap_mutex, e);
  return attached;
}

/** To the user who was charged, but to the memory that unmaps last, which need not be the one that was charged. */
export const to_the_last_mm: Refund = {
  aux(w, rb, mm) {
    const { aux_nr_pages, aux_mmap_locked, mmap_user } = w.rb;
    w.user.perf_mlock[mmap_user[rb]] -= aux_nr_pages[rb] - aux_mmap_locked[rb];
    w.task.pinned_vm[mm] -= aux_mmap_locked[rb];
  },
  data(w, rb, mm) {
    const { mmap_locked, mmap_user } = w.rb;
    w.user.perf_mlock[mmap_user[rb]] -= data_page_nr(w, rb) + 1 - mmap_locked[rb];
    w.task.pinned_vm[mm] -= mmap_locked[rb];
  },
};

/** To the user and to the memory that were charged; memory that has since gone took its charge with it. */
export const to_whom_was_charged: Refund = {
  aux(w, rb) {
    const { aux_nr_pages, aux_mmap_locked, aux_user, aux_mm, aux_gen } = w.rb;
    w.user.perf_mlock[aux_user[rb]] -= aux_nr_pages[rb] - aux_mmap_locked[rb];
    if (w.task.gen[aux_mm[rb]] === aux_gen[rb]) w.task.pinned_vm[aux_mm[rb]] -= aux_mmap_locked[rb];
  },
  data(w, rb) {
    const { mmap_locked, mmap_user, mmap_mm, mmap_gen } = w.rb;
    w.user.perf_mlock[mmap_user[rb]] -= data_page_nr(w, rb) + 1 - mmap_locked[rb];
    if (w.task.gen[mmap_mm[rb]] === mmap_gen[rb]) w.task.pinned_vm[mmap_mm[rb]] -= mmap_locked[rb];
  },
};

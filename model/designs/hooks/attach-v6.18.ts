import { ERRNO } from '../../alphabet/errno.js';
import { atomic_read } from '../../kernel/atomic.js';
import { refcount_dec, refcount_inc, refcount_inc_not_zero } from '../../kernel/refcount.js';
import type { World } from '../../kernel/world.js';
import { mmOf } from '../../kernel/world.js';
import { VM_WRITE } from '../../mm/flags.js';
import { EINVAL, ENOMEM, vma_pages } from '../../mm/vma.js';
import { charge, perf_mmap_account } from '../../perf/account.js';
import { aux_lock, aux_unlock } from '../../perf/aux-lock.js';
import {
  data_page_nr,
  rb_alloc,
  rb_alloc_aux,
  rb_free_aux,
  rb_has_aux,
  ring_buffer_attach,
} from '../../perf/ring-buffer.js';
import { bad_aux_geometry, bad_data_size } from './checks.js';
import { to_whom_was_charged } from './close.js';

/** What kernels since v6.18 differ in, and what the intended designs put right. */
export interface AttachOptions {
  /** A further mapping of a buffer is charged like the first (v6.18 on), and never refunded. */
  readonly charges_shared: boolean;
  /** Remember which memory was charged, for a refund that goes there. */
  readonly remembers_mm: boolean;
  /**
   * A redirected event may have an AUX mapping as its first. v6.18 on only adds to its mmap_count: from 0, which refcount_t
   * takes for a use after free and answers by saturating, so that the count never comes to 0 again.
   */
  readonly aux_can_be_first: boolean;
  /**
   * An AUX mapping counts in the buffer when its area is there, not before (to v7.3): a count that a failure takes back can be the
   * last one, and then nobody detaches the events of the buffer, nor refunds it.
   */
  readonly counts_aux_when_made: boolean;
  /**
   * A buffer without mappings is none, though the munmap that takes the events off it one by one has not come to this one: a data mapping
   * leaves it, an AUX mapping is refused at once. To v7.3 the first is refused, -EBUSY or -EINVAL, and the second makes its area before it is.
   */
  readonly leaves_unmapped: boolean;
  /** The charge of an AUX area is added when `aux_mutex` has been given back. */
  readonly accounts_outside_aux_mutex?: boolean;
  /** An event that was only redirected to a buffer may map it (until January 2026); otherwise -EBUSY. */
  readonly redirected_may_map?: boolean;
  /** What no mapping may be, in place of the check of that name. */
  readonly may_never_map?: (w: World, v: number, e: number) => boolean;
  /** What a mapping that was refused with `mmap_mutex` held still does. */
  readonly after_refusal?: (w: World, v: number, e: number) => void;
  /** How the AUX area is allocated, in place of the function of that name. */
  readonly rb_alloc_aux?: typeof rb_alloc_aux;
}

export type Attach = (w: World, v: number, e: number) => number;

/** perf_mmap_rb (v6.18): find or make the buffer of a data mapping. Called with `mmap_mutex` held. */
export function perf_mmap_rb_with(options: AttachOptions): Attach {
  return (w, v, e) => {
    const pages = vma_pages(w, v);
    if (bad_data_size(pages - 1)) return EINVAL;
    const rb = w.event.rb[e] - 1;
    if (rb >= 0 && options.leaves_unmapped && atomic_read(w, w.rb.mmap_count, rb) === 0)
      ring_buffer_attach(w, e, -1);
    else if (rb >= 0) {
      if (data_page_nr(w, rb) !== pages - 1) return EINVAL;
      if (w.event.mmap_count[e] === 0 && options.redirected_may_map !== true) return -ERRNO.EBUSY;
      if (share_buffer(w, v, e, rb, pages, options)) return 0;
      ring_buffer_attach(w, e, -1);
    }
    const mm = mmOf(v);
    if (!w.design.calc_limits(w, mm, pages, charge)) return -ERRNO.EPERM;
    const made = rb_alloc(w, pages - 1, (w.vma.vm_flags[v] & VM_WRITE) !== 0);
    if (made < 0) return ENOMEM;
    w.rb.mmap_count[made] = 1;
    w.rb.mmap_user[made] = w.task.user[mm];
    w.rb.mmap_locked[made] = charge.pinned;
    if (options.remembers_mm) {
      w.rb.mmap_mm[made] = mm;
      w.rb.mmap_gen[made] = w.task.gen[mm];
    }
    ring_buffer_attach(w, e, made);
    perf_mmap_account(w, v, charge);
    w.event.mmap_count[e] = 1;
    return 0;
  };
}

/**
 * One more mapping of the buffer that the event has mapped. (An event that was only redirected to it may not: -EBUSY, v6.19
 * and stable.)
 * @returns false: its last mapping is on its way out
 */
function share_buffer(
  w: World,
  v: number,
  e: number,
  rb: number,
  pages: number,
  options: AttachOptions,
): boolean {
  if (!refcount_inc_not_zero(w, w.rb.mmap_count, rb)) return false;
  if (options.charges_shared) charge_to_user(w, v, pages);
  refcount_inc(w, w.event.mmap_count, e);
  return true;
}

/** perf_mmap_aux (v6.18): find or make the AUX area. Called with `mmap_mutex` held; takes `aux_mutex`. */
export function perf_mmap_aux_with(options: AttachOptions): Attach {
  return (w, v, e) => {
    const rb = w.event.rb[e] - 1;
    if (rb < 0) return EINVAL;
    aux_lock(w, rb);
    const made = !rb_has_aux(w, rb);
    const ret = find_or_make_aux(w, v, e, rb, options);
    aux_unlock(w, rb);
    if (ret === 0 && made && options.accounts_outside_aux_mutex === true) perf_mmap_account(w, v, charge);
    return ret;
  };
}

function find_or_make_aux(w: World, v: number, e: number, rb: number, options: AttachOptions): number {
  const nr_pages = vma_pages(w, v);
  const pgoff = w.vma.vm_pgoff[v];
  if (options.leaves_unmapped && atomic_read(w, w.rb.mmap_count, rb) === 0) return EINVAL;
  if (bad_aux_geometry(w, rb, pgoff, nr_pages)) return EINVAL;
  const made = !rb_has_aux(w, rb);
  const late = made && options.counts_aux_when_made;
  if (!late && !refcount_inc_not_zero(w, w.rb.mmap_count, rb)) return EINVAL;
  if (made) {
    const ret = make_aux(w, v, e, rb, pgoff, nr_pages, options);
    if (ret !== 0) {
      if (!late) refcount_dec(w, w.rb.mmap_count, rb);
      return ret;
    }
    if (late && !refcount_inc_not_zero(w, w.rb.mmap_count, rb)) {
      unmake_aux(w, rb);
      return EINVAL;
    }
  } else {
    refcount_inc(w, w.rb.aux_mmap_count, rb);
    if (options.charges_shared) charge_to_user(w, v, nr_pages);
  }
  if (options.aux_can_be_first && w.event.mmap_count[e] === 0) w.event.mmap_count[e] = 1;
  else refcount_inc(w, w.event.mmap_count, e);
  return 0;
}

/** The buffer's last mapping went while its AUX area was made. */
function unmake_aux(w: World, rb: number): void {
  w.rb.aux_mmap_count[rb] = 0;
  to_whom_was_charged.aux(w, rb, w.rb.aux_mm[rb]);
  rb_free_aux(w, rb);
}

function make_aux(
  w: World,
  v: number,
  e: number,
  rb: number,
  pgoff: number,
  nr_pages: number,
  options: AttachOptions,
): number {
  const mm = mmOf(v);
  if (!w.design.calc_limits(w, mm, nr_pages, charge)) return -ERRNO.EPERM;
  if (w.event.has_aux[e] === 0) return -ERRNO.EOPNOTSUPP;
  const alloc_aux = options.rb_alloc_aux ?? rb_alloc_aux;
  if (!alloc_aux(w, rb, pgoff, nr_pages)) return ENOMEM;
  w.rb.aux_mmap_count[rb] = 1;
  w.rb.aux_mmap_locked[rb] = charge.pinned;
  if (options.remembers_mm) {
    w.rb.aux_user[rb] = w.task.user[mm];
    w.rb.aux_mm[rb] = mm;
    w.rb.aux_gen[rb] = w.task.gen[mm];
  }
  if (options.accounts_outside_aux_mutex !== true) perf_mmap_account(w, v, charge);
  return 0;
}

function charge_to_user(w: World, v: number, pages: number): void {
  charge.user = pages;
  charge.pinned = 0;
  perf_mmap_account(w, v, charge);
}

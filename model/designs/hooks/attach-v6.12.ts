import { ERRNO } from '../../alphabet/errno.js';
import { atomic_dec, atomic_inc, atomic_inc_not_zero } from '../../kernel/atomic.js';
import { mutex_lock, mutex_unlock } from '../../kernel/locks.js';
import type { World } from '../../kernel/world.js';
import { mmOf } from '../../kernel/world.js';
import { VM_DONTCOPY, VM_DONTDUMP, VM_DONTEXPAND, VM_WRITE } from '../../mm/flags.js';
import { EINVAL, ENOMEM, vma_pages } from '../../mm/vma.js';
import { charge, perf_mmap_account } from '../../perf/account.js';
import { aux_lock, aux_unlock } from '../../perf/aux-lock.js';
import {
  data_page_nr,
  rb_alloc,
  rb_alloc_aux,
  rb_has_aux,
  rcu_dereference_rb,
  ring_buffer_attach,
} from '../../perf/ring-buffer.js';
import { bad_aux_geometry, bad_data_size, may_never_map } from './checks.js';

/**
 * The part of perf_mmap that finds or makes the buffer, charges and counts, as it was from v4.1 to v6.17 in all
 * its branches: `v6.12` and `v6.14` share it.
 * @returns 0 or -errno
 */
export function find_or_make_buffer(w: World, v: number, e: number): number {
  if (may_never_map(w, v, e)) return EINVAL;
  return w.vma.vm_pgoff[v] === 0 ? data_mapping(w, v, e) : aux_mapping(w, v, e);
}

function data_mapping(w: World, v: number, e: number): number {
  const nr_pages = vma_pages(w, v) - 1;
  if (bad_data_size(nr_pages)) return EINVAL;
  for (;;) {
    mutex_lock(w, w.event.mmap_mutex, e);
    const ret = share_or_allocate(w, v, e, nr_pages);
    mutex_unlock(w, w.event.mmap_mutex, e);
    if (ret !== AGAIN) return ret;
  }
}

/** No errno: the buffer's last mapping was on its way out, and the event has left it. */
const AGAIN = 1;

function share_or_allocate(w: World, v: number, e: number, nr_pages: number): number {
  const rb = w.event.rb[e] - 1;
  if (rb >= 0) {
    if (data_page_nr(w, rb) !== nr_pages) return EINVAL;
    if (!atomic_inc_not_zero(w, w.rb.mmap_count, rb)) {
      ring_buffer_attach(w, e, -1);
      return AGAIN;
    }
    atomic_inc(w, w.event.mmap_count, e);
    return 0;
  }
  const mm = mmOf(v);
  if (!w.design.calc_limits(w, mm, nr_pages + 1, charge)) return -ERRNO.EPERM;
  const made = rb_alloc(w, nr_pages, (w.vma.vm_flags[v] & VM_WRITE) !== 0);
  if (made < 0) return ENOMEM;
  w.rb.mmap_count[made] = 1;
  w.rb.mmap_user[made] = w.task.user[mm];
  w.rb.mmap_locked[made] = charge.pinned;
  ring_buffer_attach(w, e, made);
  perf_mmap_account(w, v, charge);
  atomic_inc(w, w.event.mmap_count, e);
  return 0;
}

/** That there is a buffer is asked first without the mutex, then with it. */
function aux_mapping(w: World, v: number, e: number): number {
  if (rcu_dereference_rb(w, e) < 0) return EINVAL;
  mutex_lock(w, w.event.mmap_mutex, e);
  const rb = w.event.rb[e] - 1;
  let ret = EINVAL;
  if (rb >= 0) {
    aux_lock(w, rb);
    ret = share_or_allocate_aux(w, v, e, rb);
    aux_unlock(w, rb);
  }
  mutex_unlock(w, w.event.mmap_mutex, e);
  return ret;
}

function share_or_allocate_aux(w: World, v: number, e: number, rb: number): number {
  const nr_pages = vma_pages(w, v);
  const pgoff = w.vma.vm_pgoff[v];
  if (bad_aux_geometry(w, rb, pgoff, nr_pages)) return EINVAL;
  if (!atomic_inc_not_zero(w, w.rb.mmap_count, rb)) return EINVAL;
  if (rb_has_aux(w, rb)) {
    atomic_inc(w, w.rb.aux_mmap_count, rb);
    atomic_inc(w, w.event.mmap_count, e);
    return 0;
  }
  const ret = allocate_aux(w, v, e, rb, pgoff, nr_pages);
  if (ret !== 0) atomic_dec(w, w.rb.mmap_count, rb);
  else atomic_inc(w, w.event.mmap_count, e);
  return ret;
}

function allocate_aux(w: World, v: number, e: number, rb: number, pgoff: number, nr_pages: number): number {
  if (!w.design.calc_limits(w, mmOf(v), nr_pages, charge)) return -ERRNO.EPERM;
  if (w.event.has_aux[e] === 0) return -ERRNO.EOPNOTSUPP;
  if (!rb_alloc_aux(w, rb, pgoff, nr_pages)) return ENOMEM;
  w.rb.aux_mmap_count[rb] = 1;
  w.rb.aux_mmap_locked[rb] = charge.pinned;
  perf_mmap_account(w, v, charge);
  return 0;
}

/** The flags and hooks that every perf mapping gets: not inherited by fork, not expanded, not dumped. */
export function become_perf_mapping(w: World, v: number): void {
  w.vma.vm_flags[v] |= VM_DONTCOPY | VM_DONTEXPAND | VM_DONTDUMP;
  w.vma.vm_ops[v] = 1;
}

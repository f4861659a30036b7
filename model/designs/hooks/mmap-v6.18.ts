import { mutex_lock, mutex_unlock } from '../../kernel/locks.js';
import { refcount_read } from '../../kernel/refcount.js';
import type { World } from '../../kernel/world.js';
import { EINVAL } from '../../mm/vma.js';
import { aux_lock, aux_unlock } from '../../perf/aux-lock.js';
import { event_mapped } from '../../perf/rdpmc.js';
import { become_perf_mapping } from './attach-v6.12.js';
import { type AttachOptions, perf_mmap_aux_with, perf_mmap_rb_with } from './attach-v6.18.js';
import { may_never_map } from './checks.js';

export type Hook = (w: World, v: number) => number;

/** How the pages get in, once the buffer is there: returns 0 or -errno. */
export type MapPages = (w: World, v: number, rb: number) => number;

/**
 * perf_mmap (v6.18): the buffer under `mmap_mutex`, then the pages without it; a failure to map is undone by the
 * design's own `close`, since core mm calls none.
 */
export function perf_mmap_unlocked(options: AttachOptions, map: MapPages): Hook {
  const attach = attach_with(options);
  return (w, v) => {
    const e = w.vma.file[v] - 1;
    const refused = attach(w, v, e);
    if (refused !== 0) return refused;
    mutex_unlock(w, w.event.mmap_mutex, e);
    become_perf_mapping(w, v);
    event_mapped(w, v);
    const ret = map(w, v, w.event.rb[e] - 1);
    if (ret !== 0) w.design.vm_ops.close(w, v);
    return ret;
  };
}

/**
 * perf_mmap (v7.3): the pages are mapped under `mmap_mutex`, so that no other task can take a buffer whose mapping
 * then fails. A failure of the event's only mapping is undone in place, with the mutex held; any other by `close`,
 * without it (c69df06e4e26), unless the design has its own way (`undo_other`, with the mutex held): then what is undone in place is a
 * mapping that has made its buffer. To `close`, the mapping that failed is the event's last one if the event was only redirected to
 * the buffer, so that it loses it.
 */
export function perf_mmap_locked(
  options: AttachOptions,
  map: MapPages,
  undo: (w: World, v: number) => void,
  undo_other?: (w: World, v: number) => void,
  map_pages = map_under_aux_mutex,
): Hook {
  const attach = attach_with(options);
  return (w, v) => {
    const e = w.vma.file[v] - 1;
    const refused = attach(w, v, e);
    if (refused !== 0) return refused;
    become_perf_mapping(w, v);
    event_mapped(w, v);
    const ret = map_pages(w, v, e, map);
    const first = undo_other === undefined ? is_only(w, e) : is_first(w, v, e);
    const in_place = first ? undo : undo_other;
    if (ret !== 0) in_place?.(w, v);
    mutex_unlock(w, w.event.mmap_mutex, e);
    if (ret !== 0 && in_place === undefined) w.design.vm_ops.close(w, v);
    return ret;
  };
}

/** Whether the event has one mapping. Not under `mmap_mutex`: an munmap of the other one counts down without it. */
function is_only(w: World, e: number): boolean {
  return refcount_read(w, w.event.mmap_count, e) === 1;
}

/** Whether this mapping has made its buffer: the event's first, and not of an AUX area. All that counts here is under `mmap_mutex`. */
export function is_first(w: World, v: number, e: number): boolean {
  return w.event.mmap_count[e] === 1 && w.vma.vm_pgoff[v] === 0;
}

/** @returns 0 with `mmap_mutex` held, or -errno without it */
export function attach_with(options: AttachOptions): (w: World, v: number, e: number) => number {
  const perf_mmap_rb = perf_mmap_rb_with(options);
  const perf_mmap_aux = perf_mmap_aux_with(options);
  const refuses = options.may_never_map ?? may_never_map;
  return (w, v, e) => {
    if (refuses(w, v, e)) return EINVAL;
    mutex_lock(w, w.event.mmap_mutex, e);
    const ret = w.vma.vm_pgoff[v] === 0 ? perf_mmap_rb(w, v, e) : perf_mmap_aux(w, v, e);
    if (ret === 0) return 0;
    mutex_unlock(w, w.event.mmap_mutex, e);
    options.after_refusal?.(w, v, e);
    return ret;
  };
}

/** The page walk excludes a task that fills or frees the AUX pages (5948aaf64f81). */
export function map_under_aux_mutex(w: World, v: number, e: number, map: MapPages): number {
  const rb = w.event.rb[e] - 1;
  aux_lock(w, rb);
  const ret = map(w, v, rb);
  aux_unlock(w, rb);
  return ret;
}

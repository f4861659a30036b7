import { FDS } from '../alphabet/bounds.js';
import { ERRNO } from '../alphabet/errno.js';
import { INJECT_ALLOC, OPEN_AUX, OPEN_BACKWARD, OPEN_CPU, OPEN_INHERIT } from '../alphabet/operands.js';
import { atomic_dec_and_test, atomic_inc, atomic_read } from '../kernel/atomic.js';
import { should_fail } from '../kernel/inject.js';
import { mutex_lock, mutex_unlock } from '../kernel/locks.js';
import { TABLE_FULL } from '../kernel/stop.js';
import type { World } from '../kernel/world.js';
import { call_rcu_free_event } from './rcu.js';
import { ring_buffer_attach, ring_buffer_get, ring_buffer_put } from './ring-buffer.js';

/** The event behind a descriptor slot. The slot is known to be open. */
function event_of(w: World, proc: number, fd: number): number {
  return w.files.event[proc * FDS + fd] - 1;
}

/**
 * The event behind a descriptor, with a reference to its file for as long as the call takes (fdget, get_file_rcu): found and taken
 * at once; `fput` gives it back.
 * @suspends never
 */
export function fdget(w: World, proc: number, fd: number): number {
  const e = event_of(w, proc, fd);
  get_file(w, e);
  return e;
}

/**
 * perf_event_open(2) on the calling task (PERF_FLAG_FD_OUTPUT where `output` >= 0: not to an event that ended with its task,
 * in stable kernels from v6.12 on).
 */
export function sys_perf_event_open(
  w: World,
  proc: number,
  fd: number,
  flags: number,
  output: number,
): number {
  if (output >= 0 && task_is_gone(w, event_of(w, proc, output))) return -ERRNO.ENODEV;
  if (should_fail(w, INJECT_ALLOC)) return -ERRNO.ENOMEM;
  const e = w.event.used.indexOf(0);
  if (e < 0) throw TABLE_FULL;
  init_event(w, e, proc, flags);
  if (output >= 0) {
    const err = perf_event_set_output(w, e, event_of(w, proc, output));
    if (err !== 0) {
      w.event.used[e] = 0;
      return err;
    }
  }
  w.files.event[proc * FDS + fd] = e + 1;
  return 0;
}

/** Whether the task that the event was opened on has exited. */
function task_is_gone(w: World, e: number): boolean {
  const task = w.event.task[e];
  return w.task.alive[task] === 0 || w.task.life[task] !== w.event.life[e];
}

function init_event(w: World, e: number, proc: number, flags: number): void {
  const { event } = w;
  event.used[e] = 1;
  event.refcount[e] = 1;
  event.f_count[e] = 1;
  event.task[e] = proc;
  event.life[e] = w.task.life[proc];
  event.cpu[e] = (flags & OPEN_CPU) !== 0 ? 0 : -1;
  event.inherit[e] = flags & OPEN_INHERIT;
  event.backward[e] = (flags & OPEN_BACKWARD) !== 0 ? 1 : 0;
  event.has_aux[e] = (flags & OPEN_AUX) !== 0 ? 1 : 0;
  event.rb[e] = 0;
  event.rb_entry[e] = 0;
  event.mmap_count[e] = 0;
  event.mmap_mutex[e] = 0;
  event.watches[e] = 1 << proc;
  event.mapped[e] = 0;
}

/** One user of the file more (get_file). @suspends */
export function get_file(w: World, e: number): void {
  atomic_inc(w, w.event.f_count, e);
}

/** The last user of the file, a descriptor or a mapping, releases the event (perf_release). */
export function fput(w: World, e: number): void {
  if (!atomic_dec_and_test(w, w.event.f_count, e)) return;
  w.event.watches[e] = 0;
  put_event(w, e);
}

/** The last reference frees the event, which leaves its buffer (put_event, _free_event). */
export function put_event(w: World, e: number): void {
  if (!atomic_dec_and_test(w, w.event.refcount, e)) return;
  mutex_lock(w, w.event.mmap_mutex, e);
  ring_buffer_attach(w, e, -1);
  mutex_unlock(w, w.event.mmap_mutex, e);
  call_rcu_free_event(w, e);
}

export function sys_close(w: World, proc: number, fd: number): number {
  const e = event_of(w, proc, fd);
  w.files.event[proc * FDS + fd] = 0;
  fput(w, e);
  return 0;
}

export function sys_dup(w: World, proc: number, fd: number, newfd: number): number {
  w.files.event[proc * FDS + newfd] = fdget(w, proc, fd) + 1;
  return 0;
}

/**
 * PERF_EVENT_IOC_SET_OUTPUT (perf_event_set_output): the event writes into another's buffer.
 * @param output event, or -1: none
 */
export function perf_event_set_output(w: World, e: number, output: number): number {
  if (output >= 0 && !w.design.may_share(w, e, output)) return -ERRNO.EINVAL;
  const both = output >= 0 && w.design.output_mutexes === 'both';
  // mutex_lock_double: in one order, whoever asks.
  mutex_lock(w, w.event.mmap_mutex, both && output < e ? output : e);
  if (both) mutex_lock(w, w.event.mmap_mutex, output < e ? e : output);
  const err = redirect(w, e, output);
  mutex_unlock(w, w.event.mmap_mutex, e);
  if (both) mutex_unlock(w, w.event.mmap_mutex, output);
  return err;
}

/** Different events of one CPU, or of one task's context, that write in one direction. (One AUX-capable PMU at most.) */
export function may_share(w: World, e: number, output: number): boolean {
  const { event } = w;
  if (e === output || event.cpu[output] !== event.cpu[e]) return false;
  const sameTask = event.task[output] === event.task[e] && event.life[output] === event.life[e];
  if (event.cpu[output] === -1 && !sameTask) return false;
  return event.backward[output] === event.backward[e];
}

function redirect(w: World, e: number, output: number): number {
  if (atomic_read(w, w.event.mmap_count, e) !== 0) return -ERRNO.EINVAL;
  let rb = -1;
  if (output >= 0) {
    rb = ring_buffer_get(w, output);
    if (rb < 0) return -ERRNO.EINVAL;
    if (atomic_read(w, w.rb.mmap_count, rb) === 0) {
      ring_buffer_put(w, rb);
      return -ERRNO.EINVAL;
    }
  }
  ring_buffer_attach(w, e, rb);
  return 0;
}

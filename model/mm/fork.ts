import { ARENA_PAGES, FDS } from '../alphabet/bounds.js';
import { down_write, up_write } from '../kernel/locks.js';
import type { World } from '../kernel/world.js';
import { addressOf, endOf } from '../kernel/world.js';
import { fput, get_file } from '../perf/event.js';
import { perf_event_task } from '../perf/output.js';
import { anon_copy, anon_populate } from './anon.js';
import {
  PTE_DIRTY,
  PTE_SPECIAL,
  VM_DONTCOPY,
  VM_LOCKED_MASK,
  VM_MIXEDMAP,
  VM_PFNMAP,
  VM_WIPEONFORK,
} from './flags.js';
import { exit_mmap } from './munmap.js';
import { get_page } from './page.js';
import { set_pte } from './pgtable.js';
import { find_vma, vm_area_dup, vma_link } from './vma.js';

/** fork(2): the child gets the descriptors, the identity and limits, and the memory but for VM_DONTCOPY. */
export function sys_fork(w: World, parent: number, child: number): number {
  const { task } = w;
  task.alive[child] = 1;
  task.user[child] = task.user[parent];
  task.cap_ipc_lock[child] = task.cap_ipc_lock[parent];
  task.rlimit_memlock[child] = task.rlimit_memlock[parent];
  task.rdpmc_allowed[child] = 0;
  task.rdpmc_left[child] = 0;
  task.gen[child]++;
  task.life[child]++;
  dup_fd(w, parent, child);
  inherit_events(w, parent, child);
  down_write(w, w.task.mmap_lock, parent);
  dup_mmap(w, parent, child);
  up_write(w, w.task.mmap_lock, parent);
  perf_event_task(w, parent);
  return 0;
}

/** The child's descriptors, at once (dup_fd, under the parent's file_lock). @suspends */
function dup_fd(w: World, parent: number, child: number): void {
  const { files } = w;
  for (let fd = 0; fd < FDS; fd++) {
    const event = files.event[parent * FDS + fd];
    files.event[child * FDS + fd] = event;
    if (event !== 0) get_file(w, event - 1);
  }
}

/** Inherited events watch the child, too (perf_event_init_task). */
function inherit_events(w: World, parent: number, child: number): void {
  const { used, inherit, watches } = w.event;
  for (let e = 0; e < used.length; e++) {
    const inherits = used[e] !== 0 && inherit[e] !== 0;
    if (inherits && (watches[e] & (1 << parent)) !== 0) watches[e] |= 1 << child;
  }
}

/** dup_mmap: locks are not inherited, charges to pinned_vm neither. */
function dup_mmap(w: World, parent: number, child: number): void {
  const shift = (child - parent) * ARENA_PAGES;
  const last = endOf(parent);
  for (let v = find_vma(w, addressOf(parent, 0)); v >= 0; ) {
    const end = w.vma.end[v];
    if ((w.vma.vm_flags[v] & VM_DONTCOPY) === 0) {
      const copy = v + shift;
      vm_area_dup(w, v, copy, end - v, w.vma.vm_pgoff[v]);
      w.vma.vm_flags[copy] &= ~VM_LOCKED_MASK;
      vma_link(w, copy);
      if (w.vma.vm_ops[v] !== 0) w.design.vm_ops.open(w, copy);
      copy_page_range(w, v, copy);
    }
    v = end === last ? -1 : find_vma(w, end);
  }
}

/** copy_page_range: private memory is copied; the entries of a file only where no fault would bring them in again (vma_needs_copy). */
function copy_page_range(w: World, from: number, to: number): void {
  const { vma } = w;
  const flags = vma.vm_flags[from];
  const pages = vma.end[from] - from;
  if (vma.file[from] === 0) {
    if ((flags & VM_WIPEONFORK) !== 0) anon_populate(w, to, to + pages);
    else anon_copy(w, from, to, pages);
  } else if ((flags & (VM_PFNMAP | VM_MIXEDMAP)) !== 0) {
    for (let i = 0; i < pages; i++) copy_pte(w, from + i, to + i);
  }
}

/** copy_present_ptes for shared memory: clean in the child, referenced and counted where there is a struct page. */
function copy_pte(w: World, from: number, to: number): void {
  const p = w.pte.pfn[from] - 1;
  if (p < 0) return;
  const flags = w.pte.flags[from];
  if ((flags & PTE_SPECIAL) === 0) {
    get_page(w, p);
    w.page.mapcount[p]++;
  }
  set_pte(w, to, p, flags & ~PTE_DIRTY);
}

/** exit(2): the EXIT record, then memory, then descriptors (do_exit: perf_event_exit_task, exit_mm, exit_files). */
export function sys_exit(w: World, proc: number): number {
  perf_event_task(w, proc);
  exit_mmap(w, proc, addressOf(proc, 0), endOf(proc));
  for (let fd = 0; fd < FDS; fd++) {
    const event = w.files.event[proc * FDS + fd];
    w.files.event[proc * FDS + fd] = 0;
    if (event !== 0) fput(w, event - 1);
  }
  const { used, watches } = w.event;
  for (let e = 0; e < used.length; e++) if (used[e] !== 0) watches[e] &= ~(1 << proc);
  w.task.alive[proc] = 0;
  w.task.gen[proc]++;
  w.task.cap_ipc_lock[proc] = 0;
  return 0;
}

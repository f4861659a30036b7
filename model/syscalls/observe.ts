import { ARENA_PAGES } from '../alphabet/bounds.js';
import * as obs from '../alphabet/observations.js';
import type { World } from '../kernel/world.js';
import { addressOf } from '../kernel/world.js';
import * as vm from '../mm/flags.js';
import { rss_pages } from '../mm/pgtable.js';
import { linear_page_index, vma_lookup } from '../mm/vma.js';

/** VMA flags and the view bits that show them. */
const SHOWN: readonly (readonly [number, number])[] = [
  [vm.VM_READ, obs.VIEW_R],
  [vm.VM_WRITE, obs.VIEW_W],
  [vm.VM_EXEC, obs.VIEW_X],
  [vm.VM_SHARED, obs.VIEW_SHARED],
  [vm.VM_LOCKED, obs.VIEW_LO],
  [vm.VM_DONTCOPY, obs.VIEW_DC],
  [vm.VM_DONTEXPAND, obs.VIEW_DE],
  [vm.VM_DONTDUMP, obs.VIEW_DD],
  [vm.VM_IO, obs.VIEW_IO],
  [vm.VM_PFNMAP, obs.VIEW_PF],
  [vm.VM_RAND_READ, obs.VIEW_RR],
  [vm.VM_SEQ_READ, obs.VIEW_SR],
  [vm.VM_HUGEPAGE, obs.VIEW_HG],
  [vm.VM_NOHUGEPAGE, obs.VIEW_NH],
  [vm.VM_MERGEABLE, obs.VIEW_MG],
  [vm.VM_WIPEONFORK, obs.VIEW_WF],
];

/** The arena as /proc/PID/smaps shows it (show_smap), one view word a page. */
export function show_smaps(w: World, mm: number, out: Int32Array): void {
  for (let page = 0; page < ARENA_PAGES; page++) out[obs.OBS_VIEW + page] = 0;
  for (let page = 0; page < ARENA_PAGES; ) {
    const v = vma_lookup(w, addressOf(mm, page));
    if (v < 0) {
      page++;
      continue;
    }
    const end = w.vma.end[v] - addressOf(mm, 0);
    show_vma(w, v, page, end, out);
    page = end;
  }
}

function show_vma(w: World, v: number, page: number, end: number, out: Int32Array): void {
  const perf = w.vma.file[v] > 0;
  let word = perf ? obs.VIEW_PERF : obs.VIEW_ANON;
  const flags = w.vma.vm_flags[v];
  for (let i = 0; i < SHOWN.length; i++) if ((flags & SHOWN[i][0]) !== 0) word |= SHOWN[i][1];
  for (let i = 0; page + i < end; i++) {
    let shown = word;
    if (perf) shown |= (linear_page_index(w, v, v + i) & obs.VIEW_PGOFF_MASK) << obs.VIEW_PGOFF_SHIFT;
    if (perf && i === 0)
      shown |= obs.VIEW_FIRST | ((rss_pages(w, v, w.vma.end[v]) & obs.VIEW_RSS_MASK) << obs.VIEW_RSS_SHIFT);
    out[obs.OBS_VIEW + page + i] = shown;
  }
}

/** VmPin and VmLck (/proc/PID/status, task_mem). */
export function task_mem(w: World, mm: number, out: Int32Array): void {
  out[obs.OBS_VIEW] = w.task.pinned_vm[mm];
  out[obs.OBS_VIEW + 1] = w.task.locked_all[mm] !== 0 ? obs.ANY : w.task.locked_vm[mm];
}

/** Buffer sizes that headroom is tried with: a control page and 2^k data pages, or none. */
const SIZES = [65, 33, 17, 9, 5, 3, 2, 1];

/**
 * Pages that the process could still map through fresh events before EPERM, by the design's own arithmetic: it
 * maps what it may, largest first, and gives everything back. ANY while mlockall(MCL_FUTURE) is in force: an mmap may
 * then fail for the sake of VmLck before perf is asked.
 */
export function headroom(w: World, mm: number): number {
  if (w.sys.paranoid[0] <= -1 || w.task.cap_ipc_lock[mm] !== 0) return obs.UNLIMITED;
  if ((w.task.def_flags[mm] & vm.VM_LOCKED) !== 0) return obs.ANY;
  const user = w.task.user[mm];
  const { perf_mlock } = w.user;
  const { pinned_vm } = w.task;
  const mlocked = perf_mlock[user];
  const pinned = pinned_vm[mm];
  let total = 0;
  for (const size of SIZES) {
    while (w.design.calc_limits(w, mm, size, tried)) {
      perf_mlock[user] += tried.user;
      pinned_vm[mm] += tried.pinned;
      total += size;
    }
  }
  perf_mlock[user] = mlocked;
  pinned_vm[mm] = pinned;
  return total;
}

const tried = { user: 0, pinned: 0 };

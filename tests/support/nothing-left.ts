import { WARNINGS } from '#model/kernel/warn';
import type { World } from '#model/kernel/world';

const rows = (column: Int32Array): number[] => [...column.keys()].filter((row) => column[row] !== 0);

/** What is left when all processes have gone: nothing, if every count and charge was given back. By name of the column. */
export function leftOver(w: World): Record<string, number[]> {
  const columns: Record<string, Int32Array> = {
    'task.alive': w.task.alive,
    'vma.used': w.vma.used,
    'pte.pfn': w.pte.pfn,
    'event.used': w.event.used,
    'event.mmap_mutex': w.event.mmap_mutex,
    'rb.used': w.rb.used,
    'rb.aux_mutex': w.rb.aux_mutex,
    'page.state': w.page.state,
    'page.locked': w.page.locked,
    'shmem.vmas': w.shmem.vmas,
    'user.perf_mlock': w.user.perf_mlock,
    'task.pinned_vm': w.task.pinned_vm,
    'task.locked_vm': w.task.locked_vm,
  };
  const left: Record<string, number[]> = {};
  for (const [name, column] of Object.entries(columns))
    if (rows(column).length > 0) left[name] = rows(column);
  return left;
}

/** The first warning of the kernel, or 'none'. */
export function warning(w: World): string {
  return WARNINGS[w.sys.warned[0]];
}

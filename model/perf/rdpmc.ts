import { mmOf, type World } from '../kernel/world.js';

/** The count that a call for this VMA changes: in the middle of exec the memory of the VMA is no longer the current one. */
function count_for(w: World, v: number): Int32Array {
  const left = w.task.exec[mmOf(v)] !== 0 && w.design.event_mm === 'vma';
  return left ? w.task.rdpmc_left : w.task.rdpmc_allowed;
}

/** The PMU is told of a new mapping of its event, and of its memory (struct pmu, event_mapped; x86_pmu_event_mapped). */
export function event_mapped(w: World, v: number): void {
  w.event.mapped[w.vma.file[v] - 1]++;
  count_for(w, v)[mmOf(v)]++;
}

/** The PMU is told that a mapping is gone (event_unmapped). */
export function event_unmapped(w: World, v: number): void {
  w.event.mapped[w.vma.file[v] - 1]--;
  count_for(w, v)[mmOf(v)]--;
}

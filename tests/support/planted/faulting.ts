import { demand_fault } from '#model/designs/demand-fault';
import type { Design } from '#model/designs/design';
import { perf_mmap_fault } from '#model/designs/hooks/fault';
import type { World } from '#model/kernel/world';
import { get_page } from '#model/mm/page';
import { without } from '#model/mutants/change';
import { perf_mmap_to_page } from '#model/perf/ring-buffer';

type Fault = (w: World, v: number, pgoff: number, flags: number) => number;

const faults = (id: string, fault: Fault): Design => ({
  ...demand_fault,
  id,
  vm_ops: { ...demand_fault.vm_ops, fault },
});

/** Defects of the mechanism that faults pages in. */
export const FAULTING: readonly Design[] = [
  faults('fault-gets-page-twice', (w, v, pgoff, flags) => {
    const got = perf_mmap_fault(w, v, pgoff, flags);
    if (got !== 0) get_page(w, got - 1);
    return got;
  }),
  faults('fault-no-index', (w, v, pgoff, flags) => {
    const got = perf_mmap_fault(w, v, pgoff, flags);
    if (got !== 0) w.page.index[got - 1] = 0;
    return got;
  }),
  faults('fault-next-page', (w, v, pgoff, flags) => {
    const rb = w.event.rb[w.vma.file[v] - 1] - 1;
    const shown = perf_mmap_to_page(w, rb, pgoff + 1) === 0 ? pgoff : pgoff + 1;
    return perf_mmap_fault(w, v, pgoff === 0 ? 0 : shown, flags);
  }),
  { ...demand_fault, id: 'no-page-mkwrite', vm_ops: without(demand_fault.vm_ops, 'page_mkwrite') },
];

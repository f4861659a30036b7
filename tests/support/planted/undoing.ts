import { advance } from '#model/designs/advance';
import type { Design } from '#model/designs/design';
import { to_whom_was_charged } from '#model/designs/hooks/close';
import { map_range } from '#model/designs/hooks/map-range';
import { type MapPages, perf_mmap_unlocked } from '#model/designs/hooks/mmap-v6.18';
import { undo_new_buffer } from '#model/designs/hooks/undo';
import { VM_SHARED } from '#model/mm/flags';
import { remap_pfn_range } from '#model/mm/pgtable';
import { EINVAL, linear_page_index, vm_get_page_prot } from '#model/mm/vma';
import { perf_mmap_to_page } from '#model/perf/ring-buffer';
import { INTENDED, mmap_with, type Undo, undo_as_intended } from './change.js';

/** map_range that leaves its entries to whoever comes after it when it fails. */
const map_range_no_zap: MapPages = (w, v, rb) => {
  const prot = vm_get_page_prot(w.vma.vm_flags[v] & ~VM_SHARED);
  for (let address = v; address < w.vma.end[v]; address++) {
    const got = perf_mmap_to_page(w, rb, linear_page_index(w, v, address));
    const err = got === 0 ? EINVAL : remap_pfn_range(w, v, address, got - 1, prot);
    if (err !== 0) return err;
  }
  return 0;
};

const undoes = (id: string, undo: Undo): Design => ({ ...advance, id, mmap: mmap_with(map_range, undo) });

/** Defects in what happens when the pages cannot all be mapped. */
export const UNDOING: readonly Design[] = [
  { ...advance, id: 'no-zap', mmap: mmap_with(map_range_no_zap) },
  { ...advance, id: 'no-zap-unlocked', mmap: perf_mmap_unlocked(INTENDED, map_range_no_zap) },
  undoes('mapfail-deadlock', (w, v) => w.design.vm_ops.close(w, v)),
  undoes('mapfail-forgets-everything', () => {}),
  undoes('mapfail-minimal-forgets-unmapped', (w, v) => {
    undo_as_intended(w, v);
    w.event.mapped[w.vma.file[v] - 1]++;
  }),
  undoes('mapfail-minimal-forgets-unaccount', undo_new_buffer({ data() {}, aux: to_whom_was_charged.aux })),
  undoes('mapfail-leaks-buffer', (w, v) => {
    const rb = w.event.rb[w.vma.file[v] - 1] - 1;
    w.rb.refcount[rb]++;
    undo_as_intended(w, v);
  }),
  {
    ...advance,
    id: 'event-mapped-late',
    mmap: mmap_with((w, v, rb) => {
      const e = w.vma.file[v] - 1;
      w.event.mapped[e]--;
      const ret = map_range(w, v, rb);
      if (ret === 0) w.event.mapped[e]++;
      return ret;
    }),
  },
];

import { advance, INTENDED_ATTACH } from '#model/designs/advance';
import type { Design } from '#model/designs/design';
import { map_range, map_range_with } from '#model/designs/hooks/map-range';
import { perf_mmap_unlocked } from '#model/designs/hooks/mmap-v6.18';
import { mmap_with, type Undo, undo_as_intended } from '#model/mutants/change';

const undoes = (id: string, undo: Undo): Design => ({ ...advance, id, mmap: mmap_with(map_range, undo) });

/** Defects in what happens when the pages cannot all be mapped. */
export const UNDOING: readonly Design[] = [
  {
    ...advance,
    id: 'no-zap-unlocked',
    mmap: perf_mmap_unlocked(INTENDED_ATTACH, map_range_with({ give_up() {} })),
  },
  undoes('mapfail-leaks-buffer', (w, v) => {
    const rb = w.event.rb[w.vma.file[v] - 1] - 1;
    w.rb.refcount[rb]++;
    undo_as_intended(w, v);
  }),
];

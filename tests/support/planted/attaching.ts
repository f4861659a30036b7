import { ERRNO } from '#model/alphabet/errno';
import { advance, INTENDED_ATTACH } from '#model/designs/advance';
import type { Design } from '#model/designs/design';
import { become_perf_mapping } from '#model/designs/hooks/attach-v6.12';
import { perf_mmap_rb_with } from '#model/designs/hooks/attach-v6.18';
import { map_range, perf_mmap_may_split } from '#model/designs/hooks/map-range';
import { v6_14 } from '#model/designs/v6.14';
import { VM_SHARED } from '#model/mm/flags';
import { after_mmap, mmap_with } from '#model/mutants/change';
import { fput, get_file } from '#model/perf/event';

const attach_data = perf_mmap_rb_with(INTENDED_ATTACH);

/** v6.14 with `may_split`: what is left are its failures that undo nothing. */
const failures_of_v6_14: Design = { ...v6_14, vm_ops: { ...v6_14.vm_ops, may_split: perf_mmap_may_split } };

/** Defects in finding or making the buffer. */
export const ATTACHING: readonly Design[] = [
  { ...failures_of_v6_14, id: 'v6.14-failures' },
  {
    ...advance,
    id: 'lock-left-held',
    mmap: after_mmap(advance.mmap, (w, _v, e, ret) => {
      if (ret === -ERRNO.EPERM) w.event.mmap_mutex[e] = w.sys.current[0];
    }),
  },
  {
    ...advance,
    id: 'aux-lock-left-held',
    mmap: after_mmap(advance.mmap, (w, v, e, ret) => {
      if (ret === 0 && w.vma.vm_pgoff[v] !== 0) w.rb.aux_mutex[w.event.rb[e] - 1] = w.sys.current[0];
    }),
  },
  {
    ...advance,
    id: 'buffer-count-forgotten',
    mmap: after_mmap(advance.mmap, (w, _v, e, ret) => {
      if (ret === 0 && w.event.mmap_count[e] > 1) w.rb.mmap_count[w.event.rb[e] - 1]--;
    }),
  },
  {
    ...advance,
    id: 'second-mmap-maps-nothing',
    mmap(w, v) {
      const e = w.vma.file[v] - 1;
      if (w.event.rb[e] === 0 || w.vma.vm_pgoff[v] !== 0) return advance.mmap(w, v);
      const ret = attach_data(w, v, e);
      if (ret !== 0) return ret;
      become_perf_mapping(w, v);
      w.event.mapped[e]++;
      return 0;
    },
  },
  {
    ...advance,
    id: 'aux-mapped-without-pages',
    mmap(w, v) {
      const ret = advance.mmap(w, v);
      if (ret !== -ERRNO.ENOMEM || w.vma.vm_pgoff[v] === 0) return ret;
      become_perf_mapping(w, v);
      return 0;
    },
  },
  {
    ...advance,
    id: 'file-never-put',
    mmap: after_mmap(advance.mmap, (w, _v, e, ret) => {
      if (ret === -ERRNO.EINVAL) get_file(w, e);
    }),
  },
  {
    ...advance,
    id: 'file-put-twice',
    mmap: after_mmap(advance.mmap, (w, _v, e, ret) => {
      if (ret === -ERRNO.EINVAL) fput(w, e);
    }),
  },
  {
    ...advance,
    id: 'private-allowed',
    mmap(w, v) {
      w.vma.vm_flags[v] |= VM_SHARED;
      return advance.mmap(w, v);
    },
  },
  {
    ...advance,
    id: 'writable-forgotten',
    mmap: after_mmap(advance.mmap, (w, _v, e, ret) => {
      if (ret === 0) w.rb.overwrite[w.event.rb[e] - 1] = 1;
    }),
  },
  {
    ...advance,
    id: 'any-size-shared',
    mmap: mmap_with((w, v, rb) => (w.rb.mmap_count[rb] > 1 ? 0 : map_range(w, v, rb))),
  },
];

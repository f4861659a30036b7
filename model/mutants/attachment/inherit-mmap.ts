import { advance } from '../../designs/advance.js';
import { VM_SHARED } from '../../mm/flags.js';
import { mmap_attaching } from '../change.js';
import { mutant } from '../mutant.js';

export const inherit_mmap = mutant(
  advance,
  {
    id: 'inherit-mmap',
    family: 'attachment',
    needs: 'sequence',
    source: '2010',
    defect: 'An event that children of its task inherit can be mapped.',
    shows: 'tasks write into one buffer at once',
  },
  { mmap: mmap_attaching({ may_never_map: (w, v) => (w.vma.vm_flags[v] & VM_SHARED) === 0 }) },
);

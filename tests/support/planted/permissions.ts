import { advance } from '#model/designs/advance';
import type { Design } from '#model/designs/design';
import { VM_DONTCOPY, VM_FAULT_NOPAGE, VM_FAULT_SIGBUS } from '#model/mm/flags';
import { after_mmap } from '#model/mutants/change';

/** Defects in the hooks of a mapping that is there, and in its flags. */
export const PERMISSIONS: readonly Design[] = [
  {
    ...advance,
    id: 'mkwrite-page-1',
    vm_ops: {
      ...advance.vm_ops,
      pfn_mkwrite: (_w, _v, _address, pgoff) => (pgoff <= 1 ? 0 : VM_FAULT_SIGBUS),
    },
  },
  {
    ...advance,
    id: 'page-lock-left-held',
    vm_ops: {
      ...advance.vm_ops,
      pfn_mkwrite(w, _v, address, pgoff) {
        w.page.locked[w.pte.pfn[address] - 1] = 1;
        return pgoff === 0 ? 0 : VM_FAULT_SIGBUS;
      },
    },
  },
  { ...advance, id: 'mkwrite-no-page', vm_ops: { ...advance.vm_ops, pfn_mkwrite: () => VM_FAULT_SIGBUS } },
  { ...advance, id: 'mkwrite-retries', vm_ops: { ...advance.vm_ops, pfn_mkwrite: () => VM_FAULT_NOPAGE } },
  {
    ...advance,
    id: 'advance-fork-inherits-vma',
    mmap: after_mmap(advance.mmap, (w, v) => {
      w.vma.vm_flags[v] &= ~VM_DONTCOPY;
    }),
  },
];

import { advance } from '#model/designs/advance';
import type { Design } from '#model/designs/design';
import { VM_DONTCOPY, VM_FAULT_NOPAGE, VM_FAULT_SIGBUS } from '#model/mm/flags';
import { after_mmap, without } from './change.js';

/** Defects in the hooks of a mapping that is there, and in its flags. */
export const PERMISSIONS: readonly Design[] = [
  { ...advance, id: 'vma-split', vm_ops: without(advance.vm_ops, 'may_split') },
  { ...advance, id: 'no-pfn-mkwrite', vm_ops: without(advance.vm_ops, 'pfn_mkwrite') },
  { ...advance, id: 'mkwrite-any-page', vm_ops: { ...advance.vm_ops, pfn_mkwrite: () => 0 } },
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
    id: 'fork-inherits-vma',
    mmap: after_mmap(advance.mmap, (w, v) => {
      w.vma.vm_flags[v] &= ~VM_DONTCOPY;
    }),
  },
];

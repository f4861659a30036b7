import { advance } from '../../designs/advance.js';
import type { Design } from '../../designs/design.js';
import { map_range_with } from '../../designs/hooks/map-range.js';
import type { MapPages } from '../../designs/hooks/mmap-v6.18.js';
import type { World } from '../../kernel/world.js';
import { VM_FAULT_SIGBUS, VM_SHARED } from '../../mm/flags.js';
import { vm_insert_page } from '../../mm/pgtable.js';
import { vm_get_page_prot } from '../../mm/vma.js';
import { without } from '../change.js';

/** Insert every page with its struct page, read-only, after something is done to it. */
export function inserting_read_only(
  first: (w: World, v: number, address: number, page: number) => void,
): MapPages {
  return map_range_with({
    map_page(w, v, address, page) {
      first(w, v, address, page);
      w.vma.vm_page_prot[v] = vm_get_page_prot(w.vma.vm_flags[v] & ~VM_SHARED);
      return vm_insert_page(w, v, address, page);
    },
  });
}

export const insert_read_only = inserting_read_only(() => {});

/** page_mkwrite, which pages with a struct page take, in place of pfn_mkwrite. @param ret its answer for the control page */
export function page_mkwrite_answering(ret: number): Design['vm_ops'] {
  return {
    ...without(advance.vm_ops, 'pfn_mkwrite'),
    page_mkwrite: (_w, _v, _address, pgoff) => (pgoff === 0 ? ret : VM_FAULT_SIGBUS),
  };
}

import { advance } from '#model/designs/advance';
import type { Design } from '#model/designs/design';
import type { MapPages } from '#model/designs/hooks/mmap-v6.18';
import type { World } from '#model/kernel/world';
import {
  PTE_ACCESS,
  PTE_EXEC,
  PTE_WRITE,
  VM_FAULT_LOCKED,
  VM_IO,
  VM_PFNMAP,
  VM_SHARED,
} from '#model/mm/flags';
import { set_page_index, set_page_mapping } from '#model/mm/page';
import { remap_pfn_range, vm_insert_page, zap_page_range } from '#model/mm/pgtable';
import { EINVAL, linear_page_index, vm_get_page_prot } from '#model/mm/vma';
import { perf_mmap_to_page } from '#model/perf/ring-buffer';
import { mmap_with, without } from './change.js';

/** Maps one page: number, place in the file, and the protection that map_range gives. @returns 0 or -errno */
type MapPage = (w: World, v: number, address: number, page: number, prot: number) => number;

const remap: MapPage = remap_pfn_range;
const place_in_file = linear_page_index;

/** The intended map_range, with some part of it done in another way. */
function range_with(
  map_page: MapPage,
  pgoff: (w: World, v: number, address: number) => number = place_in_file,
  last: (w: World, v: number) => number = (w, v) => w.vma.end[v],
): MapPages {
  return (w, v, rb) => {
    const prot = vm_get_page_prot(w.vma.vm_flags[v] & ~VM_SHARED);
    for (let address = v; address < last(w, v); address++) {
      const got = perf_mmap_to_page(w, rb, pgoff(w, v, address));
      const err = got === 0 ? EINVAL : map_page(w, v, address, got - 1, prot);
      if (err === 0) continue;
      zap_page_range(w, v, w.vma.end[v]);
      return err;
    }
    return 0;
  };
}

const maps_pages = (id: string, map: MapPages): Design => ({ ...advance, id, mmap: mmap_with(map) });

const insert: MapPage = (w, v, address, page) => vm_insert_page(w, v, address, page);
const insert_read_only: MapPage = (w, v, address, page) => {
  w.vma.vm_page_prot[v] = vm_get_page_prot(w.vma.vm_flags[v] & ~VM_SHARED);
  return vm_insert_page(w, v, address, page);
};

const insert_with_mapping: MapPage = (w, v, address, page, prot) => {
  set_page_mapping(w, page, w.vma.file[v]);
  set_page_index(w, page, linear_page_index(w, v, address));
  return insert_read_only(w, v, address, page, prot);
};

/** Pages inserted read-only with their struct page, and page_mkwrite in place of pfn_mkwrite. */
const inserts_read_only = (id: string, ret: number, map_page: MapPage = insert_read_only): Design => ({
  ...maps_pages(id, range_with(map_page)),
  vm_ops: {
    ...without(advance.vm_ops, 'pfn_mkwrite'),
    page_mkwrite: (_w, _v, _address, pgoff) => (pgoff === 0 ? ret : 1),
  },
});

let first = 0;

/** Defects in how the pages get into the page tables. */
export const PAGES: readonly Design[] = [
  maps_pages(
    'shared-prot',
    range_with((w, v, address, page) => remap(w, v, address, page, vm_get_page_prot(w.vma.vm_flags[v]))),
  ),
  maps_pages(
    'map-wrong-origin',
    range_with(remap, (_w, v, address) => address - v),
  ),
  maps_pages(
    'last-page-forgotten',
    range_with(remap, place_in_file, (w, v) => Math.max(v + 1, w.vma.end[v] - 1)),
  ),
  maps_pages(
    'one-remap',
    range_with((w, v, address, page, prot) => {
      if (address === v) first = page;
      return remap(w, v, address, (first + address - v) % w.page.state.length, prot);
    }),
  ),
  maps_pages(
    'prot-none-readable',
    range_with((w, v, address, page) => remap(w, v, address, page, PTE_ACCESS)),
  ),
  maps_pages(
    'always-executable',
    range_with((w, v, address, page, prot) => remap(w, v, address, page, prot | PTE_EXEC)),
  ),
  maps_pages(
    'first-page-twice',
    range_with(remap, (w, v, address) => Math.max(0, linear_page_index(w, v, address) - 1)),
  ),
  maps_pages(
    'one-page-too-many',
    range_with(
      remap,
      (w, v, address) => linear_page_index(w, v, Math.min(address, w.vma.end[v] - 1)),
      (w, v) => w.vma.end[v] + 1,
    ),
  ),
  maps_pages(
    'pfn-counted',
    range_with((w, v, address, page, prot) => {
      w.page.mapcount[page]++;
      return remap(w, v, address, page, prot);
    }),
  ),
  maps_pages('insert-pages-in-mmap', range_with(insert)),
  inserts_read_only('insert-pages-ro-noretry', 0),
  inserts_read_only('insert-pages-locked', VM_FAULT_LOCKED),
  inserts_read_only('folio', 0, insert_with_mapping),
  maps_pages(
    'no-pfnmap-flags',
    range_with((w, v, address, page, prot) => {
      const ret = remap(w, v, address, page, prot);
      w.vma.vm_flags[v] &= ~(VM_IO | VM_PFNMAP);
      return ret;
    }),
  ),
  maps_pages(
    'index-written',
    range_with((w, v, address, page, prot) => {
      w.page.index[page] = linear_page_index(w, v, address);
      return remap(w, v, address, page, prot);
    }),
  ),
  {
    ...maps_pages(
      'mapping-written',
      range_with((w, v, address, page, prot) => {
        set_page_mapping(w, page, w.vma.file[v]);
        set_page_index(w, page, linear_page_index(w, v, address));
        return remap(w, v, address, page, prot);
      }),
    ),
    before_free: (w, page) => set_page_mapping(w, page, 0),
  },
  { ...advance, id: 'mapping-cleared', before_free: (w, page) => set_page_mapping(w, page, 0) },
  {
    ...maps_pages(
      'control-rw-no-hook',
      range_with((w, v, address, page, prot) => {
        const control = linear_page_index(w, v, address) === 0;
        const writable = vm_get_page_prot(w.vma.vm_flags[v]) & PTE_WRITE;
        return remap(w, v, address, page, control ? prot | writable : prot);
      }),
    ),
    vm_ops: without(advance.vm_ops, 'pfn_mkwrite'),
  },
];

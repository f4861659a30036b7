import { advance } from '#model/designs/advance';
import type { Design } from '#model/designs/design';
import { type MapRangeParts, map_range_with } from '#model/designs/hooks/map-range';
import { PTE_ACCESS, PTE_EXEC } from '#model/mm/flags';
import { set_page_index, set_page_mapping } from '#model/mm/page';
import { remap_pfn_range } from '#model/mm/pgtable';
import { linear_page_index } from '#model/mm/vma';
import { mmap_with } from '#model/mutants/change';

type MapPage = MapRangeParts['map_page'];

const maps_range = (id: string, changed: Partial<MapRangeParts>): Design => ({
  ...advance,
  id,
  mmap: mmap_with(map_range_with(changed)),
});
const maps_pages = (id: string, map_page: MapPage): Design => maps_range(id, { map_page });

/** Defects in how the pages get into the page tables. */
export const PAGES: readonly Design[] = [
  maps_range('last-page-forgotten', { end: (w, v) => Math.max(v + 1, w.vma.end[v] - 1) }),
  maps_range('prot-none-readable', { prot: () => PTE_ACCESS }),
  maps_pages('always-executable', (w, v, address, page, prot) =>
    remap_pfn_range(w, v, address, page, prot | PTE_EXEC),
  ),
  maps_range('first-page-twice', {
    pgoff: (w, v, address) => Math.max(0, linear_page_index(w, v, address) - 1),
  }),
  maps_range('one-page-too-many', {
    pgoff: (w, v, address) => linear_page_index(w, v, Math.min(address, w.vma.end[v] - 1)),
    end: (w, v) => w.vma.end[v] + 1,
  }),
  maps_pages('pfn-counted', (w, v, address, page, prot) => {
    w.page.mapcount[page]++;
    return remap_pfn_range(w, v, address, page, prot);
  }),
  maps_pages('index-written', (w, v, address, page, prot) => {
    w.page.index[page] = linear_page_index(w, v, address);
    return remap_pfn_range(w, v, address, page, prot);
  }),
  {
    ...maps_pages('mapping-written', (w, v, address, page, prot) => {
      set_page_mapping(w, page, w.vma.file[v]);
      set_page_index(w, page, linear_page_index(w, v, address));
      return remap_pfn_range(w, v, address, page, prot);
    }),
    before_free: (w, page) => set_page_mapping(w, page, 0),
  },
  { ...advance, id: 'mapping-cleared', before_free: (w, page) => set_page_mapping(w, page, 0) },
];

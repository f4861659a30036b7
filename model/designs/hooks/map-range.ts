import type { World } from '../../kernel/world.js';
import { VM_FAULT_SIGBUS, VM_SHARED } from '../../mm/flags.js';
import { remap_pfn_range, zap_page_range } from '../../mm/pgtable.js';
import { EINVAL, linear_page_index, vm_get_page_prot } from '../../mm/vma.js';
import { perf_mmap_to_page } from '../../perf/ring-buffer.js';

/** What map_range is made of, for designs that do a part of it in another way. */
export interface MapRangeParts {
  /** The place in the buffer's file that an address shows. */
  pgoff(w: World, v: number, address: number): number;
  /** The address after the last one. */
  end(w: World, v: number): number;
  /** Protection of the entries. */
  prot(w: World, v: number): number;
  /** Map one page. @returns 0 or -errno */
  map_page(w: World, v: number, address: number, page: number, prot: number): number;
  /** A page could not be mapped: what becomes of those before it. */
  give_up(w: World, v: number, end: number): void;
}

const PARTS: MapRangeParts = {
  pgoff: linear_page_index,
  end: (w, v) => w.vma.end[v],
  prot: (w, v) => vm_get_page_prot(w.vma.vm_flags[v] & ~VM_SHARED),
  map_page: remap_pfn_range,
  give_up: zap_page_range,
};

/** `map_range` with some of its parts changed. */
export function map_range_with(changed: Partial<MapRangeParts>): (w: World, v: number, rb: number) => number {
  const { pgoff, end: end_of, prot: prot_of, map_page, give_up } = { ...PARTS, ...changed };
  return (w, v, rb) => {
    const end = end_of(w, v);
    const prot = prot_of(w, v);
    for (let address = v; address < end; address++) {
      const got = perf_mmap_to_page(w, rb, pgoff(w, v, address));
      const err = got === 0 ? EINVAL : map_page(w, v, address, got - 1, prot);
      if (err !== 0) {
        give_up(w, v, w.vma.end[v]);
        return err;
      }
    }
    return 0;
  };
}

/**
 * map_range (v6.14): every page of the VMA is mapped in advance, write-protected, without its struct page. A failure
 * takes back what was mapped.
 */
export const map_range = map_range_with({});

/** perf_mmap_pfn_mkwrite (v6.14): page 0 is the control page, all others are read-only. */
export function perf_mmap_pfn_mkwrite(_w: World, _v: number, _address: number, pgoff: number): number {
  return pgoff === 0 ? 0 : VM_FAULT_SIGBUS;
}

/** perf_mmap_may_split (v6.17, and stable kernels from July 2025): a perf mapping is never cut. */
export function perf_mmap_may_split(): number {
  return EINVAL;
}

/** Nothing to undo in a page that the mapping never wrote to. */
export function leave_page(): void {}

import { advance } from '../../designs/advance.js';
import type { World } from '../../kernel/world.js';
import { VM_SHARED } from '../../mm/flags.js';
import { remap_pfn_range, zap_page_range } from '../../mm/pgtable.js';
import { linear_page_index, vm_get_page_prot } from '../../mm/vma.js';
import { perf_mmap_to_page } from '../../perf/ring-buffer.js';
import { mmap_with } from '../change.js';
import { mutant } from '../mutant.js';

const frame = (w: World, v: number, rb: number, address: number): number =>
  perf_mmap_to_page(w, rb, linear_page_index(w, v, address)) - 1;

/** map_range with one call for each run of frames that follow each other; right if remap_pfn_range cleans up after itself. */
function map_runs(w: World, v: number, rb: number): number {
  const prot = vm_get_page_prot(w.vma.vm_flags[v] & ~VM_SHARED);
  for (let address = v, pages = 1; address < w.vma.end[v]; address += pages, pages = 1) {
    const first = frame(w, v, rb, address);
    while (address + pages < w.vma.end[v] && frame(w, v, rb, address + pages) === first + pages) pages++;
    const err = remap_pfn_range(w, v, address, first, prot, pages);
    if (err === 0) continue;
    zap_page_range(w, v, address);
    return err;
  }
  return 0;
}

export const partial_pfn_left = mutant(
  advance,
  {
    id: 'partial-pfn-left',
    family: 'core-mm',
    needs: 'injection',
    source: '79a61cc3fc04, CVE-2024-47674',
    defect:
      'remap_pfn_range leaves what it had mapped when it fails, and map_range, which maps pages that follow each other at once, relies on it.',
    shows: 'entries to pages that are freed',
  },
  { core: { ...advance.core, remap_cleans_up: false }, mmap: mmap_with(map_runs) },
);

import { ARENA_PAGES } from '../../model/alphabet/bounds.js';
import { ALL_MMS, addressOf, type World } from '../../model/kernel/world.js';
import { PTE_SPECIAL } from '../../model/mm/flags.js';
import { MAX_PAGES } from '../../model/mm/tables.js';
import { MAX_EVENTS, MAX_RBS } from '../../model/perf/tables.js';

/**
 * What the page tables and VMAs of all processes add up to: counted once after an operation, read by every
 * invariant.
 */
export class Census {
  /** VMAs of each event, over all processes. */
  readonly eventVmas = new Int32Array(MAX_EVENTS);
  /** VMAs of each buffer, by the event behind the VMA, and those of them with a pgoff. */
  readonly rbVmas = new Int32Array(MAX_RBS);
  readonly rbAuxVmas = new Int32Array(MAX_RBS);
  /** Entries that map each page with its struct page, and without. */
  readonly mappers = new Int32Array(MAX_PAGES);
  readonly pfnMappers = new Int32Array(MAX_PAGES);
  /** Perf VMAs by number, `vmas` of them. */
  readonly vmaList = new Int32Array(ARENA_PAGES * ALL_MMS.length);
  vmas = 0;
  /** Addresses with a page table entry, `ptes` of them. */
  readonly pteList = new Int32Array(ARENA_PAGES * ALL_MMS.length);
  ptes = 0;

  take(w: World): void {
    this.eventVmas.fill(0);
    this.rbVmas.fill(0);
    this.rbAuxVmas.fill(0);
    this.mappers.fill(0);
    this.pfnMappers.fill(0);
    this.vmas = 0;
    this.ptes = 0;
    for (const mm of ALL_MMS)
      if (w.task.alive[mm] !== 0) this.#walk(w, addressOf(mm, 0), addressOf(mm + 1, 0));
  }

  #walk(w: World, start: number, end: number): void {
    const { pfn, flags } = w.pte;
    const { vma } = w.tree;
    for (let a = start; a < end; a++) {
      if (pfn[a] !== 0) {
        this.pteList[this.ptes++] = a;
        if ((flags[a] & PTE_SPECIAL) !== 0) this.pfnMappers[pfn[a] - 1]++;
        else this.mappers[pfn[a] - 1]++;
      }
      if (vma[a] === a + 1 && w.vma.file[a] > 0) this.#count(w, a);
    }
  }

  #count(w: World, v: number): void {
    const e = w.vma.file[v] - 1;
    this.vmaList[this.vmas++] = v;
    this.eventVmas[e]++;
    const rb = w.event.rb[e] - 1;
    if (rb < 0) return;
    this.rbVmas[rb]++;
    if (w.vma.vm_pgoff[v] !== 0) this.rbAuxVmas[rb]++;
  }
}

import { ARENA_PAGES, PROCS } from '../../model/alphabet/bounds.js';
import type { World } from '../../model/kernel/world.js';
import { PTE_SPECIAL } from '../../model/mm/flags.js';
import { MAX_PAGES } from '../../model/mm/tables.js';
import { MAX_EVENTS, MAX_RBS } from '../../model/perf/tables.js';

/**
 * What the tables add up to: counted once after an operation, read by every invariant. The lists name the rows in
 * use, so that an invariant passes over the rest.
 */
export class Census {
  readonly #counts = new Int32Array(MAX_EVENTS + 3 * MAX_RBS + MAX_PAGES);
  /** VMAs of each event, over all processes. */
  readonly eventVmas = this.#counts.subarray(0, MAX_EVENTS);
  /** VMAs of each buffer, by the event behind the VMA, and those of them with a pgoff. */
  readonly rbVmas = this.#counts.subarray(MAX_EVENTS, MAX_EVENTS + MAX_RBS);
  readonly rbAuxVmas = this.#counts.subarray(MAX_EVENTS + MAX_RBS, MAX_EVENTS + 2 * MAX_RBS);
  /** Events attached to each buffer. */
  readonly rbEvents = this.#counts.subarray(MAX_EVENTS + 2 * MAX_RBS, MAX_EVENTS + 3 * MAX_RBS);
  /** Entries that map each page with its struct page. */
  readonly mappers = this.#counts.subarray(MAX_EVENTS + 3 * MAX_RBS);
  readonly eventList = new Int32Array(MAX_EVENTS);
  events = 0;
  /** Buffers that live, and buffers that do not but have events attached. */
  readonly rbList = new Int32Array(MAX_RBS);
  rbs = 0;
  /** Pages that are allocated. */
  readonly pageList = new Int32Array(MAX_PAGES);
  pages = 0;
  /** Addresses with a page table entry. */
  readonly pteList = new Int32Array(ARENA_PAGES * PROCS);
  ptes = 0;

  take(w: World): void {
    this.#counts.fill(0);
    this.#list_pages(w.page.state);
    this.#list_events(w);
    this.ptes = 0;
    for (let mm = 0; mm < PROCS; mm++) if (w.task.alive[mm] !== 0) this.#walk(w, mm * ARENA_PAGES);
    this.#list_rbs(w.rb.used);
  }

  #list_pages(state: Int32Array): void {
    let n = 0;
    for (let p = 0; p < MAX_PAGES; p++) if (state[p] !== 0) this.pageList[n++] = p;
    this.pages = n;
  }

  #list_events(w: World): void {
    const { used, rb } = w.event;
    let n = 0;
    for (let e = 0; e < MAX_EVENTS; e++) {
      if (used[e] === 0) continue;
      this.eventList[n++] = e;
      if (rb[e] !== 0) this.rbEvents[rb[e] - 1]++;
    }
    this.events = n;
  }

  #list_rbs(used: Int32Array): void {
    let n = 0;
    for (let rb = 0; rb < MAX_RBS; rb++) if (used[rb] !== 0 || this.rbEvents[rb] !== 0) this.rbList[n++] = rb;
    this.rbs = n;
  }

  #walk(w: World, start: number): void {
    const { pfn, flags } = w.pte;
    const { vma } = w.tree;
    const { file } = w.vma;
    for (let a = start; a < start + ARENA_PAGES; a++) {
      if (pfn[a] !== 0) {
        this.pteList[this.ptes++] = a;
        if ((flags[a] & PTE_SPECIAL) === 0) this.mappers[pfn[a] - 1]++;
      }
      if (vma[a] === a + 1 && file[a] > 0) this.#count(w, a);
    }
  }

  #count(w: World, v: number): void {
    const e = w.vma.file[v] - 1;
    this.eventVmas[e]++;
    const rb = w.event.rb[e] - 1;
    if (rb < 0) return;
    this.rbVmas[rb]++;
    if (w.vma.vm_pgoff[v] !== 0) this.rbAuxVmas[rb]++;
  }
}

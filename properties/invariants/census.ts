import { ARENA_PAGES, PROCS } from '../../model/alphabet/bounds.js';
import { mmOf, type World } from '../../model/kernel/world.js';
import { PTE_SPECIAL } from '../../model/mm/flags.js';
import { MAX_PAGES } from '../../model/mm/tables.js';
import { MAX_EVENTS, MAX_RBS, RB_AUX_PAGES, RB_PAGES } from '../../model/perf/tables.js';

/**
 * What the tables add up to: counted once after an operation, read by every invariant. The lists name the rows in
 * use, so that an invariant passes over the rest.
 */
export class Census {
  readonly #counts = new Int32Array(2 * MAX_EVENTS + 5 * MAX_RBS + MAX_PAGES + PROCS);
  #taken = 0;
  /** VMAs of each event, and descriptors that are open on it, over all processes. */
  readonly eventVmas = this.#take(MAX_EVENTS);
  readonly eventFds = this.#take(MAX_EVENTS);
  /** VMAs of each buffer, by the event behind the VMA, and those of them that begin beyond its data pages. */
  readonly rbVmas = this.#take(MAX_RBS);
  readonly rbAuxVmas = this.#take(MAX_RBS);
  /** Events attached to each buffer. */
  readonly rbEvents = this.#take(MAX_RBS);
  /** Pages that each live buffer knows as its control and data pages, and as its AUX pages. */
  readonly rbPages = this.#take(MAX_RBS);
  readonly rbAuxPages = this.#take(MAX_RBS);
  /** VMAs of events in each process's memory. */
  readonly mmVmas = this.#take(PROCS);
  /** Entries that map each page with its struct page. */
  readonly mappers = this.#take(MAX_PAGES);
  /** All of these together, whether the event lives or not. */
  uses = 0;
  readonly eventList = new Int32Array(MAX_EVENTS);
  events = 0;
  /** Buffers that live, and buffers that do not but have events attached. */
  readonly rbList = new Int32Array(MAX_RBS);
  rbs = 0;
  /** Pages that live buffers know. */
  readonly pageList = new Int32Array(MAX_PAGES);
  pages = 0;
  /** Pages that are allocated: as many, or some are leaked. */
  allocated = 0;
  /** Addresses with a page table entry. */
  readonly pteList = new Int32Array(ARENA_PAGES * PROCS);
  ptes = 0;
  /** Entries of them that map by PFN. */
  special = 0;
  /** Pages that the VMAs of events cover. */
  covered = 0;

  #take(rows: number): Int32Array {
    this.#taken += rows;
    return this.#counts.subarray(this.#taken - rows, this.#taken);
  }

  take(w: World): void {
    this.#counts.fill(0);
    this.allocated = count_allocated(w.page.state);
    this.#list_events(w);
    this.#list_rbs(w);
    this.ptes = 0;
    this.special = 0;
    this.covered = 0;
    for (let mm = 0; mm < PROCS; mm++) if (w.task.alive[mm] !== 0) this.#walk(w, mm * ARENA_PAGES);
  }

  #list_events(w: World): void {
    const { eventList, eventFds, rbEvents } = this;
    const { used, rb } = w.event;
    const slots = w.files.event;
    let n = 0;
    for (let e = 0; e < MAX_EVENTS; e++) {
      if (used[e] === 0) continue;
      eventList[n++] = e;
      if (rb[e] !== 0) rbEvents[rb[e] - 1]++;
    }
    this.events = n;
    this.uses = 0;
    for (let slot = 0; slot < slots.length; slot++) {
      if (slots[slot] === 0) continue;
      eventFds[slots[slot] - 1]++;
      this.uses++;
    }
  }

  #list_rbs(w: World): void {
    const { rbList, rbEvents } = this;
    const { used } = w.rb;
    let n = 0;
    this.pages = 0;
    for (let rb = 0; rb < MAX_RBS; rb++) {
      if (used[rb] !== 0) {
        this.rbPages[rb] = this.#list_pages(w.rbData.page, rb * RB_PAGES, RB_PAGES);
        this.rbAuxPages[rb] = this.#list_pages(w.rbAux.page, rb * RB_AUX_PAGES, RB_AUX_PAGES);
      } else if (rbEvents[rb] === 0) continue;
      rbList[n++] = rb;
    }
    this.rbs = n;
  }

  /** List the pages of a buffer's table from this place on, up to the first empty one. @returns how many */
  #list_pages(table: Int32Array, first: number, most: number): number {
    const { pageList, pages } = this;
    let n = 0;
    while (n < most && table[first + n] !== 0 && pages + n < MAX_PAGES) {
      pageList[pages + n] = table[first + n] - 1;
      n++;
    }
    this.pages = pages + n;
    return n;
  }

  #walk(w: World, start: number): void {
    const { pteList, mappers } = this;
    const { pfn, flags } = w.pte;
    const { vma } = w.tree;
    const { file } = w.vma;
    let { ptes, special, covered } = this;
    for (let a = start; a < start + ARENA_PAGES; a++) {
      if (pfn[a] !== 0) {
        pteList[ptes++] = a;
        if ((flags[a] & PTE_SPECIAL) !== 0) special++;
        else mappers[pfn[a] - 1]++;
      }
      const v = vma[a] - 1;
      if (v < 0 || file[v] <= 0) continue;
      covered++;
      if (v === a) this.#count(w, v);
    }
    this.ptes = ptes;
    this.special = special;
    this.covered = covered;
  }

  #count(w: World, v: number): void {
    const e = w.vma.file[v] - 1;
    this.eventVmas[e]++;
    this.mmVmas[mmOf(v)]++;
    this.uses++;
    const rb = w.event.rb[e] - 1;
    if (rb < 0) return;
    this.rbVmas[rb]++;
    const pgoff = w.vma.vm_pgoff[v];
    if (pgoff >= RB_PAGES || w.rbData.page[rb * RB_PAGES + pgoff] === 0) this.rbAuxVmas[rb]++;
  }
}

/** Four at a time: this is the longest of the columns that are read after every operation. */
function count_allocated(state: Int32Array): number {
  let n = 0;
  for (let p = 0; p < MAX_PAGES; p += 4) n += state[p] + state[p + 1] + state[p + 2] + state[p + 3];
  return n;
}

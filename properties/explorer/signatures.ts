import { ARENA_PAGES, FDS, PROCS } from '../../model/alphabet/bounds.js';
import type { World } from '../../model/kernel/world.js';
import type { Renaming } from './renaming.js';

/** Mix ints into one: no more than a hint of what is alike, so that losing some of it loses speed only. */
const mix = (h: number, x: number): number => {
  h = Math.imul(h ^ x, 0x9e3779b1);
  return h ^ (h >>> 15);
};

/** What a row has in these columns. */
function mixRow(h: number, columns: readonly Int32Array[], row: number): number {
  let mixed = h;
  for (const column of columns) mixed = mix(mixed, column[row]);
  return mixed;
}

/** What a process is like that is no more. */
const DEAD = 0;

/**
 * Numbers that say what a process, a descriptor or a stretch of pages is like, whatever it is called. Among many renamings only
 * those that put these numbers into the least order can give the least form.
 */
export class Signatures {
  readonly #w: World;
  readonly #pages: number;
  readonly #process = new Int32Array(PROCS);
  readonly #fd = new Int32Array(PROCS * FDS);
  readonly #page = new Int32Array(PROCS * ARENA_PAGES);
  readonly #best: Int32Array;
  readonly #processes: number;
  /** By what processes, mappings, events and buffers are told. */
  readonly #ofTask: readonly Int32Array[];
  readonly #ofVma: readonly Int32Array[];
  readonly #ofEvent: readonly Int32Array[];
  readonly #ofBuffer: readonly Int32Array[];

  constructor(world: World, processes: number, pages: number) {
    this.#w = world;
    this.#pages = pages;
    this.#processes = processes;
    this.#best = new Int32Array(processes * (1 + FDS + pages));
    const { task, vma, event, rb } = world;
    this.#ofTask = [task.pinned_vm, task.rlimit_memlock];
    this.#ofVma = [vma.vm_flags, vma.vm_pgoff];
    this.#ofEvent = [
      event.f_count,
      event.mmap_count,
      event.inherit,
      event.backward,
      event.has_aux,
      event.cpu,
    ];
    this.#ofBuffer = [rb.mmap_count, rb.mmap_locked, rb.refcount];
  }

  /** Look at the state as it is. */
  take(): void {
    const { task } = this.#w;
    for (let p = 0; p < this.#processes; p++) {
      this.#process[p] = task.alive[p] === 0 ? DEAD : this.#take(p);
    }
  }

  /** Look at a process that lives. @returns what it is like: the same in whatever order its descriptors and pages stand */
  #take(p: number): number {
    const { files, tree, vma, pte } = this.#w;
    let all = mixRow(1, this.#ofTask, p);
    for (let fd = p * FDS; fd < (p + 1) * FDS; fd++) {
      this.#fd[fd] = files.event[fd] === 0 ? 0 : this.#event(files.event[fd] - 1);
      all += mix(2, this.#fd[fd]);
    }
    for (let a = p * ARENA_PAGES; a < p * ARENA_PAGES + this.#pages; a++) {
      let h = 0;
      if (pte.pfn[a] !== 0) h = mix(4, pte.flags[a]);
      if (tree.vma[a] === a + 1) {
        h = mixRow(h, this.#ofVma, a);
        if (vma.file[a] > 0) h = mix(h, this.#event(vma.file[a] - 1));
      }
      this.#page[a] = h;
      all += mix(3, h);
    }
    return all;
  }

  #event(e: number): number {
    const h = mixRow(5, this.#ofEvent, e);
    const b = this.#w.event.rb[e] - 1;
    return b < 0 ? h : mixRow(h, this.#ofBuffer, b);
  }

  /** Compare what two descriptors of a process are like. */
  compareFds(p: number, a: number, b: number): number {
    return orderOf(this.#fd[p * FDS + a], this.#fd[p * FDS + b]);
  }

  /** Compare what two stretches of pages of a process's arena are like, page by page. */
  compareStretches(p: number, a: number, b: number, length: number): number {
    for (let i = 0; i < length; i++) {
      const order = orderOf(this.#page[p * ARENA_PAGES + a + i], this.#page[p * ARENA_PAGES + b + i]);
      if (order !== 0) return order;
    }
    return 0;
  }

  /** Compare the order that a renaming gives with the least so far. @returns below 0: less, and now the least; 0: the same */
  compare(renaming: Renaming, first: boolean): number {
    const best = this.#best;
    let order = first ? -1 : 0;
    let n = 0;
    for (let name = 0; name < this.#processes; name++) {
      const p = renaming.procFrom[name];
      order = put(best, n++, this.#process[p], order);
      if (this.#process[p] === DEAD) continue;
      const fds = renaming.fds[p].from;
      for (let fd = 0; fd < FDS; fd++) order = put(best, n++, this.#fd[p * FDS + fds[fd]], order);
      const pages = renaming.pages[p].from;
      for (let q = 0; q < this.#pages; q++)
        order = put(best, n++, this.#page[p * ARENA_PAGES + pages[q]], order);
    }
    return order;
  }
}

const orderOf = (one: number, other: number): number => (one < other ? -1 : one > other ? 1 : 0);

/** Go on comparing: once it is less, the rest replaces what was the least. */
function put(best: Int32Array, n: number, x: number, order: number): number {
  const next = order === 0 ? orderOf(x, best[n]) : order;
  if (next < 0) best[n] = x;
  return next;
}

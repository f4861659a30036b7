import { FDS, PROCS } from '../../model/alphabet/bounds.js';
import { VIEW_NONE, VIEW_PERF } from '../../model/alphabet/observations.js';
import type { SequenceView } from '../../model/alphabet/specification.js';

const ALL = (1 << PROCS) - 1;

/**
 * What a generator asks of a `SequenceView`, kept as bit masks until an operation may have changed it: most
 * operations change neither mappings nor descriptors, and asking 32 pages again costs more than drawing one operation.
 */
export class KnownState {
  view: SequenceView;
  /** Pages with a mapping of any kind, by process. Read after `refresh`. */
  readonly mapped = new Int32Array(PROCS);
  /** Pages of perf mappings. */
  readonly perf = new Int32Array(PROCS);
  /** First pages of perf mappings with pgoff 0: control pages. */
  readonly control = new Int32Array(PROCS);
  /** First pages of all perf mappings. */
  readonly first = new Int32Array(PROCS);
  /** Descriptor slots that are open. */
  readonly fds = new Int32Array(PROCS);
  /** Of these, the ones whose event has a buffer. */
  readonly buffered = new Int32Array(PROCS);
  /** Processes that live. */
  alive = 1;
  /** Pages of each process that have to be asked again. */
  readonly #stalePages = new Int32Array(PROCS).fill(-1);
  #staleFds = ALL;
  #staleAlive = true;

  constructor(view: SequenceView) {
    this.view = view;
  }

  /** A sequence begins, or processes come or go with the operation that was just drawn. */
  forget(): void {
    this.#stalePages.fill(-1);
    this.#staleFds = ALL;
    this.#staleAlive = true;
  }

  /** These pages of this process may change with the operation that was just drawn. */
  mapsChange(proc: number, pages: number): void {
    this.#stalePages[proc] |= pages;
    // An unmapped buffer leaves the events of every process.
    this.#staleFds = ALL;
  }

  /** Descriptors or their events may change with the operation that was just drawn. */
  fdsChange(): void {
    this.#staleFds = ALL;
  }

  refreshAlive(): void {
    if (!this.#staleAlive) return;
    this.#staleAlive = false;
    let alive = 0;
    for (let proc = 0; proc < PROCS; proc++) if (this.view.alive(proc)) alive |= 1 << proc;
    this.alive = alive;
  }

  /** Bring the masks of one living process up to date. */
  refresh(proc: number): void {
    const bit = 1 << proc;
    const pages = this.#stalePages[proc];
    if (pages !== 0) {
      this.#stalePages[proc] = 0;
      this.#readMaps(proc, pages);
    }
    if ((this.#staleFds & bit) !== 0) {
      this.#staleFds &= ~bit;
      this.#readFds(proc);
    }
  }

  /** Bring the masks of all processes up to date; those of dead ones are empty. */
  refreshAll(): void {
    for (let proc = 0; proc < PROCS; proc++) this.refresh(proc);
  }

  #readMaps(proc: number, pages: number): void {
    const view = this.view;
    let mapped = this.mapped[proc] & ~pages;
    let perf = this.perf[proc] & ~pages;
    let control = this.control[proc] & ~pages;
    let first = this.first[proc] & ~pages;
    for (let rest = pages; rest !== 0; rest &= rest - 1) {
      const bit = rest & -rest;
      const page = 31 - Math.clz32(bit);
      const kind = view.pageKind(proc, page);
      if (kind === VIEW_NONE) continue;
      mapped |= bit;
      if (kind !== VIEW_PERF) continue;
      perf |= bit;
      if (view.mappingStart(proc, page) !== page) continue;
      first |= bit;
      if (view.pagePgoff(proc, page) === 0) control |= bit;
    }
    this.mapped[proc] = mapped;
    this.perf[proc] = perf;
    this.control[proc] = control;
    this.first[proc] = first;
  }

  #readFds(proc: number): void {
    const view = this.view;
    let fds = 0;
    let buffered = 0;
    for (let fd = 0; fd < FDS; fd++) {
      if (!view.fdOpen(proc, fd)) continue;
      fds |= 1 << fd;
      if (view.bufferPages(proc, fd) > 0) buffered |= 1 << fd;
    }
    this.fds[proc] = fds;
    this.buffered[proc] = buffered;
  }
}

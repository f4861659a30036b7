import { FDS, PROCS } from '../../model/alphabet/bounds.js';

/**
 * Setting up an AUX area takes three operations that fit together: store aux_offset, store aux_size, mmap at that offset.
 * The plan remembers what is left of them, and which descriptors can have one as far as the sequence shows.
 */
export class AuxPlan {
  /** Operations of the plan that are still to come: 2 (store aux_size), 1 (mmap) or 0. */
  left = 0;
  proc = 0;
  fd = 0;
  /** Control page. */
  page = 0;
  /** Place of the AUX area in the file, in pages. */
  offset = 0;
  npages = 0;
  /** By process: descriptors that were opened with the aux flag. A hint: the open may have failed. */
  readonly #capable = new Int32Array(PROCS);
  /** By process and descriptor: page at which its buffer was last mapped. A hint as well. */
  readonly #control = new Int32Array(PROCS * FDS);
  /** By process and descriptor: place and size of the AUX area that was last planned; 0: none. */
  readonly #offset = new Int32Array(PROCS * FDS);
  readonly #npages = new Int32Array(PROCS * FDS);

  forget(): void {
    this.left = 0;
    this.#capable.fill(0);
    this.#control.fill(0);
    this.#offset.fill(0);
    this.#npages.fill(0);
  }

  opened(proc: number, fd: number, capable: boolean): void {
    const bit = 1 << fd;
    const before = this.#capable[proc];
    this.#capable[proc] = capable ? before | bit : before & ~bit;
    this.#offset[proc * FDS + fd] = 0;
  }

  copied(proc: number, fd: number, newfd: number): void {
    this.opened(proc, newfd, this.capable(proc, fd));
    this.#take(proc * FDS + newfd, proc * FDS + fd);
  }

  /** The event writes into the buffer of another: it may ask for the AUX area there. */
  redirected(proc: number, fd: number, target: number): void {
    this.#take(proc * FDS + fd, proc * FDS + target);
  }

  forked(proc: number, child: number): void {
    this.#capable[child] = this.#capable[proc];
    for (let fd = 0; fd < FDS; fd++) this.#take(child * FDS + fd, proc * FDS + fd);
  }

  #take(to: number, from: number): void {
    this.#control[to] = this.#control[from];
    this.#offset[to] = this.#offset[from];
    this.#npages[to] = this.#npages[from];
  }

  mapped(proc: number, fd: number, page: number): void {
    this.#control[proc * FDS + fd] = page;
  }

  capable(proc: number, fd: number): boolean {
    return ((this.#capable[proc] >>> fd) & 1) !== 0;
  }

  controlPage(proc: number, fd: number): number {
    return this.#control[proc * FDS + fd];
  }

  offsetOf(proc: number, fd: number): number {
    return this.#offset[proc * FDS + fd];
  }

  npagesOf(proc: number, fd: number): number {
    return this.#npages[proc * FDS + fd];
  }

  start(proc: number, fd: number, page: number, offset: number, npages: number): void {
    this.left = 2;
    this.proc = proc;
    this.fd = fd;
    this.page = page;
    this.offset = offset;
    this.npages = npages;
    this.#offset[proc * FDS + fd] = offset;
    this.#npages[proc * FDS + fd] = npages;
  }
}

import { setImmediate } from 'node:timers/promises';

/** Milliseconds for which a check may keep the event loop waiting: short enough for signals and a progress bar. */
const SLICE_MS = 25;

/** Cuts long work into slices: between them the event loop runs, so that Ctrl-C and progress get through. */
export class Slices {
  readonly #start = performance.now();
  #sliceEnd = this.#start + SLICE_MS;

  /** Milliseconds since the work began. */
  elapsed(): number {
    return performance.now() - this.#start;
  }

  /** Has this slice taken its time? Then `pause` is due. */
  isDue(): boolean {
    return performance.now() >= this.#sliceEnd;
  }

  /** Let the event loop run, then begin the next slice. */
  async pause(): Promise<void> {
    await setImmediate();
    this.#sliceEnd = performance.now() + SLICE_MS;
  }
}

/** Why a search ends before it is through. */
export type Cut = 'time' | 'interrupted';

/** Milliseconds between two looks at the clock and at what else the process has to do. */
const SLICE_MS = 50;

/** How long a search may take, and how it lets go of the processor now and then. */
export class Patience {
  readonly #end: number;
  readonly #signal: AbortSignal | undefined;
  #next = 0;

  /** @param timeMs from now on */
  constructor(timeMs: number, signal?: AbortSignal) {
    this.#end = Date.now() + timeMs;
    this.#signal = signal;
  }

  /** Whether it is time for `pause`. */
  get due(): boolean {
    return Date.now() >= this.#next;
  }

  /** Let others have the processor. @returns why the search has to end now, if it has to */
  async pause(): Promise<Cut | undefined> {
    this.#next = Date.now() + SLICE_MS;
    await new Promise((resolve) => setImmediate(resolve));
    if (this.#signal?.aborted === true) return 'interrupted';
    return Date.now() >= this.#end ? 'time' : undefined;
  }
}

import type { Env, TraceSystem } from '../../model/alphabet/system.js';
import { NoAgentError } from '../../model/linux/compile.js';
import { AgentError } from '../../model/linux/lane.js';
import { KernelLost } from '../checkers/ask-kernel.js';

/** The limits that sequences start from; all else of the environment is the machine's. */
export type StartLimits = Pick<Env, 'gift' | 'rlimit'>;

/** A kernel that can be opened, again and again, for sequences that start from these limits. */
export interface OpenableKernel {
  /** As it was asked for: `host`, a path, `debian:6.12`. */
  readonly name: string;
  open(start: StartLimits): Promise<TraceSystem>;
}

/** One kernel, opened for each of the limits that sequences need, and closed together. */
export class KernelPool {
  readonly #kernel: OpenableKernel;
  readonly #open = new Map<string, Promise<TraceSystem>>();

  constructor(kernel: OpenableKernel) {
    this.#kernel = kernel;
  }

  /** @throws KernelLost when it cannot be opened (any more) */
  at({ gift, rlimit }: StartLimits): Promise<TraceSystem> {
    const key = `${gift} ${rlimit}`;
    let opened = this.#open.get(key);
    if (opened === undefined) {
      opened = this.#kernel.open({ gift, rlimit }).catch((cause: unknown) => {
        if (!(cause instanceof NoAgentError || cause instanceof AgentError)) throw cause;
        throw new KernelLost(cause.message, { cause });
      });
      this.#open.set(key, opened);
    }
    return opened;
  }

  async close(): Promise<void> {
    const all = [...this.#open.values()];
    this.#open.clear();
    await Promise.all(all.map((opened) => opened.then((system) => system.close()).catch(() => undefined)));
  }
}

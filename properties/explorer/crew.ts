import { Worker } from 'node:worker_threads';
import type { Batch } from './batch.js';
import type { Question } from './question.js';
import type { SharedStates, StateStore } from './state-store.js';

/** Jobs for each thread in a level, so that none waits long for the last. */
const JOBS = 6;
const LEAST_JOB = 8;
const LARGEST_JOB = 256;

/** A question as data: a design is known by its id. */
export interface Posted extends Omit<Question, 'design' | 'against'> {
  readonly design: string;
  readonly against?: string;
}

/** What a thread of the crew is asked to do. */
export interface Job {
  readonly from: number;
  readonly to: number;
  readonly wanted: number;
  /** Given when it has changed since the last job of this thread. */
  readonly states?: SharedStates;
}

/** Begins a thread that serves the jobs that it is posted. */
export type StartThread = (posted: Posted) => Worker;

/** @param file the module that the thread runs */
export function startThread(posted: Posted, file = new URL('./crew-member.js', import.meta.url)): Worker {
  return new Worker(file, { workerData: posted });
}

/** Threads that expand the states of one level together. */
export class Crew {
  readonly #workers: readonly Worker[];
  #broken: Error | undefined;

  /** @param size threads, at least 1 */
  constructor({ design, against, ...question }: Question, size: number, start: StartThread) {
    const posted: Posted = {
      ...question,
      design: design.id,
      ...(against === undefined ? {} : { against: against.id }),
    };
    this.#workers = Array.from({ length: size }, () => {
      const worker = start(posted);
      worker.on('error', (error) => {
        this.#broken = error instanceof Error ? error : new Error(String(error));
      });
      return worker;
    });
  }

  /**
   * Do every operation in the states `from` to `to - 1` of the store, which nobody may change meanwhile.
   * @param stops asked before each job: whether to begin no more of them
   * @returns batches of neighbouring states from `from` on, up to where it was stopped; none is begun once one has found something
   * @throws Error when a thread has failed
   */
  async expand(
    from: number,
    to: number,
    store: StateStore,
    wanted: number,
    stops: () => boolean,
  ): Promise<Batch[]> {
    const share = Math.ceil((to - from) / (JOBS * this.#workers.length));
    const size = Math.min(LARGEST_JOB, Math.max(LEAST_JOB, share));
    const states = store.share();
    const batches: Batch[] = [];
    let next = from;
    let found = false;
    const work = async (worker: Worker): Promise<void> => {
      for (let first = true; next < to && !found && !stops(); first = false) {
        const job: Job = { from: next, to: Math.min(to, next + size), wanted, ...(first ? { states } : {}) };
        next = job.to;
        const batch = await this.#ask(worker, job);
        batches[(job.from - from) / size] = batch;
        if (batch.found !== undefined) found = true;
      }
    };
    await Promise.all(this.#workers.map(work));
    return batches;
  }

  async close(): Promise<void> {
    await Promise.all(this.#workers.map((worker) => worker.terminate()));
  }

  #ask(worker: Worker, job: Job): Promise<Batch> {
    return new Promise((resolve, reject) => {
      if (this.#broken !== undefined) {
        reject(this.#broken);
        return;
      }
      const done = (batch: Batch): void => {
        worker.off('error', reject);
        resolve(batch);
      };
      worker.once('message', done);
      worker.once('error', reject);
      worker.postMessage(job);
    });
  }
}

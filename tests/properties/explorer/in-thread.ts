// Threads of a crew that are none: each serves its jobs in the thread of the test, where what it does can be seen.
import { EventEmitter } from 'node:events';
import { MessageChannel, type Worker } from 'node:worker_threads';
import type { Job, Posted, StartThread } from '#properties/explorer/crew';
import { serveJobs } from '#properties/explorer/serve-jobs';

/** A thread that does not answer of its own accord. */
export class FakeThread extends EventEmitter {
  readonly jobs: Job[] = [];
  terminated = false;

  postMessage(job: Job): void {
    this.jobs.push(job);
  }

  async terminate(): Promise<void> {
    this.terminated = true;
  }
}

/** A thread that serves jobs as one of a crew does. */
class ServingThread extends FakeThread {
  readonly #port;

  constructor(posted: Posted, onJob: (job: Job) => void) {
    super();
    const { port1, port2 } = new MessageChannel();
    this.#port = port1;
    serveJobs(port2, posted);
    port1.on('message', (batch) => this.emit('message', batch));
    this.#onJob = onJob;
  }

  readonly #onJob;

  override postMessage(job: Job): void {
    super.postMessage(job);
    this.#onJob(job);
    this.#port.postMessage(job);
  }

  override async terminate(): Promise<void> {
    await super.terminate();
    this.#port.close();
  }
}

/** Begins threads of this kind, and remembers them. */
export class Threads {
  readonly begun: FakeThread[] = [];
  readonly posted: Posted[] = [];
  readonly start: StartThread;

  constructor(make: (posted: Posted) => FakeThread) {
    this.start = (posted) => {
      const thread = make(posted);
      this.posted.push(posted);
      this.begun.push(thread);
      return thread as unknown as Worker;
    };
  }

  /** @param onJob called when a job is posted */
  static serving(onJob: (job: Job) => void = () => undefined): Threads {
    return new Threads((posted) => new ServingThread(posted, onJob));
  }
}

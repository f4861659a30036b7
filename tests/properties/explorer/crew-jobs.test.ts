import { once } from 'node:events';
import type { Worker } from 'node:worker_threads';
import { describe, expect, it } from 'vitest';
import { advance } from '#model/designs/advance';
import { demand_fault } from '#model/designs/demand-fault';
import type { Batch } from '#properties/explorer/batch';
import { Crew, type Job, startThread } from '#properties/explorer/crew';
import { StateStore } from '#properties/explorer/state-store';
import { FakeThread, Threads } from './in-thread.js';
import { TINY } from './tiny.js';

const QUESTION = { design: advance, bounds: TINY, symmetry: true };
const never = (): boolean => false;

/** Answers at once, so that the threads take turns. */
class Answering extends FakeThread {
  constructor(readonly answer: (job: Job) => object | undefined) {
    super();
  }

  override postMessage(job: Job): void {
    super.postMessage(job);
    const more = this.answer(job);
    if (more !== undefined) queueMicrotask(() => this.emit('message', { ...job, ...more }));
  }
}

/** A crew whose threads answer each job so; `undefined`: not yet. */
function crewOf(size: number, answer: (job: Job) => object | undefined = () => ({})) {
  const threads = new Threads(() => new Answering(answer));
  return { crew: new Crew(QUESTION, size, threads.start), threads: threads.begun };
}

const spans = (these: readonly { from: number; to: number }[]) => these.map(({ from, to }) => [from, to]);

describe('a crew', () => {
  it('has threads, each of which is told the question as data', () => {
    const threads = new Threads(() => new FakeThread());
    const failure = 'spec';
    new Crew({ ...QUESTION, failure }, 2, threads.start);
    const posted = { bounds: TINY, symmetry: true, failure, design: 'advance' };
    expect(threads.posted).toStrictEqual([posted, posted]);
    new Crew({ ...QUESTION, against: demand_fault, only: ['spec'] }, 1, threads.start);
    expect(threads.posted[2]).toStrictEqual({
      bounds: TINY,
      symmetry: true,
      only: ['spec'],
      design: 'advance',
      against: 'demand-fault',
    });
  });

  // As many jobs as 6 for each thread, of at least 8 and at most 256 states.
  it.each([
    [1, 5, 5 + 7, [[5, 12]]],
    [
      1,
      3,
      3 + 20,
      [
        [3, 11],
        [11, 19],
        [19, 23],
      ],
    ],
    [2, 50, 146, Array.from({ length: 12 }, (_, i) => [50 + 8 * i, 58 + 8 * i])],
    [2, 0, 121, Array.from({ length: 11 }, (_, i) => [11 * i, 11 * i + 11])],
    [1, 100, 1_700, [...Array.from({ length: 6 }, (_, i) => [100 + 256 * i, 356 + 256 * i]), [1_636, 1_700]]],
  ])('of %i shares the states from %i to %i', async (size, from, to, jobs) => {
    const { crew, threads } = crewOf(size);
    const batches = await crew.expand(from, to, new StateStore(2, 1), 5, never);
    expect(spans(batches)).toEqual(jobs);
    const done = threads.flatMap((thread) => thread.jobs).sort((a, b) => a.from - b.from);
    expect(spans(done)).toEqual(jobs);
    expect(done.every(({ wanted }) => wanted === 5)).toBe(true);
    for (const thread of threads) expect(thread.listenerCount('error')).toBe(1);
  });

  it('gives each thread the states with its first job, anew each time', async () => {
    const { crew, threads } = crewOf(2);
    const store = new StateStore(2, 1);
    const given = () => threads.map(({ jobs }) => jobs.map((job) => 'states' in job));
    await crew.expand(0, 32, store, 0, never);
    const [one, two] = threads;
    expect(given()).toEqual([
      [true, false],
      [true, false],
    ]);
    expect(one.jobs[0].states).toEqual(store.share());
    await crew.expand(32, 48, store, 0, never);
    expect(two.jobs.map((job) => 'states' in job)).toEqual([true, false, true]);
  });

  it('keeps batches in order, whichever thread is done first', async () => {
    const { crew, threads } = crewOf(2, ({ from }) => (from === 0 ? undefined : {}));
    const expanding = crew.expand(0, 30, new StateStore(2, 1), 0, never);
    await new Promise(setImmediate);
    expect(threads.map(({ jobs }) => spans(jobs))).toEqual([
      [[0, 8]],
      [
        [8, 16],
        [16, 24],
        [24, 30],
      ],
    ]);
    threads[0].emit('message', { from: 0, to: 8 });
    expect(spans(await expanding)).toEqual([
      [0, 8],
      [8, 16],
      [16, 24],
      [24, 30],
    ]);
  });

  it('begins no job when it is stopped, or after one that has found something', async () => {
    let asked = 0;
    const stopped = crewOf(2);
    const batches = await stopped.crew.expand(0, 80, new StateStore(2, 1), 0, () => ++asked > 3);
    expect(spans(batches)).toEqual([
      [0, 8],
      [8, 16],
      [16, 24],
    ]);
    expect(await crewOf(2).crew.expand(0, 80, new StateStore(2, 1), 0, () => true)).toEqual([]);
    const found = { state: 9, operation: 4 };
    const { crew } = crewOf(2, ({ from }) => (from === 8 ? { found } : {}));
    const until = await crew.expand(0, 80, new StateStore(2, 1), 0, never);
    expect(spans(until)).toEqual([
      [0, 8],
      [8, 16],
      [16, 24],
    ]);
    expect(until.map((batch: Batch) => batch.found)).toEqual([undefined, found, undefined]);
  });

  it('fails when a thread does, whenever that is', async () => {
    const { crew, threads } = crewOf(1, () => undefined);
    const expand = () => crew.expand(0, 9, new StateStore(2, 1), 0, never);
    const expanding = expand();
    threads[0].emit('error', new Error('no memory'));
    await expect(expanding).rejects.toThrow('no memory');
    await expect(expand()).rejects.toThrow('no memory');
    expect(threads[0].jobs).toHaveLength(1);
    threads[0].emit('error', 'thrown as text');
    await expect(expand()).rejects.toEqual(new Error('thrown as text'));
  });

  it('ends its threads', async () => {
    const { crew, threads } = crewOf(3);
    expect(threads.map(({ terminated }) => terminated)).toEqual([false, false, false]);
    await crew.close();
    expect(threads.map(({ terminated }) => terminated)).toEqual([true, true, true]);
  });

  it('begins a thread with the question', async () => {
    const text = `import { parentPort, workerData } from 'node:worker_threads'; parentPort.postMessage(workerData)`;
    const posted = { design: 'advance', bounds: TINY, symmetry: false };
    const thread: Worker = startThread(posted, new URL(`data:text/javascript,${encodeURIComponent(text)}`));
    expect(await once(thread, 'message')).toEqual([posted]);
    await thread.terminate();
  });
});

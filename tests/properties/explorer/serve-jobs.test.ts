import { once } from 'node:events';
import { MessageChannel } from 'node:worker_threads';
import { describe, expect, it, vi } from 'vitest';
import { advance } from '#model/designs/advance';
import { demand_fault } from '#model/designs/demand-fault';
import type { Batch } from '#properties/explorer/batch';
import type { Job } from '#properties/explorer/crew';
import { Explorer } from '#properties/explorer/explorer';
import type { Question } from '#properties/explorer/question';
import { serveJobs } from '#properties/explorer/serve-jobs';
import { ENDLESS, LONELY } from './tiny.js';

const QUESTION: Question = { design: advance, bounds: LONELY, symmetry: false };

/** What comes through the port for these jobs. */
async function served({ design, against, ...question }: Question, jobs: readonly Job[]): Promise<Batch[]> {
  const { port1, port2 } = new MessageChannel();
  const posted = { ...question, design: design.id };
  serveJobs(port2, against === undefined ? posted : { ...posted, against: against.id });
  const batches: Batch[] = [];
  for (const job of jobs) {
    port1.postMessage(job);
    const [batch] = (await once(port1, 'message')) as [Batch];
    batches.push(batch);
  }
  port1.close();
  return batches;
}

describe('jobs', () => {
  it.each([undefined, demand_fault])(
    'are answered by what one thread comes to: against %o',
    async (other) => {
      const question = { ...QUESTION, ...(other === undefined ? {} : { against: other }) };
      const explorer = new Explorer(question);
      await explorer.run({ ...ENDLESS, depth: 2 });
      const { expander, store } = explorer;
      const [from, to] = [explorer.head, explorer.head + 3];
      const alone = [expander.expand(from, to, 511), expander.expand(to, to + 1, 0)];
      const jobs = [
        { from, to, wanted: 511, states: store.share() },
        { from: to, to: to + 1, wanted: 0 },
      ];
      expect(await served(question, jobs)).toEqual(alone);
      expect(alone.map(({ candidates }) => candidates.length > 0)).toEqual([true, true]);
    },
  );

  it('are answered by ints that are given away, not copied', async () => {
    const { port1, port2 } = new MessageChannel();
    const sent = vi.spyOn(port2, 'postMessage');
    serveJobs(port2, { design: 'advance', bounds: LONELY, symmetry: false });
    const explorer = new Explorer(QUESTION);
    port1.postMessage({ from: 0, to: 1, wanted: 0, states: explorer.store.share() });
    const [{ candidates }] = (await once(port1, 'message')) as [Batch];
    expect(candidates.length).toBeGreaterThan(0);
    expect(sent.mock.calls.map(([batch]) => batch.candidates.length)).toEqual([0]);
    port1.close();
  });

  it('cannot be had for a design that is not registered', () => {
    const { port1 } = new MessageChannel();
    const posted = { bounds: LONELY, symmetry: false };
    const text = 'several threads: there is no design called mine';
    expect(() => serveJobs(port1, { ...posted, design: 'mine' })).toThrow(text);
    expect(() => serveJobs(port1, { ...posted, design: 'advance', against: 'mine' })).toThrow(text);
    port1.close();
  });
});

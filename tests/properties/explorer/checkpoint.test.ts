import { describe, expect, it } from 'vitest';
import { advance } from '#model/designs/advance';
import { demand_fault } from '#model/designs/demand-fault';
import { loadCheckpoint, saveCheckpoint } from '#properties/explorer/checkpoint';
import { Explorer } from '#properties/explorer/explorer';
import type { Question } from '#properties/explorer/question';
import { reportOf } from '#properties/explorer/report-of';
import { ENDLESS, search, TINY } from './tiny.js';

const QUESTION: Question = { design: advance, bounds: TINY, symmetry: true, against: demand_fault };

async function stopped(depth: number): Promise<Buffer> {
  const explorer = new Explorer(QUESTION);
  await explorer.run({ ...ENDLESS, depth });
  return Buffer.concat(saveCheckpoint(explorer));
}

describe('a checkpoint', () => {
  it.each([1, 4, 9])('of depth %i goes on to the same counts, witnesses and differences', async (depth) => {
    const explorer = new Explorer(QUESTION);
    loadCheckpoint(explorer, await stopped(depth), 'file');
    const { seconds: _, bytes: __, ...resumed } = reportOf(explorer, await explorer.run(ENDLESS));
    const { seconds: ___, bytes: ____, ...whole } = await search(advance, TINY, QUESTION);
    expect(resumed).toEqual(whole);
    expect(whole.closed).toBe(true);
  });

  it('is refused when it is something else', async () => {
    const bytes = await stopped(2);
    const load = (question: Question, from: Buffer) => () =>
      loadCheckpoint(new Explorer(question), from, 'file');
    expect(load({ ...QUESTION, symmetry: false }, bytes)).toThrow('file: of another search');
    expect(load(QUESTION, bytes.subarray(0, bytes.length - 1))).toThrow('file: not complete');
    expect(load(QUESTION, Buffer.from('{}\n'))).toThrow('file: no checkpoint of a search');
    expect(load(QUESTION, Buffer.from('text'))).toThrow('file: no checkpoint of a search');
    const older = Buffer.from(
      bytes.toString('latin1').replace(/"madeBy":"[^"]*"/, '"madeBy":"0.0.1"'),
      'latin1',
    );
    expect(load(QUESTION, older)).toThrow('made by version 0.0.1');
  });
});

import { describe, expect, it } from 'vitest';
import { advance } from '#model/designs/advance';
import { demand_fault } from '#model/designs/demand-fault';
import { v6_14 } from '#model/designs/v6.14';
import { TraceError } from '#model/trace/trace-error';
import { VERSION } from '#model/trace/version';
import { loadCheckpoint, saveCheckpoint } from '#properties/explorer/checkpoint';
import { Explorer } from '#properties/explorer/explorer';
import type { Question } from '#properties/explorer/question';
import { reportOf } from '#properties/explorer/report-of';
import { ENDLESS, FIVE } from './tiny.js';

const ALONE: Question = { design: advance, bounds: FIVE, symmetry: true };
const QUESTION: Question = { ...ALONE, against: demand_fault };

async function searched(question: Question, depth = Number.POSITIVE_INFINITY): Promise<Explorer> {
  const explorer = new Explorer(question);
  await explorer.run({ ...ENDLESS, depth });
  explorer.spentMs = 250;
  return explorer;
}

const bytesOf = (explorer: Explorer): Buffer => Buffer.concat(saveCheckpoint(explorer));

function loaded(question: Question, bytes: Buffer): Explorer {
  const explorer = new Explorer(question);
  loadCheckpoint(explorer, bytes, 'file');
  return explorer;
}

/** A checkpoint whose first line was changed. */
function edited(bytes: Buffer, from: string, to: string): Buffer {
  const end = bytes.indexOf('\n');
  const line = bytes.toString('utf8', 0, end);
  expect(line).toContain(from);
  return Buffer.concat([Buffer.from(line.replace(from, to)), bytes.subarray(end)]);
}

function refusal(question: Question, bytes: Buffer): TraceError {
  try {
    loaded(question, bytes);
  } catch (error) {
    if (error instanceof TraceError) return error;
    throw error;
  }
  throw new Error('it was not refused');
}

describe('the bytes of a checkpoint', () => {
  it('begin with a line that says what they are, and which search they are of', async () => {
    const explorer = await searched(QUESTION, 2);
    const [line, ...arrays] = saveCheckpoint(explorer);
    const header = JSON.parse(Buffer.from(line).toString());
    expect(Object.keys(header)).toEqual(['format', 'madeBy', 'question', 'arrays', 'counters']);
    expect(header).toMatchObject({
      format: 'mapahead-checkpoint 2',
      madeBy: VERSION,
      arrays: arrays.map(({ length }) => length),
    });
    expect(JSON.parse(header.question)).toEqual(['advance', 'demand-fault', FIVE, true, 'all']);
    expect(header.counters).toMatchObject({ transitions: 12, skipped: 3, depth: 2, head: 2, levelEnd: 3 });
    expect(header.counters.spentMs).toBe(250);
    const alone = saveCheckpoint(await searched({ ...ALONE, only: ['spec'] }, 1));
    const asked = JSON.parse(JSON.parse(Buffer.from(alone[0]).toString()).question);
    expect(asked).toEqual(['advance', 'spec', FIVE, true, ['spec']]);
  });

  it('hold the states, with the way to each', async () => {
    const { store } = await searched(QUESTION, 2);
    const [, ...arrays] = saveCheckpoint(await searched(QUESTION, 2));
    const { parts, halves, states, parents, operations, renamings } = store.save();
    const tables = [parts, halves, states].flatMap(({ rows, starts }) => [rows, starts]);
    const bytes = [...tables, parents, operations, renamings].map((ints) => [
      ...new Uint8Array(ints.slice().buffer),
    ]);
    expect(arrays.map((array) => [...array])).toEqual(bytes);
  });

  it.each([0, 1, 2, 3, 4])('after %i operations put another search there', async (depth) => {
    const before = await searched(QUESTION, depth);
    const after = loaded(QUESTION, bytesOf(before));
    expect(bytesOf(after)).toEqual(bytesOf(before));
    for (const explorer of [before, after]) await explorer.run({ ...ENDLESS, depth: depth + 1 });
    before.spentMs = 0;
    after.spentMs = 0;
    expect(after.store.save()).toEqual(before.store.save());
    const { bytes: _, ...went } = reportOf(after, undefined);
    const { bytes: __, ...expected } = reportOf(before, undefined);
    expect(went).toEqual(expected);
  });

  it('go on to the end, which is that of a search in one go', async () => {
    const explorer = loaded(QUESTION, bytesOf(await searched(QUESTION, 2)));
    expect(explorer.found).toBeUndefined();
    expect(explorer.notFollowed).toEqual({ beyond: 0, bound: 0, open: 0, irregular: 0, parted: 0 });
    await explorer.run(ENDLESS);
    expect(explorer.spentMs).toBeGreaterThan(250);
    explorer.spentMs = 250;
    const { bytes: _, ...went } = reportOf(explorer, undefined);
    const { bytes: __, ...whole } = reportOf(await searched(QUESTION), undefined);
    expect(went).toEqual(whole);
    expect(whole.closed).toBe(true);
  });

  it('tell what was found', async () => {
    const question = { ...ALONE, design: v6_14 };
    const explorer = await searched(question);
    const again = loaded(question, bytesOf(explorer));
    expect(again.found).toEqual({ state: 2, operation: 3 });
    const { bytes: _, ...went } = reportOf(again, undefined);
    const { bytes: __, ...expected } = reportOf(explorer, undefined);
    expect(went).toEqual(expected);
  });

  it('tell what was not followed', async () => {
    const question = { ...ALONE, bounds: { ...FIVE, events: 1 } };
    const explorer = await searched(question);
    expect(explorer.notFollowed.beyond).toBe(3);
    expect(loaded(question, bytesOf(explorer)).notFollowed).toEqual(explorer.notFollowed);
  });

  it('are refused when they are no checkpoint', async () => {
    const bytes = bytesOf(await searched(ALONE, 2));
    const none = new TraceError('no checkpoint of a search', '', 'file');
    const others = ['', 'text', '{}\n', 'null\n', '{"format":"mapahead-checkpoint 2"'].map((text) =>
      Buffer.from(text),
    );
    for (const other of [...others, edited(bytes, 'checkpoint 2', 'checkpoint 1')])
      expect(refusal(ALONE, other)).toEqual(none);
  });

  it('are refused when another version has written them', async () => {
    const bytes = edited(bytesOf(await searched(ALONE, 2)), `"madeBy":"${VERSION}"`, '"madeBy":"0.0.1"');
    const text = `made by version 0.0.1, this is ${VERSION}`;
    expect(refusal(ALONE, bytes)).toEqual(new TraceError(text, '', 'file'));
  });

  it('are refused when the search is another one in anything', async () => {
    const others: Partial<Question>[] = [
      { design: demand_fault },
      { against: demand_fault },
      { bounds: { ...FIVE, processes: 2 } },
      { symmetry: false },
      { only: ['spec'] },
      { failure: 'invariant nothing-left' },
    ];
    const bytes = bytesOf(await searched(ALONE, 1));
    for (const more of others) {
      const other = { ...ALONE, ...more };
      const error = new TraceError('of another search', '', 'file');
      expect(refusal(other, bytes)).toEqual(error);
      expect(refusal(ALONE, bytesOf(await searched(other, 1)))).toEqual(error);
      expect(loaded(other, bytesOf(await searched(other, 1))).depth).toBe(1);
    }
  });

  it('are refused when another class of failures counts', async () => {
    const [one, other] = ['one', 'other'].map((failure) => ({ ...ALONE, failure }));
    const error = new TraceError('of another search', '', 'file');
    expect(refusal(other, bytesOf(await searched(one, 1)))).toEqual(error);
  });

  it('are refused when some are missing, or too many', async () => {
    const bytes = bytesOf(await searched(ALONE, 2));
    const error = new TraceError('not complete', '', 'file');
    expect(refusal(ALONE, bytes.subarray(0, -1))).toEqual(error);
    expect(refusal(ALONE, Buffer.concat([bytes, Buffer.of(0)]))).toEqual(error);
  });
});

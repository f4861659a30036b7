import { describe, expect, it } from 'vitest';
import { DEFAULT_ENV } from '#model/alphabet/system';
import type { Trace } from '#model/alphabet/trace';
import { advance } from '#model/designs/advance';
import { demand_fault } from '#model/designs/demand-fault';
import { v6_14 } from '#model/designs/v6.14';
import { decodeToken, encodeToken } from '#model/trace/token';
import { explore } from '#properties/explorer/explore';
import { Explorer } from '#properties/explorer/explorer';
import type { Question } from '#properties/explorer/question';
import { reportOf } from '#properties/explorer/report-of';
import { SOMETIMES } from '#properties/explorer/sometimes';
import { INVARIANTS } from '#properties/invariants/index';
import { planted } from '../../support/planted-designs.js';
import { pack } from '../../support/script.js';
import { ENDLESS, FIVE, OF_FIVE } from './tiny.js';

const [OPEN, CLOSE, MMAP, MUNMAP_1, , MAPS] = OF_FIVE;
const QUESTION: Question = { design: advance, bounds: FIVE, symmetry: true };

async function searched(more: Partial<Question> = {}, depth = Number.POSITIVE_INFINITY): Promise<Explorer> {
  const explorer = new Explorer({ ...QUESTION, ...more });
  await explorer.run({ ...ENDLESS, depth });
  return explorer;
}

/** A sequence from what `FIVE` starts from. */
const sequence = (...texts: readonly string[]): Trace => ({
  env: { ...DEFAULT_ENV, gift: 1 },
  ops: new Int32Array(texts.flatMap((text) => [...pack(text)])),
});

/** A sequence that shows something, as a design's. */
const shownBy = (id: string, ...texts: readonly string[]) => ({
  witness: sequence(...texts),
  token: encodeToken(id, sequence(...texts)),
});

describe('the report of a search', () => {
  it('tells all that a search has come to', async () => {
    const explorer = await searched();
    explorer.spentMs = 12_345;
    explorer.applied[0].forEach((_, i, applied) => {
      applied[i] = 100 + i;
    });
    // As if the first state showed something.
    explorer.witnesses[SOMETIMES.findIndex(({ id }) => id === 'written')] = 0;
    const witnesses: Record<string, readonly string[]> = {
      written: [],
      mapped: [OPEN, MMAP],
      pinned: [OPEN, MMAP],
      'mapped-without-descriptor': [OPEN, MMAP, CLOSE],
    };
    expect(reportOf(explorer, undefined)).toStrictEqual({
      design: 'advance',
      against: 'spec',
      bounds: 'five',
      operations: 6,
      renamings: 1,
      closed: true,
      states: 5,
      left: 0,
      transitions: 30,
      skipped: 7,
      depth: 4,
      levels: [1, 1, 1, 1, 1],
      notFollowed: { beyond: 0, bound: 0, open: 0, irregular: 0, parted: 0 },
      outcomes: [
        { op: 'open', outcome: 'skip', count: 3 },
        { op: 'open', outcome: 'ok', count: 2 },
        { op: 'close', outcome: 'ok', count: 3 },
        { op: 'close', outcome: 'skip', count: 2 },
        { op: 'mmap', outcome: 'ok', count: 3 },
        { op: 'mmap', outcome: 'skip', count: 2 },
        { op: 'munmap', outcome: 'ok', count: 7 },
        { op: 'munmap', outcome: 'EINVAL', count: 3 },
        { op: 'maps', outcome: 'ok', count: 5 },
      ],
      invariants: Object.fromEntries(INVARIANTS.map(({ id }, i) => [id, 100 + i])),
      sometimes: SOMETIMES.map(({ id, text }) => ({
        id,
        text,
        ...(witnesses[id] === undefined ? {} : shownBy('advance', ...witnesses[id])),
      })),
      differences: [],
      bytes: explorer.store.bytes,
      seconds: 12.345,
    });
  });

  it('is what exploring gives, and counts each state by how far it is', async () => {
    const bounds = { ...FIVE, operations: [...FIVE.operations, { op: 'exit' } as const] };
    const found = await explore({ ...QUESTION, bounds }, ENDLESS);
    expect(found).toMatchObject({ closed: true, states: 6, left: 0, depth: 4, levels: [1, 2, 1, 1, 1] });
    expect('cut' in found || 'counterexample' in found).toBe(false);
    const cut = await explore(QUESTION, { ...ENDLESS, depth: 2 });
    expect(cut).toMatchObject({ closed: false, states: 3, left: 1, depth: 2, levels: [1, 1, 1] });
    expect(cut.cut).toBe('the depth of 2 operations was reached');
  });

  it('has the invariants that were asked', async () => {
    const explorer = await searched({ only: ['charges-match', 'spec', 'locks-released'] });
    expect(Object.keys(reportOf(explorer, undefined).invariants)).toEqual([
      'locks-released',
      'charges-match',
    ]);
  });

  it('explains what a second design shows differently, and counts the first one\u2019s invariants', async () => {
    const explorer = await searched({ against: demand_fault });
    explorer.applied[0].fill(5);
    const report = reportOf(explorer, undefined);
    expect(report).toMatchObject({ design: 'advance', against: 'demand-fault', closed: true, states: 5 });
    expect(new Set(Object.values(report.invariants))).toEqual(new Set([5]));
    expect(report.differences).toStrictEqual([
      {
        op: 'maps',
        outcomes: ['ok', 'ok'],
        what: 'VmFlags io pf',
        count: 3,
        either: false,
        points: ['pfnmap-flags'],
        ...shownBy('advance', OPEN, MMAP, MAPS),
      },
    ]);
  });
});

describe('a counterexample', () => {
  it('is run again from the start, and told', async () => {
    const explorer = await searched({ design: v6_14 });
    const { counterexample, closed, left } = reportOf(explorer, undefined);
    expect({ closed, left }).toEqual({ closed: false, left: 1 });
    expect(counterexample).toMatchObject({
      system: 'v6.14',
      trace: sequence(OPEN, MMAP, MUNMAP_1),
      failure: {
        kind: 'invariant',
        step: 2,
        rule: 'mappings-counted',
        detail: 'buffer 0: aux_mmap_count is 1, VMAs: 0',
      },
      foundWith: 3,
      shrinkRuns: 0,
    });
    expect(counterexample?.observations).toHaveLength(3);
    expect(counterexample?.pictures).toHaveLength(3);
    expect(decodeToken(counterexample?.token ?? '')).toMatchObject({
      trace: sequence(OPEN, MMAP, MUNMAP_1),
    });
  });

  it('leaves a search open that has no states left', async () => {
    const explorer = await searched({ design: v6_14 });
    explorer.head = explorer.store.count;
    expect(reportOf(explorer, undefined)).toMatchObject({ closed: false, left: 0 });
  });

  it('may be the second design\u2019s', async () => {
    const explorer = await searched({ against: v6_14 });
    const { counterexample, design } = reportOf(explorer, undefined);
    expect(design).toBe('advance');
    expect(counterexample).toMatchObject({ system: 'v6.14', failure: { rule: 'mappings-counted' } });
    expect(counterexample?.token.split(':')[2]).toBe('v6.14');
  });

  it('asks only what the search asked', async () => {
    const operations = [
      { op: 'open' },
      { op: 'mmap', with: { fd: [0], npages: [2], prot: [['read', 'write']] } },
      { op: 'store', with: { page: [1], value: [16] } },
    ] as const;
    const asked = { design: planted('mkwrite-page-1'), bounds: { ...FIVE, operations } };
    const rule = async (only?: readonly string[]) =>
      reportOf(await searched({ ...asked, ...(only && { only }) }), undefined).counterexample?.failure.rule;
    expect(await rule()).toBe('entry-is-right-when-set');
    expect(await rule(['control-page-only-writable'])).toBe('control-page-only-writable');
  });

  it('is refused when it does not fail, or fails before its end', async () => {
    const explorer = await searched();
    explorer.found = { state: 2, operation: 0 };
    const token = encodeToken('advance', sequence(OPEN, MMAP, OPEN));
    const text = 'the search found a failure that its sequence does not show: ';
    expect(() => reportOf(explorer, undefined)).toThrow(new Error(text + token));
    // A search whose states lead on from what fails.
    const broken = await searched({ design: v6_14 });
    const beyond = Object.create(broken, {
      traceTo: { value: () => sequence(OPEN, MMAP, MUNMAP_1, CLOSE) },
    });
    expect(() => reportOf(beyond, undefined)).toThrow(text);
  });
});

import { describe, expect, it } from 'vitest';
import {
  auditsTable,
  neverOk,
  rulesByBoundsTable,
  rulesTable,
  type ShownClaim,
  searchesTable,
  sometimesTable,
  table,
} from '#reports/markdown/claims';
import {
  comparisonsTable,
  differencesTable,
  pointsTable,
  type ShownComparison,
} from '#reports/markdown/comparison';

const CLOSED: ShownClaim = {
  design: 'good',
  bounds: 'small',
  operations: 3,
  states: 1234,
  left: 0,
  transitions: 5678,
  depth: 9,
  closed: true,
  rules: { one: 'held', two: 'vacuous', three: 'not promised' },
  sometimes: { seen: 2, unseen: null },
  outcomes: { open: { ok: 3, skip: 1 }, load: { EFAULT: 2 } },
};
const FAILED: ShownClaim = {
  ...CLOSED,
  design: 'bad',
  closed: false,
  found: 'two',
  askedOnTo: 10,
  rules: { one: 'vacuous', two: { length: 3, token: 'ma1:x' }, three: 'held' },
};
const CUT: ShownClaim = { ...CLOSED, closed: false, cut: 'the depth of 9 operations was reached', left: 7 };

const difference = {
  op: 'maps',
  outcomes: ['ok', 'ok'],
  what: 'Rss',
  point: 'p',
  length: 4,
  token: 'ma1:y',
} as const;
const COMPARISON: ShownComparison = {
  designs: ['good', 'other'],
  bounds: 'small',
  states: 10,
  left: 0,
  transitions: 2000,
  depth: 5,
  closed: true,
  notFollowed: { parted: 1500 },
  differences: [difference],
};
const SHORTER: ShownComparison = {
  ...COMPARISON,
  bounds: 'medium',
  closed: false,
  cut: 'interrupted',
  differences: [
    { ...difference, length: 3, token: 'ma1:z' },
    { op: 'mmap', outcomes: ['ok', 'ENOMEM'], what: 'outcome', length: 2, token: 'ma1:w' },
  ],
};

describe('tables of claims', () => {
  it('are Markdown', () => {
    expect(table(['a', 'b'], 'lr', [['x', '1']])).toBe('| a | b |\n| --- | ---: |\n| x | 1 |');
  });

  it('say what each search came to', () => {
    expect(searchesTable([CLOSED, FAILED, CUT]).split('\n').slice(2)).toEqual([
      '| `good` | small | 3 | 1,234 | 5,678 | 9 | closed: nothing is wrong |',
      '| `bad` | small | 3 | 1,234 | 5,678 |  | breaks `two` in 3 operations |',
      '| `good` | small | 3 | 1,234 | 5,678 |  | not closed: the depth of 9 operations was reached, 7 states left to do; nothing wrong so far |',
    ]);
  });

  it('say of each rule what holds of all bounds of a design', () => {
    const elsewhere = {
      ...CLOSED,
      bounds: 'medium',
      rules: { one: 'vacuous', two: 'vacuous', three: 'held' },
    };
    expect(rulesTable([CLOSED, elsewhere, FAILED]).split('\n').slice(2)).toEqual([
      '| `one` | held | vacuous |',
      '| `two` | vacuous | **broken in 3** |',
      '| `three` | held | held |',
    ]);
    expect(rulesByBoundsTable([FAILED]).split('\n')[3]).toBe('| `two` | **broken in 3**: `ma1:x` |');
  });

  it('say what was never seen, and what never succeeded', () => {
    expect(sometimesTable([CLOSED], { seen: 'it is' }).split('\n').slice(2)).toEqual([
      '| it is | 2 |',
      '| unseen | never |',
    ]);
    expect(neverOk([CLOSED])).toEqual(['`load` (EFAULT)']);
    expect(neverOk([CLOSED, { ...FAILED, outcomes: { load: { ok: 1 } } }])).toEqual([]);
  });
});

describe('the table of symmetry', () => {
  it('puts both counts side by side', () => {
    const counts = { renamings: 2, stored: 1000, states: 1990, orbits: 1000 };
    expect(auditsTable([{ design: 'good', bounds: 'small', ...counts }]).split('\n')[2]).toBe(
      '| `good` | small | 2 | 1,990 | 1,000 | 1,000 |',
    );
  });
});

describe('tables of differences', () => {
  it('have one row for each kind, with the shortest sequence', () => {
    expect(differencesTable([COMPARISON, SHORTER]).split('\n').slice(2)).toEqual([
      '| `maps` | ok | ok | Rss | `p` | 3 | `ma1:z` | small, medium |',
      '| `mmap` | ok | ENOMEM | outcome | the specification allows both | 2 | `ma1:w` | medium |',
    ]);
    expect(comparisonsTable([COMPARISON, SHORTER]).split('\n').slice(2)).toEqual([
      '| small | 10 | 2,000 | 5 | 1 | 1,500 |',
      '| medium | 10 | 2,000 | not closed: interrupted | 2 | 1,500 |',
    ]);
  });

  it('have each variation point, with its witness or why there is none', () => {
    const points = ['p', 'q', 'r', 's'].map((id) => ({ id, since: id === 's' ? 'config' : '6.16' }));
    expect(pointsTable(points, ['p', 'q'], [COMPARISON, SHORTER]).split('\n').slice(2)).toEqual([
      '| `p` | `maps`: Rss | 3 | `ma1:z` |',
      '| `q` | **NOT WITNESSED** |  |  |',
      '| `r` | cannot be: a matter of the core kernel (6.16), the same for both designs |  |  |',
      '| `s` | cannot be: a matter of the configuration, the same for both designs |  |  |',
    ]);
  });
});

import { describe, expect, it } from 'vitest';
import { explorationLines, type ShownExploration, verdictOf } from '#reports/terminal/exploration';
import { paint } from '#reports/terminal/text';
import { COUNTEREXAMPLE } from '../examples.js';

const CLOSED: ShownExploration = {
  design: 'advance',
  against: 'spec',
  bounds: 'small',
  operations: 3,
  renamings: 2,
  closed: true,
  states: 10,
  left: 0,
  transitions: 30,
  skipped: 4,
  depth: 5,
  notFollowed: { beyond: 0, bound: 0, open: 0, irregular: 0, parted: 0 },
  outcomes: [
    { op: 'open', outcome: 'ok', count: 20 },
    { op: 'close', outcome: 'skip', count: 10 },
  ],
  invariants: { one: 1, other: 0 },
  sometimes: [
    { id: 'a', text: 'it is so', token: 'ma1:x' },
    { id: 'b', text: 'it is not so' },
  ],
  differences: [],
  bytes: 400,
  seconds: 0.5,
};
const DIFFERENCE = {
  op: 'madvise',
  outcomes: ['EINVAL', 'ok'] as const,
  what: '',
  either: false,
  points: ['dontneed-refused'],
  count: 7,
  token: 'ma1:y',
};
const text = (changes: Partial<ShownExploration> = {}): string =>
  paint(explorationLines({ ...CLOSED, ...changes }), false);

describe('explorationLines', () => {
  it('says what was gone through, seen and proved', () => {
    const out = text();
    expect(out).toContain('10 states, 30 transitions, depth 5');
    expect(out).toContain('60 transitions/s, 40 bytes a state');
    expect(out).toContain('close        skip 10 (never ok)');
    expect(out).toContain('seen:  it is so\n         npx mapahead replay ma1:x');
    expect(out).toContain('never: it is not so');
    expect(out).toContain('vacuous, never looked at: other');
    expect(out).toMatch(/PROVED .* within the\n +bounds small\n$/);
    expect(out).not.toContain('not followed');
  });

  it('says what a proof leaves out', () => {
    const out = text({ notFollowed: { beyond: 1, bound: 0, open: 2, irregular: 0, parted: 0 } });
    expect(out).toContain('not followed: 1 opens beyond the events of the bounds');
    expect(out).toMatch(/but for what was not\n? *followed above/);
  });

  it('says what is left when it is cut', () => {
    expect(text({ closed: false, left: 3, cut: 'interrupted' })).toMatch(
      /NOT CLOSED {2}interrupted: [\s\S]* 3\s+states are left/,
    );
  });

  it('lists differences', () => {
    const out = text({ against: 'demand-fault', differences: [DIFFERENCE] });
    expect(out).toContain('madvise              EINVAL / ok, 7 times: dontneed-refused');
    const open = text({ against: 'demand-fault', differences: [{ ...DIFFERENCE, points: [] }] });
    expect(open).toContain('NOT EXPLAINED');
    const two = text({ against: 'demand-fault', differences: [{ ...DIFFERENCE, points: ['a', 'b'] }] });
    expect(two).toContain('NOT EXPLAINED by one alone: a, or b');
    const choice = text({
      against: 'demand-fault',
      differences: [{ ...DIFFERENCE, either: true, points: [] }],
    });
    expect(choice).toContain('the specification allows both');
    expect(open).toContain('FAILED  1 difference(s) that not exactly one variation point explains');
  });

  it('tells the counterexample first', () => {
    const out = text({ closed: false, counterexample: COUNTEREXAMPLE });
    expect(out).toMatch(/^COUNTEREXAMPLE[\s\S]*FAILED {2}the sequence above/);
  });
});

describe('verdictOf', () => {
  it.each([
    [{}, 'passed'],
    [{ counterexample: COUNTEREXAMPLE }, 'failed'],
    [{ differences: [{ ...DIFFERENCE, points: [] }] }, 'failed'],
    [{ closed: false, cut: 'interrupted' }, 'interrupted'],
    [{ closed: false, cut: 'the depth of 3 operations was reached' }, 'passed'],
    [{ closed: false, cut: 'the time of 1 s was over' }, 'not-run'],
  ] as const)('%j: %s', (changes, outcome) => {
    expect(verdictOf({ ...CLOSED, ...changes })).toBe(outcome);
  });
});

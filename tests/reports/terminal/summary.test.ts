import { describe, expect, it } from 'vitest';
import { finalLines, operationLines, summaryLines } from '#reports/terminal/summary';
import { columns, paint, WIDTH } from '#reports/terminal/text';
import { COUNTEREXAMPLE, COUNTS, FAILED, KERNEL, NOT_RUN, PASSED } from '../examples.js';

const ALL = [PASSED, FAILED, KERNEL, NOT_RUN];

describe('the summary', () => {
  it('is a table, and what is to be said of each System', () => {
    expect(paint(summaryLines(ALL), false)).toBe(`\
system                    sequences  operations  effective  unobserved  verdict
advance                      12,000     360,000     95.0 %           0  passed
v6.14                        12,000     360,000     95.0 %           0  FAILED
linux-6.18.44                12,000     360,000     90.0 %       1,200  passed
linux                             -           -          -           -  NOT RUN

advance: vacuous, never looked at: aux-charge
v6.14: 12 sequences ended early
linux-6.18.44: incomplete: time is up after 12,000 of 20,000 sequences
linux-6.18.44: not possible here, passed over: inject 1,000, open 200
linux-6.18.44: known finding second-mapping-charged in 31 of 12,000 sequences: a
               second mapping of a buffer is charged again
  npx mapahead replay ${COUNTEREXAMPLE.token}
linux: NOT RUN: perf_event_open is denied (EACCES): kernel.perf_event_paranoid
       is 3, set it to 2 or run as root
`);
  });

  it('has nothing to say of Systems without remarks', () => {
    const clean = { ...PASSED, invariants: {} };
    expect(summaryLines([clean])).toHaveLength(2);
    const { reason: _, ...silent } = NOT_RUN;
    expect(paint(summaryLines([silent]), false)).toContain('NOT RUN: no reason is known');
  });

  it('shows what a kernel answered that was lost on the way, and that not all was run', () => {
    const lost = { ...KERNEL, outcome: 'not-run', reason: 'not all that was asked for: it is gone' } as const;
    const shown = paint(summaryLines([lost]), false);
    expect(shown).toMatch(/^linux-6.18.44 +12,000 +360,000 .* NOT RUN$/m);
    expect(shown).toContain('linux-6.18.44: NOT RUN: not all that was asked for: it is gone');
    expect(shown).toContain('known finding second-mapping-charged in 31');
  });

  it('calls no invariant vacuous after a single trace', () => {
    const replayed = { ...PASSED, counts: { ...COUNTS, sequences: 1 } };
    expect(summaryLines([replayed])).toHaveLength(2);
  });

  it('ends with one sentence', () => {
    expect(paint(finalLines('failed', ALL, 48.31), false)).toBe(`\
FAILED  v6.14 failed; advance, linux-6.18.44 passed; linux not run; known
        findings met: 1; 1,080,000 operations in 48.3 s
`);
    expect(paint(finalLines('passed', [PASSED], 2), false)).toBe(
      'PASSED  advance passed; 360,000 operations in 2.0 s\n',
    );
    expect(paint(finalLines('not-run', [NOT_RUN], 0), false)).toMatch(/^COULD NOT CHECK {2}linux not run/);
    expect(paint(finalLines('interrupted', [], 0), false)).toMatch(/^INTERRUPTED {2}0 operations/);
  });

  it('counts the operations of a kernel in columns', () => {
    const busy = { ...KERNEL, counts: { ...COUNTS, perOp: COUNTS.perOp.map(() => [1_234_567, 0] as const) } };
    for (const line of operationLines(busy)) expect(columns(line)).toBeLessThanOrEqual(WIDTH);
    expect(paint(operationLines(KERNEL), false)).toBe(
      'operations on linux-6.18.44, and how many of them succeeded:\nmmap           40,000   0%\n',
    );
    expect(operationLines(NOT_RUN)).toEqual([]);
  });
});

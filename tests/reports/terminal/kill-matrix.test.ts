import { describe, expect, it } from 'vitest';
import type { KillMatrix, MutantResult, Trial } from '#model/kill-matrix';
import { killMatrixLines } from '#reports/terminal/kill-matrix';
import { columns, paint, WIDTH } from '#reports/terminal/text';
import { COUNTEREXAMPLE } from '../examples.js';

const trial = (seed: number, operations: number, rule?: string): Trial => ({
  seed,
  sequences: 10,
  operations,
  seconds: operations / 1e6,
  ...(rule === undefined ? {} : { rule }),
});

const FOUND: MutantResult = {
  id: 'mapfail-minimal-forgets-unaccount',
  base: 'advance',
  needs: 'injection',
  outcome: 'killed',
  trials: [trial(1, 1_573_351, 'charges-match'), trial(2, 20, 'spec'), trial(3, 30, 'spec')],
  killers: [
    { id: 'charges-match', operations: 12 },
    { id: 'spec', operations: 20 },
  ],
  counterexample: COUNTEREXAMPLE,
  certified: 'certified',
};
const MISSED: MutantResult = {
  ...FOUND,
  id: 'now-and-then',
  outcome: 'survived',
  trials: [trial(1, 100), trial(2, 100), trial(3, 7, 'nothing-left')],
  killers: [{ id: 'nothing-left', operations: 7 }],
  certified: 'not asked',
};
const { counterexample: _, ...NEVER } = {
  ...MISSED,
  id: 'a-mutant-with-a-name-that-is-longer-than-any-column',
  trials: [trial(1, 100)],
  killers: [],
};

const MATRIX: KillMatrix = {
  seed: 1,
  seeds: 3,
  sequences: 50_000,
  mutants: [FOUND, MISSED, NEVER],
  intended: [
    { id: 'advance', sequences: 500_000, operations: 28_000_000 },
    {
      id: 'demand-fault',
      sequences: 400_000,
      operations: 22_000_000,
      incomplete: 'the time of 100 s was over',
    },
  ],
  killers: ['locks-released', 'charges-match', 'nothing-left', 'spec'],
  vacuous: ['locks-released'],
  needInterleavings: ['close-twice', 'attach-detach'],
  interrupted: false,
};

describe('the kill matrix', () => {
  it('shows what it took, who kills whom, and what was not run, on 80 columns', () => {
    const lines = killMatrixLines(MATRIX, 'failed');
    for (const each of lines) expect(columns(each)).toBeLessThanOrEqual(WIDTH);
    expect(paint(lines, false)).toBe(`\
until it is found, median of 3:
mutant                              operations    CPU s shrunk  shortest?
mapfail-minimal-forgets-unaccount           30     0.00      6  certified
now-and-then                               100     0.00      6  SURVIVED 2 of 3
a-mutant-with-a-name-that-is-long>         100     0.00      -  SURVIVED

by whom, each asked alone:
a charges-match, b nothing-left, c spec

mapfail-minimal-forgets-unaccount  a.c
now-and-then                       .b.

intended designs, 10 times the sequences of a mutant:
advance: nothing found in 500,000 sequences, 28,000,000 operations
demand-fault: nothing found in 400,000 sequences, 22,000,000 operations;
              incomplete: the time of 100 s was over

vacuous, kills nothing: locks-released
needs interleavings, not run: close-twice, attach-detach

FAILED  1 of 3 mutants killed; wrong: now-and-then,
        a-mutant-with-a-name-that-is-longer-than-any-column; not searched to the
        end: demand-fault
`);
  });

  it('tells the story of what was found in an intended design', () => {
    const intended = [{ id: 'advance', sequences: 5, operations: 300, counterexample: COUNTEREXAMPLE }];
    const text = paint(killMatrixLines({ ...MATRIX, mutants: [], intended }, 'failed'), false);
    expect(text).toMatch(/^COUNTEREXAMPLE/);
    expect(text).toContain('advance: FAILED in 5 sequences');
    expect(text).toMatch(/FAILED {2}0 of 0 mutants killed; wrong: advance\n$/);
  });

  it('says no more than there is', () => {
    const bare = { ...MATRIX, seeds: 1, mutants: [], intended: [], vacuous: [], needInterleavings: [] };
    expect(paint(killMatrixLines(bare, 'interrupted'), false)).toBe('INTERRUPTED  0 of 0 mutants killed\n');
    expect(paint(killMatrixLines(bare, 'not-run'), false)).toMatch(/^COULD NOT CHECK/);
    const one = { ...bare, mutants: [{ ...FOUND, trials: [trial(1, 20, 'spec')] }] };
    expect(paint(killMatrixLines(one, 'passed'), false)).toMatch(
      /^until it is found:\n[\s\S]*PASSED {2}1 of 1/,
    );
  });
});

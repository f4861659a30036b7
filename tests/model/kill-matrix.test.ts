import { expect, test } from 'vitest';
import { DEFAULT_ENV } from '#model/alphabet/system';
import { failuresOf, type IntendedResult, type KillMatrix, type MutantResult } from '#model/kill-matrix';
import type { Counterexample } from '#model/verdict';

const mutant = (id: string, outcome: MutantResult['outcome']): MutantResult => ({
  id,
  base: 'advance',
  needs: 'sequence',
  outcome,
  trials: [],
  killers: [],
  certified: 'not asked',
});

const COUNTEREXAMPLE: Counterexample = {
  system: 'advance',
  trace: { env: DEFAULT_ENV, ops: new Int32Array(0) },
  failure: { kind: 'hang', rule: 'hang', text: 'an operation ends', step: 0, detail: 'operation 0' },
  observations: [],
  foundWith: 1,
  shrinkRuns: 0,
  token: 'ma1:',
};

const intended = (id: string, counterexample?: Counterexample): IntendedResult => ({
  id,
  sequences: 1,
  operations: 1,
  ...(counterexample === undefined ? {} : { counterexample }),
});

test('what fails a run is a mutant that survived and a design in which something was found', () => {
  const matrix: KillMatrix = {
    seed: 1,
    seeds: 1,
    sequences: 1,
    mutants: [mutant('found', 'killed'), mutant('not-found', 'survived')],
    intended: [intended('sound'), intended('broken', COUNTEREXAMPLE)],
    killers: [],
    vacuous: [],
    needInterleavings: [],
    interrupted: false,
  };
  expect(failuresOf(matrix)).toEqual(['not-found', 'broken']);
});

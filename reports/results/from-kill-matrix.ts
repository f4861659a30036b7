import type { Certification, KillMatrix, MutantResult } from '../../model/kill-matrix.js';
import type { MutantsResult } from './mutants.js';
import { aboutRun, type RunAbout } from './write.js';

/** The words for the id of a mutant. */
interface Defect {
  readonly id: string;
  /** What is wrong, in one sentence. */
  readonly defect: string;
  /** Where it is known from. */
  readonly source: string;
}

type Mutant = MutantsResult['mutants'][number];

/** The middle of the values, the upper one of two. */
const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0;

const CERTIFIED: Readonly<Record<Certification, { readonly certified?: boolean }>> = {
  certified: { certified: true },
  'not proven': { certified: false },
  'not asked': {},
};

function mutantOf({ id, base, outcome, trials, killers, counterexample, certified }: MutantResult) {
  return {
    id,
    base,
    outcome,
    killedBy: killers.map((killer) => killer.id),
    operations: median(trials.map(({ operations }) => operations)),
    seconds: median(trials.map(({ seconds }) => seconds)),
    ...(counterexample === undefined
      ? {}
      : { length: counterexample.observations.length, token: counterexample.token }),
    ...CERTIFIED[certified],
  };
}

/**
 * What `mapahead mutants` came to.
 * @param defects the words for the ids of mutants
 */
export function killMatrixToResult(
  about: RunAbout,
  matrix: KillMatrix,
  defects: readonly Defect[],
): MutantsResult {
  const words = (id: string): Pick<Mutant, 'text' | 'source'> => {
    const known = defects.find((each) => each.id === id);
    return known === undefined ? { text: id } : { text: known.defect, source: known.source };
  };
  const searched = matrix.mutants.map((each) => ({ ...mutantOf(each), ...words(each.id) }));
  const later = matrix.needInterleavings.map(
    (id): Mutant => ({ id, ...words(id), outcome: 'not-run', reason: 'needs interleavings', killedBy: [] }),
  );
  return {
    ...aboutRun(about),
    kind: 'mutants',
    seed: matrix.seed,
    killers: [...matrix.killers],
    mutants: [...searched, ...later],
    intended: matrix.intended.map(({ id, sequences, operations, counterexample, incomplete }) => ({
      id,
      sequences,
      operations,
      outcome: counterexample === undefined ? (incomplete === undefined ? 'passed' : 'not-run') : 'failed',
      ...(incomplete === undefined ? {} : { reason: incomplete }),
      ...(counterexample === undefined ? {} : { token: counterexample.token }),
    })),
  };
}

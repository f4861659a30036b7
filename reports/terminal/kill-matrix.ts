import {
  failuresOf,
  INTENDED_FACTOR,
  type KillMatrix,
  type MutantResult,
  type Trial,
} from '../../model/kill-matrix.js';
import type { Outcome } from '../outcome.js';
import { storyOf } from './story.js';
import { thousands } from './summary.js';
import { clip, type Line, line, paragraph, span } from './text.js';

const NAME = 35;
const LETTERS = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';

/** The middle of the values, the upper one of two. */
const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1];

const cells = (name: string, numbers: readonly string[]): string =>
  clip(name, NAME - 1).padEnd(NAME) + numbers.map((text, i) => text.padStart([11, 9, 7][i])).join('');

function trialRow({ id, outcome, trials, counterexample, certified }: MutantResult): Line {
  const of = (value: (trial: Trial) => number): number => median(trials.map(value));
  const length = counterexample === undefined ? '-' : String(counterexample.observations.length);
  const numbers = [
    thousands(of(({ operations }) => operations)),
    of(({ seconds }) => seconds).toFixed(2),
    length,
  ];
  const found = trials.filter(({ rule }) => rule !== undefined).length;
  return outcome === 'killed'
    ? [span(cells(id, numbers)), span(`  ${certified}`, certified === 'certified' ? 'good' : 'plain')]
    : [
        span(cells(id, numbers)),
        span(found === 0 ? '  SURVIVED' : `  SURVIVED ${trials.length - found} of ${trials.length}`, 'bad'),
      ];
}

function trialLines({ mutants, seeds }: KillMatrix): Line[] {
  const title = seeds === 1 ? 'until it is found' : `until it is found, median of ${seeds}`;
  return [
    line(`${title}:`, 'faint'),
    line(`${cells('mutant', ['operations', 'CPU s', 'shrunk'])}  shortest?`, 'faint'),
    ...mutants.map(trialRow),
  ];
}

/** By which invariants each mutant is found, each asked alone. */
function matrixLines({ mutants, killers }: KillMatrix): Line[] {
  const used = killers.filter((id) =>
    mutants.some((each) => each.killers.some((killer) => killer.id === id)),
  );
  const letter = (id: string): string => LETTERS[used.indexOf(id)] ?? '?';
  const row = (mutant: MutantResult): Line => {
    const kills = used.map((id) => (mutant.killers.some((killer) => killer.id === id) ? letter(id) : '.'));
    return [span(clip(mutant.id, NAME - 1).padEnd(NAME)), span(kills.join(''))];
  };
  const legend = used.map((id) => `${letter(id)} ${id}`).join(', ');
  return [
    line('by whom, each asked alone:', 'faint'),
    ...paragraph([], legend, 'faint'),
    line(),
    ...mutants.filter(({ killers: found }) => found.length > 0).map(row),
  ];
}

function intendedLines({ intended }: KillMatrix): Line[] {
  return intended.flatMap(({ id, sequences, operations, counterexample, incomplete }) => {
    const amount = `${thousands(sequences)} sequences, ${thousands(operations)} operations`;
    const outcome = counterexample === undefined ? 'nothing found' : 'FAILED';
    const note = incomplete === undefined ? '' : `; incomplete: ${incomplete}`;
    return paragraph(
      [span(`${id}: `)],
      `${outcome} in ${amount}${note}`,
      counterexample === undefined ? 'plain' : 'bad',
    );
  });
}

function remarks({ vacuous, needInterleavings }: KillMatrix): Line[] {
  return [
    ...(vacuous.length === 0
      ? []
      : paragraph([span('vacuous, kills nothing: ', 'warn')], vacuous.join(', '), 'warn')),
    ...(needInterleavings.length === 0
      ? []
      : paragraph([span('needs interleavings, not run: ', 'warn')], needInterleavings.join(', '))),
  ];
}

function lastLine(matrix: KillMatrix, outcome: Outcome): Line[] {
  const { mutants } = matrix;
  const killed = mutants.filter((each) => each.outcome === 'killed').length;
  const failures = failuresOf(matrix);
  const wrong = failures.length === 0 ? '' : `; wrong: ${failures.join(', ')}`;
  const cut = matrix.intended.filter(({ incomplete }) => incomplete !== undefined).map(({ id }) => id);
  const unfinished = cut.length === 0 ? '' : `; not searched to the end: ${cut.join(', ')}`;
  const [word, tone] = (
    {
      passed: ['PASSED', 'good'],
      failed: ['FAILED', 'bad'],
      interrupted: ['INTERRUPTED', 'warn'],
      'not-run': ['COULD NOT CHECK', 'warn'],
    } as const
  )[outcome];
  return paragraph(
    [span(`${word}  `, tone)],
    `${killed} of ${mutants.length} mutants killed${wrong}${unfinished}`,
  );
}

const blocks = (...parts: readonly (readonly Line[])[]): Line[] =>
  parts.filter((part) => part.length > 0).flatMap((part, i) => (i === 0 ? part : [line(), ...part]));

/** The kill matrix, on 80 columns. */
export function killMatrixLines(matrix: KillMatrix, outcome: Outcome): Line[] {
  const stories = matrix.intended.flatMap(({ counterexample }) =>
    counterexample === undefined ? [] : [...storyOf(counterexample), line()],
  );
  const intended: Line[] =
    matrix.intended.length === 0
      ? []
      : [
          line(`intended designs, ${INTENDED_FACTOR} times the sequences of a mutant:`, 'faint'),
          ...intendedLines(matrix),
        ];
  return [
    ...stories,
    ...blocks(
      matrix.mutants.length === 0 ? [] : trialLines(matrix),
      matrix.mutants.some(({ killers }) => killers.length > 0) ? matrixLines(matrix) : [],
      intended,
      remarks(matrix),
      lastLine(matrix, outcome),
    ),
  ];
}

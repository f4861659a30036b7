import type { ConformPlan } from './conform-plan.js';
import type { ExploreFlags } from './explore-flags.js';
import type { MutantsFlags } from './mutants-flags.js';
import type { Plan } from './plan.js';
import type { RaceFlags } from './race-flags.js';

/** A word for a shell, quoted where it needs to be. */
const word = (text: string): string =>
  /^[\w./:=@%+-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;

const line = (words: readonly string[]): string => ['npx', 'mapahead', ...words].map(word).join(' ');

/** The command line of a check like this one: with its seed, and all that was left to chance or to defaults. */
export function checkCommand({ designs, seed, runs, length, timeMs, kernels }: Plan): string {
  const wanted = kernels.filter(({ optional }) => !optional).map(({ name }) => name);
  return line([
    'check',
    ...designs.flatMap((id) => ['--design', id]),
    ...['--seed', String(seed), '--length', String(length)],
    ...(Number.isFinite(runs) ? ['--runs', String(runs)] : []),
    ...(Number.isFinite(timeMs) ? ['--time', String(timeMs / 1000)] : []),
    ...wanted.flatMap((name) => ['--kernel', name]),
    ...(kernels.length === 0 ? ['--no-host'] : []),
  ]);
}

/** The command line of a comparison like this one. */
export function conformCommand(plan: ConformPlan): string {
  const { kernels, sources, seed, runs, length, timeMs, corpusFolder, matrix } = plan;
  return line([
    'conform',
    ...kernels.flatMap((name) => ['--kernel', name]),
    ...sources.flatMap((source) => ['--source', source]),
    ...['--seed', String(seed), '--length', String(length)],
    ...(Number.isFinite(runs) ? ['--runs', String(runs)] : []),
    ...(Number.isFinite(timeMs) ? ['--time', String((timeMs * kernels.length) / 1000)] : []),
    ...(corpusFolder === undefined ? [] : ['--corpus', corpusFolder]),
    ...(matrix ? ['--matrix'] : []),
  ]);
}

/** The command line of a search like this one. */
export function exploreCommand(flags: ExploreFlags): string {
  const { design, against, bounds, symmetry, depth, memory, time, invariant = [] } = flags;
  return line([
    'explore',
    ...[
      '--design',
      design,
      '--against',
      against,
      '--bounds',
      bounds,
      '--symmetry',
      symmetry,
      '--memory',
      memory,
    ],
    ...(depth === undefined ? [] : ['--depth', depth]),
    ...(time === undefined ? [] : ['--time', time]),
    ...invariant.flatMap((id) => ['--invariant', id]),
  ]);
}

/** The command line of a search for defects like this one. */
export function mutantsCommand({ mutant = [], seed, seeds, sequences, time }: MutantsFlags): string {
  return line([
    'mutants',
    ...mutant.flatMap((id) => ['--mutant', id]),
    ...['--seed', seed, '--seeds', seeds, '--sequences', sequences, '--time', time],
  ]);
}

/** The command line of a search for races like this one. */
export function raceCommand(
  { design, tasks = [], three, mode, budget, time, depth, all }: RaceFlags,
  seed: number,
): string {
  const given = (name: string, value: string | undefined): string[] =>
    value === undefined ? [] : [name, value];
  return line([
    'race',
    ...['--design', design],
    ...tasks.flatMap((each) => ['--tasks', each]),
    ...(three === true ? ['--three'] : []),
    ...['--mode', mode, '--seed', String(seed)],
    ...given('--budget', budget),
    ...given('--time', time),
    ...given('--depth', depth),
    ...(all === true ? ['--all'] : []),
  ]);
}

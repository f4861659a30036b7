import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { DESIGNS } from '../model/designs/index.js';
import { VERSION } from '../model/trace/version.js';
import type { Bounds } from '../properties/explorer/bounds.js';
import { parseBounds } from '../properties/explorer/bounds.js';
import type { Exploration } from '../properties/explorer/exploration.js';
import { Explorer } from '../properties/explorer/explorer.js';
import { NAMED_BOUNDS } from '../properties/explorer/named-bounds.js';
import type { Limits, Question } from '../properties/explorer/question.js';
import { reportOf } from '../properties/explorer/report-of.js';
import { INVARIANTS } from '../properties/invariants/index.js';
import { EXIT_CODE, type Outcome } from '../reports/outcome.js';
import type { Result } from '../reports/results/schema.js';
import { explorationToResult } from '../reports/results/write.js';
import { explorationLines, verdictOf } from '../reports/terminal/exploration.js';
import { line, span } from '../reports/terminal/text.js';
import { catalogueOf } from './catalogue.js';
import { CheckpointFile } from './checkpoint-file.js';
import { chooseIds, unknownId } from './choose.js';
import { exploreCommand } from './command-line.js';
import type { Engines } from './engines.js';
import type { ExploreFlags } from './explore-flags.js';
import { exploreProgress } from './explore-progress.js';
import { type NumberRange, parseNumber, SECONDS } from './numbers.js';
import { Publisher } from './publisher.js';
import { readText } from './read-file.js';
import { shownOf } from './shown.js';
import { print, type Terminal, tell } from './terminal.js';
import { UsageError } from './usage-error.js';

const SPEC = 'spec';
const DEPTH: NumberRange = { min: 1, max: 10_000 };
const WORKERS: NumberRange = { min: 1, max: 64 };
/** Threads that are used when nobody says how many: the gain of more was never measured. */
const MOST_WORKERS = 4;
const MEGABYTES: NumberRange = { min: 1, max: 60_000 };

function designOf(id: string) {
  const design = DESIGNS.find((each) => each.id === id);
  if (design === undefined) throw unknownId('design', id, [...DESIGNS.map((each) => each.id)]);
  return design;
}

/** Bounds that have a name, or those in a file. */
function boundsOf(name: string): Bounds {
  const named = NAMED_BOUNDS.find((each) => each.name === name);
  if (named !== undefined) return named;
  if (!existsSync(name))
    throw unknownId(
      'bounds',
      name,
      NAMED_BOUNDS.map((each) => each.name),
    );
  return parseBounds(readText(name, '--bounds: '), name);
}

function questionOf(flags: ExploreFlags): Question {
  if (flags.symmetry !== 'on' && flags.symmetry !== 'off')
    throw new UsageError('--symmetry: write on or off');
  const known = [...INVARIANTS.map(({ id }) => id), SPEC];
  return {
    design: designOf(flags.design),
    ...(flags.against === SPEC ? {} : { against: designOf(flags.against) }),
    bounds: boundsOf(flags.bounds),
    symmetry: flags.symmetry === 'on',
    ...(flags.invariant === undefined ? {} : { only: chooseIds('invariant', flags.invariant, known) }),
  };
}

function limitsOf(flags: ExploreFlags): Limits {
  const endless = Number.POSITIVE_INFINITY;
  return {
    depth: flags.depth === undefined ? endless : parseNumber('--depth', flags.depth, DEPTH),
    bytes: 1e6 * parseNumber('--memory', flags.memory, MEGABYTES),
    timeMs: flags.time === undefined ? endless : 1000 * parseNumber('--time', flags.time, SECONDS),
    workers:
      flags.workers === undefined
        ? Math.min(MOST_WORKERS, availableParallelism())
        : parseNumber('--workers', flags.workers, WORKERS),
  };
}

/** What `--json` prints: traces as tokens. */
function toJson(exploration: Exploration): object {
  const { counterexample, sometimes, differences, ...rest } = exploration;
  return {
    format: 'mapahead-exploration',
    version: 1,
    madeBy: VERSION,
    outcome: verdictOf(exploration),
    ...rest,
    sometimes: sometimes.map(({ witness, ...each }) => ({
      ...each,
      length: witness && witness.ops.length / 8,
    })),
    differences: differences.map(({ witness, ...each }) => ({ ...each, length: witness.ops.length / 8 })),
    ...(counterexample === undefined
      ? {}
      : { counterexample: { token: counterexample.token, failure: counterexample.failure } }),
  };
}

/** What a search came to, with what else there is to show of its counterexample. */
async function resultOf(
  flags: ExploreFlags,
  exploration: Exploration,
  outcome: Outcome,
  engines: Engines,
  started: Date,
): Promise<Result> {
  const { counterexample, seconds } = exploration;
  const about = { started, seconds, command: exploreCommand(flags) };
  const shown = counterexample === undefined ? [] : [await shownOf(counterexample, engines, [])];
  return explorationToResult(about, catalogueOf(engines), outcome, exploration, shown);
}

/** A result's file is named after what was searched. */
const nameOf = ({ design, against, bounds }: Question): string =>
  ['explore', design.id, ...(against === undefined ? [] : [against.id]), bounds.name]
    .join('-')
    .replace(/[^\w.-]/g, '_');

/**
 * `mapahead explore`: every sequence of a bounded alphabet, to the last state that can be reached.
 * @returns the exit code
 * @throws UsageError, TraceError for wrong options, bounds or checkpoints
 */
export async function explore(
  flags: ExploreFlags,
  engines: Engines,
  terminal: Terminal,
  signal: AbortSignal,
): Promise<number> {
  const limits = limitsOf(flags);
  const question = questionOf(flags);
  const explorer = new Explorer(question);
  const checkpoint =
    flags.checkpoint === undefined
      ? undefined
      : new CheckpointFile(
          flags.checkpoint,
          1000 * parseNumber('--checkpoint-every', flags.checkpointEvery, SECONDS),
        );
  if (checkpoint?.load(explorer) === true)
    tell(terminal, [
      line(`going on from ${checkpoint.path}: ${explorer.store.count} states, depth ${explorer.depth}`),
    ]);
  const { design, against, bounds } = question;
  const publisher = await Publisher.open(flags, nameOf(question), exploreCommand(flags), terminal);
  try {
    tell(terminal, [
      [
        span(`mapahead ${VERSION}  `, 'strong'),
        span(`explores ${design.id} against ${against?.id ?? 'the specification'}, bounds ${bounds.name}`),
      ],
    ]);
    const onProgress = exploreProgress(terminal, (text) => publisher.progress(design.id, text));
    const onPause = (): void => checkpoint?.tick(explorer);
    const cut = await explorer.run({ ...limits, signal, onProgress, onPause });
    const exploration = reportOf(explorer, cut);
    if (checkpoint !== undefined) {
      checkpoint.write(explorer);
      tell(terminal, [line(`saved ${checkpoint.path}`)]);
    }
    const verdict = verdictOf(exploration);
    const outcome = verdict === 'passed' && signal.aborted ? 'interrupted' : verdict;
    if (publisher.isWanted)
      await publisher.publish(await resultOf(flags, exploration, outcome, engines, publisher.started));
    if (flags.json === true) terminal.out.write(`${JSON.stringify(toJson(exploration), null, 2)}\n`);
    else print(terminal, explorationLines(exploration));
    return EXIT_CODE[outcome];
  } finally {
    await publisher.close();
  }
}

import { randomInt } from 'node:crypto';
import type { SourceName } from '../model/conformance.js';
import { HOST } from '../model/linux/kernels.js';
import type { CorpusTrace } from '../properties/conformance/conform.js';
import { checkKernelName, chooseIds } from './choose.js';
import { OWN_CORPUS, readCorpus } from './corpus.js';
import { LENGTH, parseNumber, RUNS, SECONDS, SEED } from './numbers.js';
import type { PublishFlags } from './publish.js';
import { UsageError } from './usage-error.js';

/** The options of `conform`, as they are written. */
export interface ConformFlags extends PublishFlags {
  readonly kernel?: readonly string[];
  readonly source?: readonly string[];
  readonly seed?: string;
  readonly runs?: string;
  readonly time?: string;
  readonly length: string;
  readonly corpus?: string;
  readonly matrix?: boolean;
  readonly record?: string;
  readonly mail?: string;
  readonly markdown?: boolean;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

/** Where sequences can come from, in the order in which they run. */
export const SOURCES: readonly SourceName[] = ['corpus', 'cover', 'random'];
/** Seconds for the random sequences of all kernels, when neither a time nor a number of runs is given. */
export const CONFORM_SECONDS = 60;

/** What a run does. */
export interface ConformPlan {
  readonly kernels: readonly string[];
  readonly sources: readonly SourceName[];
  readonly seed: number;
  readonly runs: number;
  /** For the random sequences of one kernel. */
  readonly timeMs: number;
  readonly length: number;
  readonly corpus: readonly CorpusTrace[];
  /** The folder of the corpus, where it was named. */
  readonly corpusFolder?: string;
  readonly matrix: boolean;
}

/**
 * What these flags ask for.
 * @throws UsageError when one is wrong, TraceError when a trace of the corpus cannot be read
 */
export function conformPlanOf(flags: ConformFlags): ConformPlan {
  const endless = Number.POSITIVE_INFINITY;
  const runs = flags.runs === undefined ? endless : parseNumber('--runs', flags.runs, RUNS);
  const unlimited = flags.runs === undefined ? CONFORM_SECONDS : endless;
  const seconds = flags.time === undefined ? unlimited : parseNumber('--time', flags.time, SECONDS);
  const kernels = [...new Set(flags.kernel ?? [HOST])];
  for (const name of kernels) checkKernelName(name);
  const sources = flags.source === undefined ? SOURCES : chooseIds('source', flags.source, SOURCES);
  if (flags.markdown === true && flags.matrix !== true)
    throw new UsageError('--markdown shows the matrix: add --matrix');
  if (flags.markdown === true && flags.json === true)
    throw new UsageError('--markdown and --json: choose one');
  if (flags.record !== undefined && flags.matrix !== true)
    throw new UsageError('--record keeps the matrix: add --matrix');
  return {
    kernels,
    sources: SOURCES.filter((source) => sources.includes(source)),
    seed: flags.seed === undefined ? randomInt(SEED.max + 1) : parseNumber('--seed', flags.seed, SEED),
    runs,
    timeMs: (1000 * seconds) / kernels.length,
    length: parseNumber('--length', flags.length, LENGTH),
    corpus: readCorpus(flags.corpus ?? OWN_CORPUS),
    ...(flags.corpus === undefined ? {} : { corpusFolder: flags.corpus }),
    matrix: flags.matrix === true,
  };
}

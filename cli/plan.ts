import { randomInt } from 'node:crypto';
import { HOST } from '../model/linux/kernels.js';
import { type CertifyFlag, certifyMs } from './certify.js';
import { checkKernelName, chooseIds } from './choose.js';
import type { Engines } from './engines.js';
import { LENGTH, parseNumber, RUNS, SECONDS, SEED } from './numbers.js';
import type { PublishFlags } from './publish.js';

/** The options of `check`, as they are written. */
export interface CheckFlags extends PublishFlags {
  readonly design?: readonly string[];
  readonly seed?: string;
  readonly runs?: string;
  readonly time?: string;
  readonly length: string;
  /** Kernels that must be checked. */
  readonly kernel?: readonly string[];
  /** Left out: this machine's kernel is checked when it can be, unless others are named. */
  readonly host?: boolean;
  readonly json?: boolean;
  readonly quiet?: boolean;
  readonly save?: string;
  readonly certify?: CertifyFlag;
}

/** What is checked when nothing is named: the intended ways to map the buffer. */
export const DEFAULT_DESIGNS = ['advance', 'demand-fault'];
/** Seconds for everything, when neither a time nor a number of runs is given. */
export const DEFAULT_SECONDS = 60;
export const DEFAULT_LENGTH = 30;

/** What a run does. */
export interface Plan {
  readonly seed: number;
  readonly runs: number;
  readonly length: number;
  readonly timeMs: number;
  readonly designs: readonly string[];
  readonly kernels: readonly PlannedKernel[];
  /** Milliseconds for the certificate of a counterexample; left out: none is asked for. */
  readonly certifyMs?: number;
}

/** A kernel to check, by its name. */
export interface PlannedKernel {
  readonly name: string;
  /** It may be left out, loudly, when it cannot be had. */
  readonly optional: boolean;
}

function kernelsOf({ kernel, host }: CheckFlags): PlannedKernel[] {
  const wanted = [...(kernel ?? []), ...(host === true ? [HOST] : [])];
  for (const name of wanted) checkKernelName(name);
  const named = [...new Set(wanted)].map((name) => ({ name, optional: false }));
  return named.length === 0 && host === undefined ? [{ name: HOST, optional: true }] : named;
}

/**
 * What these flags ask for.
 * @throws UsageError when one is wrong
 */
export function planOf(flags: CheckFlags, engines: Engines): Plan {
  const runs = flags.runs === undefined ? Number.POSITIVE_INFINITY : parseNumber('--runs', flags.runs, RUNS);
  const unlimited = flags.runs === undefined ? DEFAULT_SECONDS : Number.POSITIVE_INFINITY;
  const seconds = flags.time === undefined ? unlimited : parseNumber('--time', flags.time, SECONDS);
  const known = engines.designs.map(({ id }) => id);
  const certify = certifyMs(flags.certify);
  return {
    ...(certify === undefined ? {} : { certifyMs: certify }),
    seed: flags.seed === undefined ? randomInt(SEED.max + 1) : parseNumber('--seed', flags.seed, SEED),
    runs,
    length: parseNumber('--length', flags.length, LENGTH),
    timeMs: 1000 * seconds,
    designs: chooseIds('design', flags.design ?? DEFAULT_DESIGNS, known),
    kernels: kernelsOf(flags),
  };
}

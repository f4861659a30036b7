import type { Env } from '../model/alphabet/system.js';
import { ENV_FIELDS } from '../model/trace/env-fields.js';
import { versionNote } from '../model/trace/token.js';
import type { TraceDocument } from '../model/trace/trace-file.js';
import type { Verdict } from '../model/verdict.js';
import { type CertifyFlag, certified, certifyMs } from './certify.js';
import { unknownId } from './choose.js';
import type { Engines, Kernel } from './engines.js';
import { finish } from './finish.js';
import { notRun } from './not-run.js';
import { readTrace } from './read-trace.js';
import type { Terminal } from './terminal.js';
import { UsageError } from './usage-error.js';

export interface ReplayFlags {
  readonly system?: string;
  readonly json?: boolean;
  readonly quiet?: boolean;
  readonly certify?: CertifyFlag;
}

/** The name of whatever kernel runs here; kernels have ids that begin like this. */
const HOST = 'host';
const KERNEL_PREFIX = 'linux-';

interface Replayed {
  readonly verdict: Verdict;
  readonly notes: readonly string[];
}

const differentKernel = (wanted: string, { id }: Kernel): string[] =>
  wanted === HOST || wanted === id ? [] : [`the trace is about ${wanted}, this kernel is ${id}`];

/** A kernel starts every trace from its own environment. */
function differentEnv(env: Env, { env: own }: Kernel): string[] {
  const changed = ENV_FIELDS.filter(({ name }) => env[name] !== own[name]);
  const list = changed.map(({ name }) => `${name} ${own[name]} instead of ${env[name]}`);
  return list.length === 0 ? [] : [`this kernel starts with ${list.join(', ')}`];
}

async function replayOnHost(document: TraceDocument, wanted: string, engines: Engines): Promise<Replayed> {
  const host = await engines.openHost(document.trace.env);
  if (typeof host === 'string') {
    return { verdict: notRun(wanted, 0, host), notes: [] };
  }
  try {
    const notes = [...differentKernel(wanted, host), ...differentEnv(document.trace.env, host)];
    return { verdict: await host.replay(document.trace), notes };
  } finally {
    await host.close();
  }
}

async function replayOn(system: string, document: TraceDocument, engines: Engines): Promise<Replayed> {
  const design = engines.designs.find(({ id }) => id === system);
  if (design !== undefined) return { verdict: design.replay(document.trace), notes: [] };
  if (system === HOST || system.startsWith(KERNEL_PREFIX)) return replayOnHost(document, system, engines);
  throw unknownId('system', system, [...engines.designs.map(({ id }) => id), HOST]);
}

/**
 * `mapahead replay`: one trace again, from a token or a file, on the System that it names or on another.
 * @returns the exit code
 * @throws UsageError, TraceError when the trace cannot be read, or its System is not known
 */
export async function replay(
  source: string,
  flags: ReplayFlags,
  engines: Engines,
  terminal: Terminal,
  signal: AbortSignal,
): Promise<number> {
  const start = Date.now();
  const document = readTrace(source);
  const system = flags.system ?? document.system;
  if (system === undefined) throw new UsageError('the trace names no system: add --system ID');
  const timeMs = certifyMs(flags.certify);
  const { verdict: replayed, notes } = await replayOn(system, document, engines);
  const design = engines.designs.find(({ id }) => id === system);
  const verdict = await certified(replayed, design, timeMs, terminal, signal, flags.quiet === true);
  const madeBy = document.madeBy === undefined ? undefined : versionNote(document.madeBy);
  return finish([{ verdict, optional: false }], terminal, {
    json: flags.json === true,
    quiet: flags.quiet === true,
    interrupted: signal.aborted,
    tellFindings: true,
    seconds: (Date.now() - start) / 1000,
    notes: [...(madeBy === undefined ? [] : [madeBy]), ...notes],
  });
}

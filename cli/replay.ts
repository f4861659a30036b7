import type { Env } from '../model/alphabet/system.js';
import { HOST, KERNEL_NAMES, looksLikeKernel } from '../model/linux/kernels.js';
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

/** Kernels have ids that begin like this. */
const KERNEL_PREFIX = 'linux-';

interface Replayed {
  readonly verdict: Verdict;
  readonly notes: readonly string[];
}

const differentKernel = (wanted: string, { id }: Kernel): string[] =>
  looksLikeKernel(wanted) || wanted === id ? [] : [`the trace is about ${wanted}, this kernel is ${id}`];

/** A kernel starts every trace from its own environment. */
function differentEnv(env: Env, { env: own }: Kernel): string[] {
  const changed = ENV_FIELDS.filter(({ name }) => env[name] !== own[name]);
  const list = changed.map(({ name }) => `${name} ${own[name]} instead of ${env[name]}`);
  return list.length === 0 ? [] : [`this kernel starts with ${list.join(', ')}`];
}

async function replayOnKernel(
  document: TraceDocument,
  wanted: string,
  name: string,
  engines: Engines,
): Promise<Replayed> {
  const kernel = await engines.openKernel(name, { start: document.trace.env });
  if (typeof kernel === 'string') {
    return { verdict: notRun(wanted, 0, kernel), notes: [] };
  }
  try {
    const notes = [...differentKernel(wanted, kernel), ...differentEnv(document.trace.env, kernel)];
    return { verdict: await kernel.replay(document.trace), notes };
  } finally {
    await kernel.close();
  }
}

/** @param asked what the user named; a trace, which may come from anybody, has no file booted and nothing fetched */
async function replayOn(
  asked: string | undefined,
  document: TraceDocument,
  engines: Engines,
): Promise<Replayed> {
  const system = asked ?? document.system;
  if (system === undefined) throw new UsageError('the trace names no system: add --system ID');
  const design = engines.designs.find(({ id }) => id === system);
  if (design !== undefined) return { verdict: design.replay(document.trace), notes: [] };
  if (asked !== undefined && looksLikeKernel(asked)) return replayOnKernel(document, asked, asked, engines);
  if (system === HOST || system.startsWith(KERNEL_PREFIX))
    return replayOnKernel(document, system, HOST, engines);
  throw unknownId('system', system, [...engines.designs.map(({ id }) => id), KERNEL_NAMES]);
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
  const timeMs = certifyMs(flags.certify);
  const { verdict: replayed, notes } = await replayOn(flags.system, document, engines);
  const design = engines.designs.find(({ id }) => id === (flags.system ?? document.system));
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

import { type KernelFacts, upstreamOf } from '../model/linux/facts.js';
import { type NotObserved, notObserved } from '../model/linux/not-observed.js';
import { type Line, line, paragraph, span, type Tone } from '../reports/terminal/text.js';
import { checkKernelName } from './choose.js';
import type { Engines } from './engines.js';
import { print, type Terminal, tell } from './terminal.js';

/** The options of `kernels`, as they are written. */
export interface KernelsFlags {
  readonly kernel?: readonly string[];
  readonly json?: boolean;
}

/** A kernel that was opened, or why it could not be. */
interface Look {
  readonly name: string;
  readonly works: boolean;
  readonly reason?: string;
  readonly machine?: string;
  readonly facts?: KernelFacts;
  readonly notObserved?: readonly NotObserved[];
}

const COULD_NOT_CHECK = 3;
const INTERRUPTED = 130;

async function lookAt(name: string, engines: Engines, onWait: (what: string) => void): Promise<Look> {
  const kernel = await engines.openKernel(name, { onWait });
  if (typeof kernel === 'string') return { name, works: false, reason: kernel };
  const { machine, facts } = kernel;
  await kernel.close();
  return { name, works: true, machine, facts, notObserved: notObserved(facts) };
}

const yesNo = (flag: boolean): string => (flag ? 'yes' : 'no');

function factLines({ machine = '', facts, notObserved = [] }: Look): Line[] {
  if (facts === undefined) return [];
  const field = (name: string, value: string, tone: Tone = 'plain'): Line[] =>
    paragraph([span(`    ${name}: `, 'faint')], value, tone);
  const { cpus, paranoid, mlockKb, gift, privileged, pku, thp, ksm, aux } = facts;
  const has = `protection keys ${yesNo(pku)}, THP ${yesNo(thp)}, KSM ${yesNo(ksm)}, AUX-capable PMU ${aux}`;
  return [
    ...field('runs on', `${machine}, ${cpus} CPU${cpus === 1 ? '' : 's'}`),
    ...field(
      'perf',
      `works; perf_event_paranoid ${paranoid}, perf_event_mlock_kb ${mlockKb}, gift ${gift} pages`,
    ),
    ...field(
      'the agent runs as',
      privileged ? 'root: each sequence has users of its own' : `user ${facts.uid}`,
    ),
    ...field('it has', has),
    ...notObserved.flatMap(({ what, why }) => field('not observed', `${what}: ${why}`, 'warn')),
  ];
}

function linesOf(look: Look): Line[] {
  const { name, works, reason = '', facts } = look;
  const upstream = facts === undefined ? undefined : upstreamOf(facts);
  const version = `  ${facts?.release ?? ''}${upstream === undefined ? '' : ` (Linux ${upstream})`}`;
  const title: Line = [span(`  ${name}`, 'strong'), span(version.trimEnd())];
  const problem = works ? [] : paragraph([span('    cannot be checked: ', 'bad')], reason);
  return [title, ...problem, ...factLines(look)];
}

/**
 * `mapahead kernels`: which kernels are at hand, and what can be observed there. Each is opened for that; guests are booted.
 * @returns the exit code
 * @throws UsageError for a name that no kernel can have
 */
export async function kernels(
  flags: KernelsFlags,
  engines: Engines,
  terminal: Terminal,
  signal: AbortSignal,
): Promise<number> {
  for (const name of flags.kernel ?? []) checkKernelName(name);
  const looks: Look[] = [];
  for (const name of flags.kernel ?? (await engines.kernelsAtHand())) {
    if (signal.aborted) break;
    const onWait = (what: string): void => tell(terminal, [line(`mapahead ${what}`, 'faint')]);
    const look = await lookAt(name, engines, onWait);
    looks.push(look);
    if (flags.json !== true) print(terminal, linesOf(look));
  }
  if (flags.json === true) terminal.out.write(`${JSON.stringify({ kernels: looks }, null, 2)}\n`);
  if (signal.aborted) return INTERRUPTED;
  return flags.kernel !== undefined && looks.some(({ works }) => !works) ? COULD_NOT_CHECK : 0;
}

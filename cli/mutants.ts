import { advance } from '../model/designs/advance.js';
import { demand_fault } from '../model/designs/demand-fault.js';
import { failuresOf, type KillMatrix } from '../model/kill-matrix.js';
import { INTERLEAVINGS, MUTANTS } from '../model/mutants/index.js';
import { VERSION } from '../model/trace/version.js';
import { certify } from '../properties/certify/certify.js';
import { type KillLimits, type KillProgress, killMatrix } from '../properties/killing/kill-matrix.js';
import { EXIT_CODE, type Outcome } from '../reports/outcome.js';
import { killMatrixToResult } from '../reports/results/from-kill-matrix.js';
import { killMatrixLines } from '../reports/terminal/kill-matrix.js';
import { thousands } from '../reports/terminal/summary.js';
import { line, span } from '../reports/terminal/text.js';
import { CERTIFY_BYTES, type CertifyFlag, certifyMs } from './certify.js';
import { chooseIds } from './choose.js';
import { mutantsCommand } from './command-line.js';
import type { MutantsFlags } from './mutants-flags.js';
import { parseNumber, RUNS, SECONDS, SEED } from './numbers.js';
import { DEFAULT_LENGTH } from './plan.js';
import { Publisher } from './publisher.js';
import { print, type Terminal, tell } from './terminal.js';
import { UsageError } from './usage-error.js';

/** Milliseconds between two lines of progress. */
const LINE_MS = 10_000;

/** What is searched now: a line every ten seconds. */
function progressLines(terminal: Terminal, publisher: Publisher): (progress: KillProgress) => void {
  let next = Date.now() + LINE_MS;
  return ({ id, done, all, sequences }) => {
    publisher.progress('mutants', `${done} of ${all} done, now ${id}`, done / all);
    if (Date.now() < next) return;
    next = Date.now() + LINE_MS;
    tell(terminal, [line(`${done} of ${all} done, now ${id}: ${thousands(sequences)} sequences`, 'faint')]);
  };
}

function outcomeOfMatrix(matrix: KillMatrix): Outcome {
  if (matrix.interrupted) return 'interrupted';
  if (failuresOf(matrix).length > 0) return 'failed';
  return matrix.intended.some(({ incomplete }) => incomplete !== undefined) ? 'not-run' : 'passed';
}

function toJson(matrix: KillMatrix, outcome: Outcome, seconds: number): object {
  const story = (each: { readonly counterexample?: { readonly token: string } }) =>
    each.counterexample === undefined ? {} : { counterexample: each.counterexample.token };
  return {
    format: 'mapahead-kill-matrix',
    version: 1,
    madeBy: VERSION,
    outcome,
    exitCode: EXIT_CODE[outcome],
    seconds,
    ...matrix,
    mutants: matrix.mutants.map((each) => ({
      ...each,
      ...(each.counterexample === undefined ? {} : { shrunk: each.counterexample.observations.length }),
      ...story(each),
    })),
    intended: matrix.intended.map((each) => ({ ...each, ...story(each) })),
  };
}

function certifying(flag: CertifyFlag, signal: AbortSignal): Pick<KillLimits, 'certify'> {
  const timeMs = certifyMs(flag);
  if (timeMs === undefined) return {};
  return { certify: (design, found) => certify(design, found, { timeMs, bytes: CERTIFY_BYTES, signal }) };
}

/**
 * `mapahead mutants`: is every known defect found, by whom and how soon, and nothing in the designs that have none?
 * @returns the exit code
 * @throws UsageError for wrong options
 */
export async function mutants(flags: MutantsFlags, terminal: Terminal, signal: AbortSignal): Promise<number> {
  const later = flags.mutant?.find((id) => INTERLEAVINGS.some((each) => each.id === id));
  if (later !== undefined)
    throw new UsageError(`--mutant: ${later} needs interleavings: no sequence of operations can show it`);
  const known = MUTANTS.map(({ id }) => id);
  const chosen = flags.mutant === undefined ? known : chooseIds('mutant', flags.mutant, known);
  const complete = chosen.length === known.length;
  const limits = {
    seed: parseNumber('--seed', flags.seed, SEED),
    seeds: parseNumber('--seeds', flags.seeds, { min: 1, max: 10_000 }),
    sequences: parseNumber('--sequences', flags.sequences, RUNS),
    length: DEFAULT_LENGTH,
    timeMs: 1000 * parseNumber('--time', flags.time, SECONDS),
    ...certifying(flags.certify, signal),
  };
  const bases = new Set(MUTANTS.filter(({ id }) => chosen.includes(id)).map(({ base }) => base));
  const command = mutantsCommand(flags);
  const publisher = await Publisher.open(flags, 'mutants', command, terminal);
  const { started } = publisher;
  try {
    tell(terminal, [
      [
        span(`mapahead ${VERSION}  `, 'strong'),
        span(`searches ${chosen.length} mutant${chosen.length === 1 ? '' : 's'}: seed ${limits.seed}, `),
        span(`up to ${limits.seeds} trials of ${limits.sequences} sequences each`),
      ],
    ]);
    const matrix = await killMatrix(
      {
        mutants: MUTANTS.filter(({ id }) => chosen.includes(id)),
        intended: [advance, demand_fault].filter(({ id }) => bases.has(id)),
        interleavings: complete ? INTERLEAVINGS : [],
        complete,
      },
      { ...limits, signal, onProgress: progressLines(terminal, publisher) },
    );
    const outcome = outcomeOfMatrix(matrix);
    const seconds = (Date.now() - started.getTime()) / 1000;
    if (publisher.isWanted)
      await publisher.publish(
        killMatrixToResult({ started, seconds, command }, matrix, [...MUTANTS, ...INTERLEAVINGS]),
      );
    if (flags.json === true)
      terminal.out.write(`${JSON.stringify(toJson(matrix, outcome, seconds), null, 2)}\n`);
    else print(terminal, killMatrixLines(matrix, outcome));
    return EXIT_CODE[outcome];
  } finally {
    await publisher.close();
  }
}

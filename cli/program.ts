import { Command } from 'commander';
import { HOST, KERNEL_NAMES } from '../model/linux/kernels.js';
import { looksLikeRaceToken } from '../model/trace/race-token.js';
import { VERSION } from '../model/trace/version.js';
import { NAMED_BOUNDS } from '../properties/explorer/named-bounds.js';
import { CERTIFY_SECONDS } from './certify.js';
import { check } from './check.js';
import { conform } from './conform.js';
import { addConform } from './conform-options.js';
import type { Engines } from './engines.js';
import { explore } from './explore.js';
import type { ExploreFlags } from './explore-flags.js';
import { type KernelsFlags, kernels } from './kernels.js';
import { list, SECTION_NAMES } from './list.js';
import { mutants } from './mutants.js';
import type { MutantsFlags } from './mutants-flags.js';
import { type CheckFlags, DEFAULT_DESIGNS, DEFAULT_LENGTH, DEFAULT_SECONDS } from './plan.js';
import { race, replayRace } from './race.js';
import { addRace } from './race-options.js';
import { type ReplayFlags, replay } from './replay.js';
import { report } from './report.js';
import { addReport, publishOptions } from './report-options.js';
import { REPRODUCER_FORMATS, type ReproduceFlags, reproduce } from './reproduce.js';
import { schema } from './schema.js';
import type { Terminal } from './terminal.js';

const EXIT_CODES = `
Exit codes:
  0    everything that was checked passed
  1    a counterexample was found
  2    wrong usage, or input that cannot be read
  3    could not check: a system that was asked for did not run
  130  interrupted (Ctrl-C); what was known by then is printed and saved
`;

const BOUNDS = NAMED_BOUNDS.map(({ name }) => name);

const collect = (value: string, before: readonly string[] | undefined): readonly string[] => [
  ...(before ?? []),
  value,
];

function addCheck(program: Command, act: (flags: CheckFlags) => Promise<void>): void {
  publishOptions(program.command('check'))
    .summary('search for a counterexample')
    .description(
      'Run random sequences of operations on designs, against the specification and all invariants, and on real ' +
        'kernels, against the specification of their versions. A counterexample is shrunk and told step by step.',
    )
    .option(
      '--design <id>',
      `design to check, or "all"; can be repeated (default: ${DEFAULT_DESIGNS.join(', ')})`,
      collect,
    )
    .option('--seed <number>', 'seed of the random sequences, 0 to 4294967295 (default: a new one)')
    .option('--runs <number>', 'sequences on each system (default: as many as the time allows)')
    .option(
      '--time <seconds>',
      `seconds for all systems together, fractions allowed (default: ${DEFAULT_SECONDS}, without limit when --runs is given)`,
    )
    .option('--length <number>', 'operations in a sequence, 1 to 500', String(DEFAULT_LENGTH))
    .option(
      '--kernel <name>',
      `kernel that must be checked (exit code 3 when it cannot be): ${KERNEL_NAMES}; can be repeated`,
      collect,
    )
    .option('--host', "the same as --kernel host: this machine's kernel")
    .option('--no-host', 'leave the kernel of this machine alone')
    .option(
      '--save <file>',
      'write the counterexample as a trace file (a second one: FILE with ".2" before its ending)',
    )
    .option(
      '--certify [seconds]',
      `search every sequence that is shorter than a design's counterexample for the same failure (default: ${CERTIFY_SECONDS} seconds)`,
    )
    .option('--json', 'print one JSON object instead of text (see: mapahead schema report)')
    .option('--quiet', 'print counterexamples and the last line only, no progress')
    .action(act);
}

function addExplore(program: Command, act: (flags: ExploreFlags) => Promise<void>): void {
  publishOptions(program.command('explore'))
    .summary('check every sequence of a bounded alphabet')
    .description(
      'Do every operation of a bounded alphabet in every state that can be reached, breadth first, against the specification ' +
        'and all invariants. When no new state is left, that is a proof for sequences of any length within the bounds; the ' +
        'first counterexample is a shortest one. See docs/EXPLORING.md.',
    )
    .option('--design <id>', 'design to explore', 'advance')
    .option(
      '--against <id>',
      '"spec", or a design: what both show must differ by variation points only',
      'spec',
    )
    .option('--bounds <name|file>', `${BOUNDS.join(', ')}, or a file in JSON`, 'small')
    .option('--symmetry <on|off>', 'count states that differ in names alone as one', 'on')
    .option('--depth <number>', 'operations from the start at most (default: until it closes)')
    .option('--memory <megabytes>', 'size of the set of states at most', '1000')
    .option('--time <seconds>', 'end after this time (default: until it closes)')
    .option('--invariant <id>', 'ask this invariant only, or "spec"; can be repeated', collect)
    .option(
      '--checkpoint <file>',
      'go on from this file if it is there; write it now and then, and at the end',
    )
    .option('--checkpoint-every <seconds>', 'seconds between two writings, at least', '30')
    .option('--workers <number>', 'threads, 1 to 64: the result is the same (default: one a core, 4 at most)')
    .option('--json', 'print one JSON object instead of text')
    .action(act);
}

function addMutants(program: Command, act: (flags: MutantsFlags) => Promise<void>): void {
  publishOptions(program.command('mutants'))
    .summary('search designs that have a known defect each')
    .description(
      'Search for the defect of each mutant, a design with one real bug or rejected idea, as check does; ask which invariants find ' +
        'it alone; and search the intended designs, in which nothing may be found, ten times as long. A mutant that is not found ' +
        'fails the run. See docs/MUTANTS.md.',
    )
    .option('--mutant <id>', 'mutant to search, or "all"; can be repeated (default: all)', collect)
    .option('--seed <number>', 'seed of the first trial, 0 to 4294967295', '1')
    .option('--seeds <number>', 'trials of each mutant, each with a seed of its own', '1')
    .option('--sequences <number>', 'sequences of a trial at most', '50000')
    .option('--time <seconds>', 'seconds of a trial at most', '120')
    .option(
      '--certify [seconds]',
      `search every sequence that is shorter than the shrunk one (default: ${CERTIFY_SECONDS} seconds for each mutant)`,
    )
    .option('--json', 'print one JSON object instead of text')
    .action(act);
}

function addReplay(program: Command, act: (source: string, flags: ReplayFlags) => Promise<void>): void {
  program
    .command('replay')
    .summary('run one trace again')
    .description('Run the trace of a token, or of a trace file, and judge it as check does.')
    .argument(
      '<token|file>',
      'token that a counterexample ended with, or trace file (see: mapahead schema trace)',
    )
    .option('--system <id>', `design or kernel (${KERNEL_NAMES}) to run it on (default: as the trace says)`)
    .option(
      '--certify [seconds]',
      `search every sequence that is shorter than a design's counterexample for the same failure (default: ${CERTIFY_SECONDS} seconds)`,
    )
    .option('--json', 'print one JSON object instead of text')
    .option('--quiet', 'print the counterexample and the last line only')
    .action(act);
}

function addReproduce(program: Command, act: (source: string, flags: ReproduceFlags) => Promise<void>): void {
  program
    .command('reproduce')
    .alias('repro')
    .summary('write a trace as a program')
    .description(
      'Write the trace of a token, or of a trace file, as a program that does the same and checks what each step shows. See ' +
        'docs/REPRODUCERS.md.',
    )
    .argument('<token|file>', 'as for replay')
    .option('--format <name>', `one of ${REPRODUCER_FORMATS.join(', ')}`, 'c')
    .option('-o, --output <file>', 'write it there (default: to the standard output)')
    .option(
      '--system <id>',
      'whose behaviour is expected: a design, linux-RELEASE, or "host": this machine\'s kernel (default: as the trace says, or the kernel of --run)',
    )
    .option('--run <kernel>', `compile it and run it there: ${KERNEL_NAMES}`)
    .action(act);
}

function addKernels(program: Command, act: (flags: KernelsFlags) => Promise<void>): void {
  program
    .command('kernels')
    .summary('show which kernels can be checked')
    .description(
      'Open each kernel, which boots those that are not the running one, and tell its version, whether perf works there, and ' +
        'what cannot be observed. See docs/KERNELS.md.',
    )
    .option(
      '--kernel <name>',
      `${KERNEL_NAMES}; can be repeated (default: ${HOST} and what was fetched before)`,
      collect,
    )
    .option('--json', 'print one JSON object instead of text')
    .action(act);
}

/**
 * The command line.
 * @param done is given the exit code
 */
export function buildProgram(
  engines: Engines,
  terminal: Terminal,
  signal: AbortSignal,
  done: (exitCode: number) => void,
): Command {
  const program = new Command('mapahead')
    .description(
      'Checks how Linux perf maps its ring buffer: designs and real kernels, against one specification.',
    )
    .version(VERSION, '--version', 'print the version')
    .helpOption('--help', 'print this')
    .helpCommand(false)
    .addHelpText('after', EXIT_CODES)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => terminal.out.write(text),
      writeErr: (text) => terminal.err.write(text),
      getOutHelpWidth: () => 80,
      getErrHelpWidth: () => 80,
      // Errors are printed by the one who catches them.
      outputError: () => {},
    });
  addCheck(program, async (flags) => done(await check(flags, engines, terminal, signal)));
  addMutants(program, async (flags) => done(await mutants(flags, terminal, signal)));
  addConform(program, async (flags) => done(await conform(flags, engines, terminal, signal)));
  addReproduce(program, async (source, flags) => done(await reproduce(source, flags, terminal)));
  addExplore(program, async (flags) => done(await explore(flags, engines, terminal, signal)));
  addRace(program, async (flags) => done(await race(flags, terminal, signal)));
  addReplay(program, async (source, flags) =>
    done(
      looksLikeRaceToken(source)
        ? await replayRace(source, flags.system, terminal)
        : await replay(source, flags, engines, terminal, signal),
    ),
  );
  addReport(program, async (paths, flags) => done(await report(paths, flags, terminal)));
  addKernels(program, async (flags) => done(await kernels(flags, engines, terminal, signal)));
  program
    .command('list')
    .summary('show what there is')
    .description('Show designs, invariants, variation points of the specification, findings and operations.')
    .argument('[what]', `one of ${SECTION_NAMES.join(', ')}`)
    .option('--json', 'print one JSON object instead of text')
    .action((what: string | undefined, { json }: { json?: boolean }) =>
      list(what, json === true, engines, terminal),
    );
  program
    .command('schema')
    .summary('print a JSON Schema')
    .description('Print the JSON Schema of a format.')
    .argument(
      '<format>',
      'trace: trace files; report: what --json prints; result: what --results writes; history: a line of a history file',
    )
    .action((format: string) => schema(format, terminal));
  return program;
}

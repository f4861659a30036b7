import { Command } from 'commander';
import { looksLikeRaceToken } from '../model/trace/race-token.js';
import { VERSION } from '../model/trace/version.js';
import { check } from './check.js';
import type { Engines } from './engines.js';
import { type ExploreFlags, explore } from './explore.js';
import { list, SECTION_NAMES } from './list.js';
import { type CheckFlags, DEFAULT_DESIGNS, DEFAULT_LENGTH, DEFAULT_SECONDS } from './plan.js';
import { type RaceFlags, race, replayRace } from './race.js';
import { type ReplayFlags, replay } from './replay.js';
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

const collect = (value: string, before: readonly string[] | undefined): readonly string[] => [
  ...(before ?? []),
  value,
];

function addCheck(program: Command, act: (flags: CheckFlags) => Promise<void>): void {
  program
    .command('check')
    .summary('search for a counterexample')
    .description(
      'Run random sequences of operations on designs, against the specification and all invariants, and on the kernel of ' +
        'this machine, against the specification of its version. A counterexample is shrunk and told step by step.',
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
    .option('--host', 'the kernel must be checked: exit code 3 when it cannot be')
    .option('--no-host', 'leave the kernel of this machine alone')
    .option(
      '--save <file>',
      'write the counterexample as a trace file (a second one: FILE with ".2" before its ending)',
    )
    .option('--json', 'print one JSON object instead of text (see: mapahead schema report)')
    .option('--quiet', 'print counterexamples and the last line only, no progress')
    .action(act);
}

function addExplore(program: Command, act: (flags: ExploreFlags) => Promise<void>): void {
  program
    .command('explore')
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
    .option('--bounds <name|file>', 'small, failures, medium, or a file in JSON', 'small')
    .option('--symmetry <on|off>', 'count states that differ in names alone as one', 'on')
    .option('--depth <number>', 'operations from the start at most (default: until it closes)')
    .option('--memory <megabytes>', 'size of the set of states at most', '1000')
    .option('--time <seconds>', 'end after this time (default: until it closes)')
    .option('--invariant <id>', 'ask this invariant only, or "spec"; can be repeated', collect)
    .option(
      '--checkpoint <file>',
      'go on from this file if it is there; write it when the search does not close',
    )
    .option('--json', 'print one JSON object instead of text')
    .action(act);
}

function addRace(program: Command, act: (flags: RaceFlags) => Promise<void>): void {
  program
    .command('race')
    .summary('interleave tasks')
    .description(
      'Run two or three tasks beside each other on a design, suspended wherever another task can see or change something: in one ' +
        'schedule of each class (dpor), in random ones (pct), or in all with few preemptions (bounded). See docs/INTERLEAVINGS.md.',
    )
    .option('--design <id>', 'design to run', 'advance')
    .option(
      '--tasks <plan>',
      '"situation: task | task", a task being actions with "+" between them; can be repeated (default: every pair of actions)',
      collect,
    )
    .option('--mode <name>', 'dpor, pct or bounded', 'dpor')
    .option('--budget <number>', 'schedules of each plan at most (default: 100000; pct: 200)')
    .option('--time <seconds>', 'end after this time (default: when all plans are run)')
    .option(
      '--depth <number>',
      'pct: ordered pairs of steps aimed at (default: 3); bounded: preemptions (default: 2)',
    )
    .option('--seed <number>', 'seed of pct, 0 to 4294967295 (default: a new one)')
    .option('--all', 'go on after the first race, to the first of every rule')
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
    .option(
      '--system <id>',
      'design to run it on, or "host": this machine\'s kernel (default: as the trace says)',
    )
    .option('--json', 'print one JSON object instead of text')
    .option('--quiet', 'print the counterexample and the last line only')
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
  addExplore(program, async (flags) => done(await explore(flags, terminal, signal)));
  addRace(program, async (flags) => done(await race(flags, terminal, signal)));
  addReplay(program, async (source, flags) =>
    done(
      looksLikeRaceToken(source)
        ? await replayRace(source, flags.system, terminal)
        : await replay(source, flags, engines, terminal),
    ),
  );
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
    .argument('<format>', 'trace: trace files; report: what --json prints')
    .action((format: string) => schema(format, terminal));
  return program;
}

import type { Command } from 'commander';
import { CERTIFY_SECONDS } from './certify.js';
import type { RaceFlags } from './race-flags.js';
import { publishOptions } from './report-options.js';

const collect = (value: string, before: readonly string[] | undefined): readonly string[] => [
  ...(before ?? []),
  value,
];

/** The command `race`, with its options. */
export function addRace(program: Command, act: (flags: RaceFlags) => Promise<void>): void {
  publishOptions(program.command('race'))
    .summary('interleave tasks')
    .description(
      'Run two or three tasks beside each other on a design, suspended wherever another task can see or change something: in one ' +
        'schedule of each class (dpor), in random ones (pct), or in all with few preemptions (bounded). See docs/INTERLEAVINGS.md.',
    )
    .option('--design <id>', 'design or mutant to run', 'advance')
    .option(
      '--tasks <plan>',
      '"situation: task | task", a task being actions with "+" between them; can be repeated (default: every pair of actions)',
      collect,
    )
    .option('--three', 'without --tasks: plans of three tasks instead, two actions beside every third one')
    .option('--mode <name>', 'dpor, pct or bounded', 'dpor')
    .option('--budget <number>', 'schedules of each plan at most (default: 100000; pct: 200)')
    .option('--time <seconds>', 'end after this time (default: when all plans are run)')
    .option(
      '--depth <number>',
      'pct: ordered pairs of steps aimed at (default: 3); bounded: preemptions (default: 2)',
    )
    .option('--seed <number>', 'seed of pct, 0 to 4294967295 (default: a new one)')
    .option('--all', 'go on after the first race, to the first of every rule')
    .option(
      '--certify [seconds]',
      `search for each race that was found in all plans and schedules that are smaller (default: ${CERTIFY_SECONDS} seconds)`,
    )
    .option('--json', 'print one JSON object instead of text')
    .action(act);
}

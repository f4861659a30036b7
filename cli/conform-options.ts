import type { Command } from 'commander';
import { KERNEL_NAMES } from '../model/linux/kernels.js';
import { CONFORM_SECONDS, type ConformFlags, SOURCES } from './conform-plan.js';
import { DEFAULT_LENGTH } from './plan.js';
import { publishOptions } from './report-options.js';

const collect = (value: string, before: readonly string[] | undefined): readonly string[] => [
  ...(before ?? []),
  value,
];

/** The command `conform`. */
export function addConform(program: Command, act: (flags: ConformFlags) => Promise<void>): void {
  publishOptions(program.command('conform'))
    .summary('compare real kernels with the specification')
    .description(
      'Run the corpus, a transition cover and random sequences on kernels, each held to the specification of its version. What ' +
        'disagrees is shrunk on the kernel and told once for each cause. See docs/CONFORMANCE.md.',
    )
    .option('--kernel <name>', `${KERNEL_NAMES}; can be repeated (default: host)`, collect)
    .option('--source <name>', `${SOURCES.join(', ')}; can be repeated (default: all)`, collect)
    .option('--seed <number>', 'seed of the random sequences, 0 to 4294967295 (default: a new one)')
    .option('--runs <number>', 'random sequences on each kernel (default: as many as the time allows)')
    .option(
      '--time <seconds>',
      `seconds for the random sequences of all kernels (default: ${CONFORM_SECONDS}, without limit when --runs is given)`,
    )
    .option('--length <number>', 'operations in a random sequence, 1 to 500', String(DEFAULT_LENGTH))
    .option('--corpus <folder>', 'folder of trace files (default: the one that comes with mapahead)')
    .option('--matrix', 'measure on which side of each variation point and known finding each kernel is')
    .option('--record <file>', 'keep the matrix in this file, beside what it says of other kernels')
    .option(
      '--mail <folder>',
      'write each finding as a text for a mailing list, a C program and a trace file',
    )
    .option('--markdown', 'print the matrix as Markdown instead of text')
    .option('--json', 'print one JSON object instead of text (see: mapahead schema report)')
    .option('--quiet', 'print counterexamples and the last line only, no progress')
    .action(act);
}

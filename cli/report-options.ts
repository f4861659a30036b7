import type { Command } from 'commander';
import { FORMATS } from '../reports/formats/index.js';
import { addMaker } from './publish.js';
import { DEFAULT_RESULTS, type ReportFlags } from './report.js';

/** The options of every command that leaves a result. */
export function publishOptions(command: Command): Command {
  addMaker(command.name());
  return command
    .option('--results <folder>', 'write the result there as JSON, and a report of all results in it')
    .option('--report <file>', 'write a report of this run alone: one HTML file')
    .option('--watch', 'serve the report on this machine while the run goes on');
}

/** The command `report`. */
export function addReport(
  program: Command,
  act: (paths: readonly string[], flags: ReportFlags) => Promise<void>,
): void {
  program
    .command('report')
    .summary('show results as a page, or in a format of others')
    .description(
      'Write what results come to: as one HTML file that needs nothing else, or in a format that other programs read. The exit ' +
        'code says whether it could be written, not what the results say.',
    )
    .argument(
      '[results...]',
      `result files or folders of them, and c8's coverage-final.json (default: ${DEFAULT_RESULTS})`,
    )
    .option('--format <name>', `one of ${Object.keys(FORMATS).join(', ')}`, 'html')
    .option('--out <file>', 'where to (default: report.html; other formats: standard output)')
    .option('--open', 'open the page in a browser')
    .option('--history <file>', 'add this run to the runs in this file, and show how they went')
    .option('--revision <text>', 'what the history calls the sources of this run')
    .action((paths: readonly string[], flags: ReportFlags) => act(paths, flags));
}

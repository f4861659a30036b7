import { VERSION } from '../model/trace/version.js';
import { FORMATS } from '../reports/formats/index.js';
import { line } from '../reports/terminal/text.js';
import { unknownId } from './choose.js';
import { checkFilePath, writeText } from './files.js';
import { readHistory } from './history.js';
import { openInBrowser } from './open-file.js';
import { pageData } from './publish.js';
import { readResults } from './read-results.js';
import { type Terminal, tell } from './terminal.js';
import { UsageError } from './usage-error.js';

export interface ReportFlags {
  readonly format: string;
  readonly out?: string;
  readonly open?: boolean;
  readonly history?: string;
  readonly revision?: string;
}

/** Where results are looked for when none are named. */
export const DEFAULT_RESULTS = 'results';

/**
 * `mapahead report`: what results come to, as a page or in a format that other programs read.
 * @returns the exit code: that it could be written, not what the results say
 * @throws UsageError, TraceError when a result cannot be read, or a file not written
 */
export async function report(
  paths: readonly string[],
  flags: ReportFlags,
  terminal: Terminal,
): Promise<number> {
  const format = FORMATS[flags.format];
  if (format === undefined) throw unknownId('format', flags.format, Object.keys(FORMATS));
  if (flags.open === true && flags.format !== 'html')
    throw new UsageError('--open: only a page can be opened, leave out --format');
  const out = flags.out ?? (flags.format === 'html' ? 'report.html' : undefined);
  if (out !== undefined) checkFilePath('--out', out);
  const { results, notes } = readResults(paths.length === 0 ? [DEFAULT_RESULTS] : paths);
  for (const note of notes) tell(terminal, [line(`note: ${note}`, 'warn')]);
  if (results.length === 0)
    throw new UsageError('no results there: make some with mapahead check --results results');
  const history = flags.history === undefined ? [] : readHistory(flags.history, results, flags.revision);
  const text = format(pageData(results, history));
  if (out === undefined) {
    terminal.out.write(text);
    return 0;
  }
  writeText('--out', out, text);
  tell(terminal, [line(`mapahead ${VERSION} wrote ${out}`)]);
  const problem = flags.open === true ? await openInBrowser(out) : undefined;
  if (problem !== undefined) tell(terminal, [line(`note: ${problem}`, 'warn')]);
  return 0;
}

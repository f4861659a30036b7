import { existsSync } from 'node:fs';
import type { HistoryPoint } from '../reports/html/history.js';
import { pointOf } from '../reports/html/history-point.js';
import type { SourcedResult } from '../reports/html/page-data.js';
import { parseHistory } from '../reports/results/read.js';
import { writeText } from './files.js';
import { readText } from './read-file.js';

/**
 * The runs of a history file, with this run as its last line; a file that is not there begins.
 * @param revision of the sources that were checked
 * @throws UsageError, TraceError when it cannot be read or written
 */
export function readHistory(
  path: string,
  results: readonly SourcedResult[],
  revision: string | undefined,
): HistoryPoint[] {
  const before = existsSync(path) ? parseHistory(readText(path), path) : [];
  const point = pointOf(results, revision);
  // The same results again are the same run.
  const kept = before.filter(({ at }) => at !== point.at);
  const all = [...kept, point].sort((a, b) => a.at.localeCompare(b.at));
  writeText('--history', path, all.map((each) => `${JSON.stringify(each)}\n`).join(''));
  return all;
}

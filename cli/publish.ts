import { join } from 'node:path';
import { VERSION } from '../model/trace/version.js';
import type { HistoryPoint } from '../reports/html/history.js';
import type { PageData, SourcedResult } from '../reports/html/page-data.js';
import { pageHtml } from '../reports/html/page-html.js';
import type { Result } from '../reports/results/schema.js';
import { checkFilePath, makeFolder, writeText } from './files.js';
import { readResults } from './read-results.js';

/** Where a run leaves its result, as the command line says it. */
export interface PublishFlags {
  readonly results?: string;
  readonly report?: string;
  readonly watch?: boolean;
}

/** The report's name in a folder of results. */
const REPORT = 'report.html';

/** The commands that leave results, as the command line has them: a page says how to make what is missing. */
const makers = new Set<string>();

/** This command leaves a result. */
export function addMaker(name: string): void {
  makers.add(name);
}

/** All that a page needs. */
export function pageData(results: readonly SourcedResult[], history: readonly HistoryPoint[] = []): PageData {
  return { madeBy: VERSION, at: new Date().toISOString(), results, history, commands: [...makers] };
}

/** Is somebody waiting for a result? What they cost is spent for nobody else. */
export const isWanted = ({ results, report, watch }: PublishFlags): boolean =>
  results !== undefined || report !== undefined || watch === true;

/**
 * Are the places there that a result goes to? Asked before hours of work.
 * @throws UsageError when one is not
 */
export function checkPlaces({ results, report }: PublishFlags): void {
  if (results !== undefined) makeFolder('--results', results);
  if (report !== undefined) checkFilePath('--report', report);
}

/**
 * Write a result as JSON, and the report of all results that are there.
 * @param name of the result's file in the folder of results, without its ending
 * @returns the files that were written, and notes on what is in the folder beside results
 * @throws UsageError, TraceError when a file cannot be written, or one in the folder cannot be read
 */
export function publish(
  { results, report }: PublishFlags,
  name: string,
  result: Result,
): { readonly files: readonly string[]; readonly notes: readonly string[] } {
  const files: string[] = [];
  const notes: string[] = [];
  const write = (option: string, path: string, text: string): void => {
    writeText(option, path, text);
    files.push(path);
  };
  if (results !== undefined) {
    write('--results', join(results, `${name}.json`), `${JSON.stringify(result, null, 1)}\n`);
    const read = readResults([results]);
    notes.push(...read.notes);
    write('--results', join(results, REPORT), pageHtml(pageData(read.results)));
  }
  if (report !== undefined)
    write('--report', report, pageHtml(pageData([{ source: `${name}.json`, result }])));
  return { files, notes };
}

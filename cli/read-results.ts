import { readdirSync, statSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import type { SourcedResult } from '../reports/html/page-data.js';
import { coverageResult } from '../reports/results/c8.js';
import { kindOf, resultFromJson } from '../reports/results/read.js';
import type { Result } from '../reports/results/schema.js';
import { readText } from './read-file.js';
import { UsageError } from './usage-error.js';

/** The results of some files, and what is to be said of the others. */
export interface ReadResults {
  readonly results: readonly SourcedResult[];
  readonly notes: readonly string[];
}

function textOf(path: string): string {
  try {
    return readText(path);
  } catch (error) {
    throw new UsageError(
      `result that cannot be read: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}

/** A source file that coverage speaks of, as it is now; of one that is gone there is nothing to show. */
function sourceOf(path: string): string | undefined {
  try {
    return readText(path);
  } catch {
    return undefined;
  }
}

/** c8's report names files by where they were: the folder that holds `coverage/` is theirs. */
function coverageOf(json: unknown, path: string): Result {
  const root = dirname(dirname(path));
  return coverageResult(json, path, statSync(path).mtime, (file) => ({
    path: relative(root, file),
    text: sourceOf(file),
  }));
}

/** The JSON files of a folder of results. */
function jsonFiles(folder: string): string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => join(folder, name));
}

/**
 * Read result files, and folders of them.
 * @param paths of result files, of c8's coverage-final.json, or of folders
 * @throws UsageError, TraceError one line: what cannot be read, and why
 */
export function readResults(paths: readonly string[]): ReadResults {
  const results: SourcedResult[] = [];
  const notes: string[] = [];
  const add = (path: string, named: boolean): void => {
    const { kind, json } = kindOf(textOf(path), path);
    if (kind === 'result') results.push({ source: path, result: resultFromJson(json, path) });
    else if (kind === 'c8') results.push({ source: path, result: coverageOf(json, path) });
    // Who names a file means it; what lies in a folder beside results may be anything.
    else if (named) resultFromJson(json, path);
    else notes.push(`${path} is no result: passed over`);
  };
  for (const path of paths) {
    const found = statSync(path, { throwIfNoEntry: false });
    if (found === undefined)
      throw new UsageError(`${path} is not there: name result files, or folders that --results wrote`);
    if (found.isDirectory()) for (const each of jsonFiles(path)) add(each, false);
    else add(path, true);
  }
  return { results, notes };
}

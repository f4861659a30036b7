import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseTraceFile } from '../model/trace/trace-file.js';
import type { CorpusTrace } from '../properties/conformance/conform.js';
import { readText } from './read-file.js';
import { UsageError } from './usage-error.js';

/** The counterexamples that come with mapahead. */
export const OWN_CORPUS = join(import.meta.dirname, '../../corpus');

/**
 * The trace files of a folder, in the order of their names.
 * @throws UsageError when the folder cannot be read or has none; TraceError that names the file and the place
 */
export function readCorpus(folder: string): CorpusTrace[] {
  let names: string[];
  try {
    names = readdirSync(folder).filter((name) => name.endsWith('.json'));
  } catch (error) {
    throw new UsageError(`--corpus: ${error instanceof Error ? error.message : String(error)}`);
  }
  if (names.length === 0) throw new UsageError(`--corpus: ${folder} has no trace files (*.json)`);
  return names.sort().map((name) => {
    const path = join(folder, name);
    return { name, trace: parseTraceFile(readText(path), path).trace };
  });
}

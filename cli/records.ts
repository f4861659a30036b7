import { existsSync, writeFileSync } from 'node:fs';
import type { KernelConformance } from '../model/conformance.js';
import { mergeRecords, type Records, recordOf, recordsSchema } from '../reports/conformance/record.js';
import { readText } from './read-file.js';
import { UsageError } from './usage-error.js';

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** @throws UsageError that says what is wrong with the file, and where */
function parse(text: string, path: string): Records {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new UsageError(`--record: ${path} is no JSON: ${reasonOf(error)}`);
  }
  const parsed = recordsSchema.safeParse(json);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const place = issue.path.map((part) => `/${String(part)}`).join('');
  throw new UsageError(
    `--record: ${path} is no file of kernels: ${place}: ${issue.message}; name another file`,
  );
}

/** @throws UsageError when the file is there and is no file of records */
export function readRecords(path: string): Records['kernels'] {
  if (!existsSync(path)) return [];
  return parse(readText(path, '--record: '), path).kernels;
}

/**
 * Keep what was found out about these kernels, beside what the file says of others.
 * @throws UsageError when the file cannot be read or written
 */
export function writeRecords(path: string, conformances: readonly KernelConformance[]): void {
  const fresh = conformances.filter(({ verdict }) => verdict.outcome !== 'not-run').map(recordOf);
  const records = mergeRecords(readRecords(path), fresh);
  try {
    writeFileSync(path, `${JSON.stringify(records, null, 2)}\n`);
  } catch (error) {
    throw new UsageError(`--record: ${reasonOf(error)}`);
  }
}

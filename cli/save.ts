import { join, parse } from 'node:path';
import { formatTraceFile, type TraceDocument } from '../model/trace/trace-file.js';
import type { Counterexample } from '../model/verdict.js';
import { writeText } from './files.js';

/** Where a counterexample of a run goes: the first to `path`, the second to `path` with `.2` before its ending. */
export function savePath(path: string, nth: number): string {
  const { dir, name, ext } = parse(path);
  return nth === 0 ? path : join(dir, `${name}.${nth + 1}${ext}`);
}

/** A counterexample as a trace, with what was observed of it. */
export function documentOf({ system, trace, failure, observations }: Counterexample): TraceDocument {
  const ints = observations.flatMap((each) => [...each]);
  return {
    system,
    trace,
    note: `${failure.rule} at step ${failure.step + 1}: ${failure.text}`.slice(0, 500),
    recording: { system, obs: Int32Array.from(ints), steps: observations.length },
  };
}

/**
 * Write a counterexample as a trace file.
 * @throws UsageError when the file cannot be written
 */
export function save(path: string, example: Counterexample): void {
  writeText('--save', path, formatTraceFile(documentOf(example)));
}

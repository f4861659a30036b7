import { accessSync, constants, statSync, writeFileSync } from 'node:fs';
import { dirname, join, parse } from 'node:path';
import { formatTraceFile, type TraceDocument } from '../model/trace/trace-file.js';
import type { Counterexample } from '../model/verdict.js';
import { UsageError } from './usage-error.js';

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/**
 * Is there a place for this file? Asked before hours of work.
 * @throws UsageError when the folder is not there or may not be written
 */
export function checkSavePath(option: string, path: string): void {
  try {
    accessSync(dirname(path), constants.W_OK);
  } catch (error) {
    throw new UsageError(`${option}: no file can be written there (${reasonOf(error)})`);
  }
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory() === true) {
    throw new UsageError(`${option}: ${path} is a folder, name a file`);
  }
}

/** Where a counterexample of a run goes: the first to `path`, the second to `path` with `.2` before its ending. */
export function savePath(path: string, nth: number): string {
  const { dir, name, ext } = parse(path);
  return nth === 0 ? path : join(dir, `${name}.${nth + 1}${ext}`);
}

/** A counterexample as a trace, with what was observed of it. */
function documentOf({ system, trace, failure, observations }: Counterexample): TraceDocument {
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
  try {
    writeFileSync(path, formatTraceFile(documentOf(example)));
  } catch (error) {
    throw new UsageError(`--save: ${reasonOf(error)}`);
  }
}

import { OP_WIDTH } from '../alphabet/bounds.js';
import { obsWidth } from '../alphabet/observations.js';
import type { Recording } from '../alphabet/system.js';

function joined(parts: readonly Int32Array[]): Int32Array {
  const all = new Int32Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

/**
 * The recording of a trace from the pieces of its observations.
 * @param ended why the trace ended early, or empty
 * @param alarm what the kernel said of it, or empty
 */
export function recordingOf(
  ops: Int32Array,
  parts: readonly Int32Array[],
  ended: string,
  alarm: readonly string[] = [],
): Recording {
  const obs = joined(parts);
  let steps = 0;
  for (let at = 0; steps < ops.length / OP_WIDTH; steps += 1) {
    at += obsWidth(Number(ops[steps * OP_WIDTH]));
    if (at > obs.length) break;
  }
  if (ended === '') return { obs, steps };
  return alarm.length === 0 ? { obs, steps, ended } : { obs, steps, ended, alarm };
}

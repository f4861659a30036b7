import { OP_WIDTH } from '../../model/alphabet/bounds.js';
import { OBS_VIEW } from '../../model/alphabet/observations.js';
import { OP_NAMES } from '../../model/alphabet/operations.js';
import type { Lane } from '../../model/interleaving/lane.js';
import { statusName } from '../../model/trace/observation-json.js';
import { type Difference, PROBE_OPS } from './outcome.js';

function saw(obs: Int32Array, other: Int32Array): string {
  if (obs[0] !== other[0]) return `${statusName(obs[0])}, in order ${statusName(other[0])}`;
  if (obs[1] !== other[1]) return `${obs[1]}, in order ${other[1]}`;
  const at = obs.findIndex((int, i) => int !== other[i]);
  return `another view at ${at - OBS_VIEW}: ${obs[at]}, in order ${other[at]}`;
}

/** Where a schedule and the nearest order differ, in one line. */
export function sayDifference(
  { task = 0, operation = 0, probe, seen, other }: Difference,
  lanes: readonly Lane[],
): string {
  if (probe === undefined) {
    const name = OP_NAMES[lanes[task].ops[operation * OP_WIDTH]];
    return `${name} of task ${task + 1} gives ${saw(seen, other)}`;
  }
  const at = probe * OP_WIDTH;
  const what = OP_NAMES[PROBE_OPS[at]];
  return `${what} of process ${PROBE_OPS[at + 1]} shows ${saw(seen, other)}`;
}

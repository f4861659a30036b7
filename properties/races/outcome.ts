import { OP_WIDTH, PROCS } from '../../model/alphabet/bounds.js';
import { obsWidth } from '../../model/alphabet/observations.js';
import { OP } from '../../model/alphabet/operations.js';
import type { Machine } from '../../model/interleaving/machine.js';

/** What is asked of every process when the tasks are over: operations that change nothing. */
const PROBES = [OP.maps, OP.status, OP.headroom];

/** Probes of all processes, packed. */
export const PROBE_OPS = Int32Array.from(
  Array.from({ length: PROCS }, (_, proc) => PROBES.map((kind) => [kind, proc, 0, 0, 0, 0, 0, 0])).flat(2),
);

/** What user space has seen when the tasks are over, and can see then. */
export interface Outcome {
  /** By task: the observation of each operation. */
  readonly seen: readonly (readonly Int32Array[])[];
  readonly probes: readonly Int32Array[];
}

export function outcomeOf(machine: Machine): Outcome {
  const seen = machine.lanes.map(({ observations, ops }) =>
    observations.map((obs, i) => obs.slice(0, obsWidth(ops[i * OP_WIDTH]))),
  );
  const probes: Int32Array[] = [];
  for (let at = 0; at < PROBE_OPS.length; at += OP_WIDTH)
    probes.push(machine.whole(PROBE_OPS, at).slice(0, obsWidth(PROBE_OPS[at])));
  return { seen, probes };
}

export function sameOutcome(a: Outcome, b: Outcome): boolean {
  return firstDifference(a, b) === undefined;
}

/** Where two outcomes of one plan differ. */
export interface Difference {
  /** The task and its operation, or undefined: it shows when they are over. */
  readonly task?: number;
  readonly operation?: number;
  /** Number of the probe. */
  readonly probe?: number;
  /** What was seen, and what it is compared with. */
  readonly seen: Int32Array;
  readonly other: Int32Array;
}

const same = (a: Int32Array, b: Int32Array): boolean => a.every((int, i) => int === b[i]);

export function firstDifference(a: Outcome, b: Outcome): Difference | undefined {
  for (let task = 0; task < a.seen.length; task++) {
    for (let operation = 0; operation < a.seen[task].length; operation++) {
      const seen = a.seen[task][operation];
      const other = b.seen[task][operation];
      if (!same(seen, other)) return { task, operation, seen, other };
    }
  }
  const probe = a.probes.findIndex((obs, i) => !same(obs, b.probes[i]));
  return probe < 0 ? undefined : { probe, seen: a.probes[probe], other: b.probes[probe] };
}

import { CPUS } from './tables.js';
import type { World } from './world.js';

/** rcu_read_lock: what is reachable now is not freed before the section ends. */
export function rcu_read_lock(w: World): void {
  w.rcu.nesting[w.cpu]++;
}

/**
 * The end of a section, but for what has waited for it.
 * @returns whether something may have: then whoever keeps such things looks (rcu_read_unlock of perf/rcu.ts)
 */
export function rcu_section_ends(w: World): boolean {
  return --w.rcu.nesting[w.cpu] === 0 && w.rcu.waiting[0] !== 0;
}

/**
 * Who is in a section now: bit i for processor i. A grace period that begins now waits for these, and ends, as early as it
 * may, with the last of them: the moment at which a use of what is then freed is most likely to show.
 */
export function rcu_readers(w: World): number {
  const { nesting } = w.rcu;
  let readers = 0;
  for (let cpu = 0; cpu < CPUS; cpu++) if (nesting[cpu] !== 0) readers |= 1 << cpu;
  return readers;
}

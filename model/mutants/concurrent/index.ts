import type { Mutant } from '../mutant.js';
import { account_outside_aux_mutex } from './account-outside-aux-mutex.js';
import { attach_detach } from './attach-detach.js';
import { aux_half_built_map } from './aux-half-built-map.js';
import { aux_per_event_mutex } from './aux-per-event-mutex.js';
import { close_twice } from './close-twice.js';
import { fault_no_aux_mutex } from './fault-no-aux-mutex.js';
import { mapfail_race } from './mapfail-race.js';
import { set_output_vs_close } from './set-output-vs-close.js';

/** Defects of the history that show only when two tasks are inside the kernel at once: no sequence of operations has them. */
export const INTERLEAVINGS: readonly Mutant[] = [
  mapfail_race,
  aux_half_built_map,
  account_outside_aux_mutex,
  close_twice,
  set_output_vs_close,
  attach_detach,
  aux_per_event_mutex,
  fault_no_aux_mutex,
];

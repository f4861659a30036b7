import type { Numbering } from './numbering.js';

/** Numbers of everything that a state of the modelled kernel holds. */
export interface WorldNames {
  readonly events: Numbering;
  readonly buffers: Numbering;
  readonly pages: Numbering;
  readonly objects: Numbering;
}

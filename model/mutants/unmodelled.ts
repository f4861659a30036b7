import type { Defect } from './mutant.js';

/** A defect of the history that the model has no words for, and why. */
export interface Unmodelled extends Pick<Defect, 'id' | 'family' | 'source' | 'defect'> {
  readonly reason: string;
}

/** Defects that no mutant stands for. */
export const UNMODELLED: readonly Unmodelled[] = [
  {
    id: 'rdpmc-mm',
    family: 'attachment',
    source: 'v4.13',
    defect: 'event_mapped and event_unmapped count for the current memory rather than for that of the VMA.',
    reason:
      'the two differ only inside exec, when the old memory goes and the new one is current; in the model a process has one memory at a time',
  },
];

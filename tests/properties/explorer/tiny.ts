// Bounds that close in a moment, and a search of them.
import type { Design } from '#model/designs/design';
import type { Bounds } from '#properties/explorer/bounds';
import type { Exploration } from '#properties/explorer/exploration';
import { explore } from '#properties/explorer/explore';
import type { Limits, Question } from '#properties/explorer/question';

/** Two processes, one event at a time, buffers of a control page and one data page. */
export const TINY: Bounds = {
  name: 'tiny',
  env: { gift: 1, rlimit: 2 },
  processes: 2,
  events: 1,
  records: 'unseen',
  operations: [
    { op: 'open', with: { fd: [0] } },
    { op: 'close', with: { fd: [0] } },
    { op: 'mmap', with: { fd: [0], page: [0], npages: [2], prot: [['read', 'write']] } },
    { op: 'munmap', with: { page: [0], npages: [1, 2] } },
    { op: 'store', with: { page: [0, 1], value: [16] } },
    { op: 'fork', with: { child: [0, 1] } },
    { op: 'exit' },
    { op: 'maps' },
    { op: 'headroom' },
  ],
};

/** One process, two descriptors, two places, and failing allocations. */
export const LONELY: Bounds = {
  name: 'lonely',
  env: { gift: 2, rlimit: 1 },
  processes: 1,
  events: 2,
  records: 'unseen',
  operations: [
    { op: 'inject', with: { site: ['pgtable'], nth: [1] } },
    { op: 'open', with: { fd: [0, 1] } },
    { op: 'close', with: { fd: [0, 1] } },
    { op: 'set_output', with: { fd: [0, 1], target: [-1, 0, 1] } },
    { op: 'mmap', with: { fd: [0, 1], page: [0, 3], npages: [2], prot: [['read']] } },
    { op: 'munmap', with: { page: [0, 3], npages: [2] } },
    { op: 'exit' },
  ],
};

/**
 * One process, one descriptor, one place: five states, each one operation farther than the one before. 0: nothing; 1: an event;
 * 2: it is mapped; 3: its descriptor is closed; 4: beside the mapping there is another event.
 */
export const FIVE: Bounds = {
  name: 'five',
  env: { gift: 1 },
  processes: 1,
  records: 'unseen',
  operations: [
    { op: 'open', with: { fd: [0] } },
    { op: 'close', with: { fd: [0] } },
    { op: 'mmap', with: { fd: [0], page: [0], npages: [2], prot: [['read']] } },
    { op: 'munmap', with: { page: [0], npages: [1, 2] } },
    { op: 'maps' },
  ],
};
/** The operations of `FIVE`, by number. */
export const OF_FIVE = [
  'open fd=0',
  'close fd=0',
  'mmap fd=0 npages=2 prot=read',
  'munmap npages=1',
  'munmap npages=2',
  'maps',
] as const;

export const ENDLESS: Limits = {
  depth: Number.POSITIVE_INFINITY,
  bytes: Number.POSITIVE_INFINITY,
  timeMs: Number.POSITIVE_INFINITY,
};

export function search(
  design: Design,
  bounds: Bounds,
  more: Partial<Question> = {},
  limits: Partial<Limits> = {},
): Promise<Exploration> {
  return explore({ design, bounds, symmetry: true, ...more }, { ...ENDLESS, ...limits });
}

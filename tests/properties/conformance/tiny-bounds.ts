// Bounds in which a cover or the sides of a kernel are found in a moment.
import type { PointBounds } from '#properties/conformance/point-bounds';
import type { Bounds } from '#properties/explorer/bounds';

/** One event, one mapping of it, and an advice. */
export const SINGLE: Bounds = {
  name: 'single',
  env: { gift: 2, rlimit: 2, pku: false },
  processes: 1,
  events: 1,
  records: 'unseen',
  operations: [
    { op: 'open', with: { fd: [0] } },
    { op: 'mmap', with: { fd: [0], page: [0], npages: [2], prot: [['read']] } },
    { op: 'madvise', with: { page: [0], npages: [2], advice: ['DONTNEED'] } },
  ],
};

/** What can be told by two advices to a mapping, and nothing else. */
export const ADVISED: PointBounds = {
  bounds: {
    name: 'advised',
    processes: 1,
    records: 'unseen',
    operations: [...SINGLE.operations, { op: 'madvise', with: { page: [0], npages: [2], advice: ['COLD'] } }],
  },
  depth: 3,
};

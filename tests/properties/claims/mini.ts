// Bounds that close within a dozen states.
import type { Bounds } from '#properties/explorer/bounds';

/** One process, one event, one place, and a page table that can be missing. */
export const MINI: Bounds = {
  name: 'mini',
  env: { gift: 2, rlimit: 1 },
  processes: 1,
  events: 1,
  records: 'unseen',
  operations: [
    { op: 'inject', with: { site: ['pgtable'], nth: [1] } },
    { op: 'open', with: { fd: [0] } },
    { op: 'mmap', with: { fd: [0], page: [0], npages: [2], prot: [['read']] } },
    { op: 'munmap', with: { page: [0], npages: [2] } },
    { op: 'exit' },
  ],
};

import type { Bounds } from '../bounds.js';
import { BOTH_FDS, READ, SCRATCH, THREE_FDS, WRITE } from './operand-values.js';

/**
 * Two processes, one descriptor each, one place for a mapping of two pages: what a mapping goes through. Closes in seconds.
 */
export const small: Bounds = {
  name: 'small',
  env: { gift: 2, rlimit: 2 },
  processes: 2,
  events: 2,
  records: 'unseen',
  operations: [
    { op: 'open', with: { fd: [0] } },
    { op: 'close', with: { fd: [0] } },
    { op: 'mmap', with: { fd: [0], page: [0], npages: [2], prot: [READ, WRITE] } },
    { op: 'munmap', with: { page: [0], npages: [1, 2] } },
    { op: 'mprotect', with: { page: [0], npages: [2], prot: [READ, WRITE] } },
    { op: 'madvise', with: { page: [0], npages: [2], advice: ['DONTNEED'] } },
    { op: 'load', with: { page: [1], ...SCRATCH } },
    { op: 'store', with: { page: [0, 1], ...SCRATCH, value: [16] } },
    { op: 'vm_readv', with: { target: [0, 1], page: [1], ...SCRATCH } },
    { op: 'fork', with: { child: [0, 1] } },
    { op: 'exit' },
    { op: 'maps' },
    { op: 'status' },
    { op: 'headroom' },
  ],
};

/** One process, in which any one allocation of an operation may fail. */
export const failures: Bounds = {
  name: 'failures',
  env: { gift: 2, rlimit: 2 },
  processes: 1,
  events: 2,
  records: 'unseen',
  operations: [
    { op: 'inject', with: { site: ['alloc', 'pgtable'], nth: [0, 1, 2] } },
    { op: 'open', with: { fd: BOTH_FDS, output: [-1, 0, 1] } },
    { op: 'close', with: { fd: BOTH_FDS } },
    { op: 'set_output', with: { fd: BOTH_FDS, target: [-1, 0, 1] } },
    { op: 'mmap', with: { fd: BOTH_FDS, page: [0, 3], npages: [2], prot: [READ, WRITE] } },
    { op: 'munmap', with: { page: [0, 3], npages: [1, 2] } },
    { op: 'load', with: { page: [1, 4], ...SCRATCH } },
    { op: 'store', with: { page: [0, 3], ...SCRATCH, value: [16] } },
    { op: 'exec' },
    { op: 'exit' },
    { op: 'maps' },
    { op: 'status' },
    { op: 'headroom' },
  ],
};

/** Two processes, two events, buffers of three pages, redirection. */
export const medium: Bounds = {
  name: 'medium',
  env: { gift: 3, rlimit: 3 },
  processes: 2,
  events: 2,
  records: 'unseen',
  operations: [
    { op: 'open', with: { fd: BOTH_FDS } },
    { op: 'close', with: { fd: BOTH_FDS } },
    { op: 'set_output', with: { fd: BOTH_FDS, target: [-1, 0, 1] } },
    { op: 'mmap', with: { fd: BOTH_FDS, page: [0], npages: [3], prot: [READ, WRITE] } },
    { op: 'munmap', with: { page: [0], npages: [2, 3] } },
    { op: 'mprotect', with: { page: [0], npages: [3], prot: [READ, WRITE] } },
    { op: 'madvise', with: { page: [0], npages: [3], advice: ['DONTNEED', 'COLD'] } },
    { op: 'load', with: { page: [0], ...SCRATCH } },
    { op: 'store', with: { page: [0, 1], ...SCRATCH, value: [16] } },
    { op: 'vm_readv', with: { target: [0, 1], page: [0], ...SCRATCH } },
    { op: 'fork', with: { child: [0, 1] } },
    { op: 'exec' },
    { op: 'exit' },
    { op: 'maps' },
    { op: 'status' },
    { op: 'headroom' },
  ],
};

/** Two processes, three events, one of which writes into the buffer of another, or two into that of the third. */
export const redirection: Bounds = {
  name: 'redirection',
  env: { gift: 2, rlimit: 2 },
  processes: 2,
  events: 3,
  records: 'unseen',
  operations: [
    { op: 'open', with: { fd: THREE_FDS } },
    { op: 'close', with: { fd: THREE_FDS } },
    { op: 'set_output', with: { fd: THREE_FDS, target: [-1, ...THREE_FDS] } },
    { op: 'mmap', with: { fd: THREE_FDS, page: [0], npages: [2], prot: [READ] } },
    { op: 'munmap', with: { page: [0], npages: [2] } },
    { op: 'fork', with: { child: [0, 1] } },
    { op: 'exec' },
    { op: 'exit' },
    { op: 'maps' },
    { op: 'status' },
    { op: 'headroom' },
  ],
};

import type { Bounds } from '../bounds.js';
import { BOTH_FDS, READ, SCRATCH, WRITE } from './operand-values.js';

/**
 * Two processes, one mapping, and every operation that meets a variation point on which two mechanisms in one kernel can
 * differ: each of these points is witnessed here.
 */
export const points: Bounds = {
  name: 'points',
  env: { gift: 2, rlimit: 2 },
  processes: 2,
  events: 1,
  records: 'unseen',
  operations: [
    { op: 'inject', with: { site: ['pgtable'], nth: [1] } },
    { op: 'open', with: { fd: [0] } },
    { op: 'close', with: { fd: [0] } },
    { op: 'mmap', with: { fd: [0], page: [0], npages: [2], prot: [WRITE] } },
    { op: 'munmap', with: { page: [0], npages: [2] } },
    { op: 'mprotect', with: { page: [0], npages: [2], prot: [[], READ, WRITE] } },
    {
      op: 'madvise',
      with: {
        page: [0],
        npages: [2],
        advice: [
          'DONTNEED',
          'DONTNEED_LOCKED',
          'DONTFORK',
          'DOFORK',
          'COLD',
          'PAGEOUT',
          'POPULATE_READ',
          'POPULATE_WRITE',
        ],
      },
    },
    { op: 'mlock', with: { page: [0], npages: [2] } },
    { op: 'munlock', with: { page: [0], npages: [2] } },
    { op: 'mincore', with: { page: [0], npages: [2] } },
    { op: 'load', with: { page: [0], ...SCRATCH } },
    { op: 'store', with: { page: [0], ...SCRATCH, value: [16] } },
    { op: 'read_into', with: { page: [0], value: [16] } },
    { op: 'write_from', with: { page: [0], ...SCRATCH } },
    { op: 'vm_readv', with: { target: [0, 1], page: [0], ...SCRATCH } },
    { op: 'vm_writev', with: { target: [0, 1], page: [0], value: [16] } },
    { op: 'ptrace_peek', with: { target: [0, 1], page: [0], ...SCRATCH } },
    { op: 'ptrace_poke', with: { target: [0, 1], page: [0], value: [16] } },
    { op: 'mem_read', with: { target: [0, 1], page: [0], ...SCRATCH } },
    { op: 'mem_write', with: { target: [0, 1], page: [0], value: [16] } },
    { op: 'futex', with: { page: [0], scope: ['private', 'shared'] } },
    { op: 'vmsplice', with: { page: [0] } },
    { op: 'direct_write', with: { page: [0] } },
    { op: 'direct_read', with: { page: [0], value: [16] } },
    { op: 'fork', with: { child: [0, 1] } },
    { op: 'exit' },
    { op: 'maps' },
    { op: 'status' },
  ],
};

/** Two processes, two users, one event: what decides whose gift and whose memory is charged, and up to which limit. */
export const limits: Bounds = {
  name: 'limits',
  env: { gift: 2, rlimit: 2 },
  processes: 2,
  events: 1,
  records: 'unseen',
  operations: [
    { op: 'open', with: { fd: [0] } },
    { op: 'close', with: { fd: [0] } },
    { op: 'mmap', with: { fd: [0], page: [0], npages: [2, 3], prot: [READ] } },
    { op: 'munmap', with: { page: [0], npages: [3] } },
    { op: 'setuid', with: { user: [0, 1] } },
    { op: 'cap', with: { on: ['off', 'on'] } },
    { op: 'rlimit', with: { pages: [0, 2] } },
    { op: 'gift', with: { pages: [0, 2] } },
    { op: 'fork', with: { child: [0, 1] } },
    { op: 'exec' },
    { op: 'exit' },
    { op: 'status' },
    { op: 'headroom' },
  ],
};

/** One process, two events, two places: mappings that move, grow, shrink, and lie across others. */
export const moves: Bounds = {
  name: 'moves',
  env: { gift: 2, rlimit: 2 },
  processes: 1,
  events: 2,
  records: 'unseen',
  operations: [
    { op: 'open', with: { fd: BOTH_FDS } },
    { op: 'close', with: { fd: BOTH_FDS } },
    { op: 'mmap', with: { fd: BOTH_FDS, page: [0, 4], npages: [2], prot: [WRITE] } },
    { op: 'munmap', with: { page: [0, 4], npages: [1, 2] } },
    {
      op: 'mremap',
      with: {
        page: [0, 4],
        npages: [1, 2],
        new_npages: [1, 2, 3],
        mode: ['none', 'maymove', 'fixed', 'dontunmap'],
        new_page: [0, 4],
      },
    },
    { op: 'load', with: { page: [0, 4], ...SCRATCH } },
    { op: 'exec' },
    { op: 'exit' },
    { op: 'maps' },
    { op: 'status' },
    { op: 'headroom' },
  ],
};

/** One process, one mapping: the protections, flags, sizes and kinds of events that a mapping may have, and those that it may not. */
export const refusals: Bounds = {
  name: 'refusals',
  env: { gift: 3, rlimit: 3 },
  processes: 1,
  events: 1,
  records: 'unseen',
  operations: [
    { op: 'open', with: { fd: [0], flags: [[], ['inherit'], ['cpu', 'inherit'], ['backward']] } },
    { op: 'close', with: { fd: [0] } },
    {
      op: 'mmap',
      with: {
        fd: [0],
        page: [0],
        npages: [2],
        prot: [[], READ, ['write'], WRITE, ['read', 'exec']],
        flags: [[], ['private'], ['noreplace'], ['populate'], ['locked']],
      },
    },
    { op: 'mmap', with: { fd: [0], page: [0], npages: [0, 1, 3, 4], prot: [READ] } },
    { op: 'mmap', with: { fd: [0], page: [0], npages: [2], prot: [READ], pgoff: [1] } },
    { op: 'munmap', with: { page: [0], npages: [0, 1, 2, 3] } },
    { op: 'mprotect', with: { page: [0], npages: [1, 2, 3], prot: [[], READ, WRITE, ['read', 'exec']] } },
    { op: 'load', with: { page: [0, 1], ...SCRATCH } },
    { op: 'store', with: { page: [0, 1], ...SCRATCH, value: [16] } },
    { op: 'fetch', with: { page: [0] } },
    { op: 'exec' },
    { op: 'exit' },
    { op: 'maps' },
    { op: 'status' },
    { op: 'headroom' },
  ],
};

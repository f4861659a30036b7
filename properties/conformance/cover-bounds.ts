import { ADVICE } from '../../model/alphabet/operands.js';
import { namesOf } from '../../model/trace/layout.js';
import type { Bounds } from '../explorer/bounds.js';
import { NAMED_BOUNDS } from '../explorer/named-bounds.js';

const READ = ['read'];
const WRITE = ['read', 'write'];
const SCRATCH = { word: ['scratch'] };

/** Advices that a perf mapping takes, refuses, and that only newer kernels know. */
const ADVICES = namesOf(ADVICE).filter((name) => !['HWPOISON', 'SOFT_OFFLINE', 'COLLAPSE'].includes(name));

/**
 * Every kind of operation, few operands each: so that each kind meets each other. The limits are those that random sequences start
 * from; a buffer of nine pages is more than the gift.
 */
const wide: Bounds = {
  name: 'wide',
  env: { gift: 5, rlimit: 6 },
  processes: 2,
  events: 2,
  records: 'unseen',
  operations: [
    { op: 'open', with: { fd: [0], flags: [[], ['inherit'], ['cpu']] } },
    { op: 'open', with: { proc: [0], fd: [1], output: [-1, 0] } },
    { op: 'close', with: { fd: [0] } },
    { op: 'dup', with: { proc: [0], fd: [0], newfd: [1] } },
    { op: 'set_output', with: { proc: [0], fd: [1], target: [-1, 0] } },
    { op: 'record', with: { count: [1] } },
    { op: 'mmap', with: { fd: [0], page: [0], npages: [2, 3, 9], prot: [WRITE] } },
    {
      op: 'mmap',
      with: { proc: [0], fd: [0], page: [0], npages: [2], prot: [READ], flags: [['private'], ['noreplace']] },
    },
    {
      op: 'mmap',
      with: {
        proc: [0],
        fd: [-1],
        page: [1],
        npages: [1],
        prot: [WRITE],
        flags: [[], ['private', 'locked']],
      },
    },
    { op: 'munmap', with: { page: [0], npages: [1, 2] } },
    {
      op: 'mremap',
      with: {
        proc: [0],
        page: [0],
        npages: [2],
        new_npages: [2],
        mode: ['fixed', 'dontunmap'],
        new_page: [4],
      },
    },
    { op: 'mremap', with: { proc: [0], page: [0], npages: [2], new_npages: [1, 3] } },
    { op: 'mprotect', with: { page: [0], npages: [1, 2], prot: [READ] } },
    { op: 'madvise', with: { proc: [0], page: [0], npages: [2], advice: ADVICES } },
    { op: 'mlock', with: { proc: [0], page: [0], npages: [2] } },
    { op: 'munlock', with: { proc: [0], page: [0], npages: [2] } },
    { op: 'mlockall', with: { proc: [0], flags: [['current'], ['future']] } },
    { op: 'munlockall', with: { proc: [0] } },
    { op: 'mincore', with: { proc: [0], page: [0], npages: [2] } },
    { op: 'msync', with: { proc: [0], page: [0], npages: [2], flags: [['sync'], ['invalidate']] } },
    { op: 'load', with: { page: [0, 1], ...SCRATCH } },
    { op: 'store', with: { page: [0, 1], ...SCRATCH, value: [16] } },
    { op: 'xchg', with: { proc: [0], page: [0], value: [17] } },
    { op: 'cas_fail', with: { proc: [0], page: [0] } },
    { op: 'fetch', with: { proc: [0], page: [0] } },
    { op: 'read_into', with: { proc: [0], page: [0, 1], value: [18] } },
    { op: 'write_from', with: { proc: [0], page: [0], ...SCRATCH } },
    { op: 'vm_readv', with: { proc: [0], target: [1], page: [0], ...SCRATCH } },
    { op: 'vm_writev', with: { proc: [0], target: [1], page: [0], value: [19] } },
    { op: 'ptrace_peek', with: { proc: [0], target: [1], page: [0], ...SCRATCH } },
    { op: 'ptrace_poke', with: { proc: [0], target: [1], page: [0], value: [20] } },
    { op: 'mem_read', with: { proc: [0], target: [0, 1], page: [0], ...SCRATCH } },
    { op: 'mem_write', with: { proc: [0], target: [0, 1], page: [0], value: [21] } },
    { op: 'futex', with: { proc: [0], page: [0], scope: ['private', 'shared'] } },
    { op: 'vmsplice', with: { proc: [0], page: [0] } },
    { op: 'direct_write', with: { proc: [0], page: [0] } },
    { op: 'direct_read', with: { proc: [0], page: [0], value: [22] } },
    { op: 'fork', with: { child: [0, 1] } },
    { op: 'exit' },
    { op: 'exec' },
    { op: 'setuid', with: { proc: [0], user: [1] } },
    { op: 'cap', with: { proc: [0], on: ['on'] } },
    { op: 'rlimit', with: { proc: [0], pages: [0] } },
    { op: 'gift', with: { proc: [0], pages: [0] } },
    { op: 'maps' },
    { op: 'status' },
    { op: 'headroom' },
    { op: 'inject', with: { proc: [0], site: ['alloc'], nth: [0] } },
  ],
};

/** Two events that a PMU with AUX buffers counts, and what comes before an AUX area is there. */
const aux: Bounds = {
  name: 'aux',
  env: { gift: 5, rlimit: 6 },
  processes: 1,
  events: 2,
  records: 'unseen',
  operations: [
    { op: 'open', with: { fd: [0, 1], flags: [['aux']] } },
    { op: 'close', with: { fd: [0] } },
    { op: 'set_output', with: { fd: [1], target: [0] } },
    { op: 'mmap', with: { fd: [0], page: [0], npages: [2], prot: [WRITE] } },
    { op: 'store', with: { page: [0], word: ['aux_offset'], value: [2] } },
    { op: 'store', with: { page: [0], word: ['aux_size'], value: [1] } },
    { op: 'mmap', with: { fd: [0, 1], page: [2], npages: [1], prot: [READ, WRITE], pgoff: [2] } },
    { op: 'munmap', with: { page: [0], npages: [2] } },
    { op: 'munmap', with: { page: [2], npages: [1] } },
    { op: 'load', with: { page: [2], ...SCRATCH } },
    { op: 'store', with: { page: [2], ...SCRATCH, value: [16] } },
    { op: 'exit' },
    { op: 'maps' },
    { op: 'headroom' },
  ],
};

/** What a transition cover is drawn from. */
export interface CoverBounds {
  readonly bounds: Bounds;
  /** Operations from the start, at most: a wide alphabet has too many states to close. */
  readonly depth: number;
  /** Features of these bounds are told apart by this word. */
  readonly about?: string;
}

/** Those that would take minutes to close without symmetry are cut. */
const DEPTHS: Readonly<Record<string, number>> = {
  medium: 9,
  limits: 7,
  redirection: 7,
  'aux-redirection': 6,
  large: 5,
};

/** The bounds that `explore` knows by name, and all kinds of operation together. */
export const COVER_BOUNDS: readonly CoverBounds[] = [
  { bounds: wide, depth: 5 },
  { bounds: aux, depth: 8, about: 'AUX:' },
  ...NAMED_BOUNDS.map((bounds) => ({ bounds, depth: DEPTHS[bounds.name] ?? Number.POSITIVE_INFINITY })),
];

import { ADVICE } from '../../model/alphabet/operands.js';
import { namesOf } from '../../model/trace/layout.js';
import type { BoundedOperation, Bounds } from '../explorer/bounds.js';

const READ = ['read'];
const WRITE = ['read', 'write'];
const EXEC = ['read', 'exec'];
const SCRATCH = { word: ['scratch'] };
const ADVICES = namesOf(ADVICE);

/** Operations that look, done by every process. */
const LOOKING: readonly BoundedOperation[] = [{ op: 'maps' }, { op: 'status' }, { op: 'headroom' }];

const bounds = (name: string, processes: number, operations: readonly BoundedOperation[]): Bounds => ({
  name,
  processes,
  records: 'unseen',
  operations: [...operations, ...LOOKING],
});

/** Everything that can be done to one mapping of a buffer, whole or in part, by its process. */
const oneMapping = bounds('one mapping', 1, [
  { op: 'open', with: { fd: [0] } },
  { op: 'mmap', with: { fd: [0], page: [0], npages: [2], prot: [[], READ, WRITE, EXEC] } },
  { op: 'mmap', with: { fd: [-1], page: [1], npages: [1], prot: [READ] } },
  { op: 'munmap', with: { page: [0, 1], npages: [1] } },
  { op: 'mprotect', with: { page: [0], npages: [2], prot: [READ, EXEC] } },
  {
    op: 'mremap',
    with: { page: [0], npages: [1, 2], new_npages: [2], mode: ['none', 'fixed'], new_page: [4] },
  },
  { op: 'madvise', with: { page: [0], npages: [2], advice: ADVICES } },
  { op: 'mlock', with: { page: [0], npages: [2] } },
  { op: 'load', with: { page: [0, 1], ...SCRATCH } },
  { op: 'vmsplice', with: { page: [0] } },
  { op: 'direct_write', with: { page: [0] } },
  { op: 'futex', with: { page: [0], scope: ['shared'] } },
  { op: 'mem_read', with: { target: [0], page: [0], ...SCRATCH } },
]);

/** Pages that are touched, and dropped. */
const residency = bounds('residency', 1, [
  { op: 'open', with: { fd: [0] } },
  { op: 'mmap', with: { fd: [0], page: [0], npages: [2], prot: [READ, WRITE] } },
  { op: 'load', with: { page: [0, 1], ...SCRATCH } },
  { op: 'store', with: { page: [0], ...SCRATCH, value: [16] } },
  { op: 'madvise', with: { page: [0], npages: [2], advice: ['DONTNEED'] } },
]);

/** Two events, of which one may write to the other's buffer. */
const redirection = bounds('redirection', 1, [
  { op: 'open', with: { fd: [0, 1], output: [-1, 0] } },
  { op: 'close', with: { fd: [0] } },
  { op: 'set_output', with: { fd: [1], target: [-1, 0] } },
  { op: 'mmap', with: { fd: [0, 1], page: [0, 3], npages: [2], prot: [READ] } },
  { op: 'munmap', with: { page: [0], npages: [2] } },
]);

/** Events that outlive the task that they count. */
const endedTask = bounds('ended task', 2, [
  { op: 'open', with: { fd: [0, 1], output: [-1, 0] } },
  { op: 'fork', with: { child: [0, 1] } },
  { op: 'exit' },
]);

/** Ranges over holes, perf mappings and anonymous memory. */
const holes = bounds('holes', 1, [
  { op: 'open', with: { fd: [0] } },
  { op: 'mmap', with: { fd: [0], page: [1], npages: [2], prot: [READ] } },
  { op: 'mmap', with: { fd: [-1], page: [0, 1], npages: [1], prot: [READ] } },
  { op: 'madvise', with: { page: [0], npages: [2, 3], advice: ADVICES } },
  { op: 'mremap', with: { page: [0], npages: [3], new_npages: [3], mode: ['fixed'], new_page: [4] } },
]);

/** What a buffer costs, whom, and who gets it back. The sizes are about the gifts that kernels are checked with. */
const accounting = bounds('accounting', 2, [
  { op: 'open', with: { proc: [0], fd: [0] } },
  { op: 'mmap', with: { fd: [0], page: [0], npages: [2, 9], prot: [READ] } },
  { op: 'mmap', with: { proc: [0], fd: [0], page: [9], npages: [2], prot: [READ] } },
  { op: 'munmap', with: { page: [0], npages: [9] } },
  { op: 'fork', with: { proc: [0], child: [1] } },
]);

/** Anonymous memory that is locked, moved, and kept where it was. */
const locked = bounds('locked memory', 1, [
  {
    op: 'mmap',
    with: { fd: [-1], page: [0], npages: [2], prot: [READ], flags: [['private'], ['private', 'locked']] },
  },
  {
    op: 'mremap',
    with: { page: [0], npages: [1], new_npages: [1], mode: ['fixed', 'dontunmap'], new_page: [4] },
  },
  { op: 'munmap', with: { page: [0], npages: [5] } },
]);

/** An AUX area, made by another user than the one who made the buffer. */
const auxArea = bounds('AUX area', 1, [
  { op: 'open', with: { fd: [0], flags: [['aux']] } },
  { op: 'mmap', with: { fd: [0], page: [0], npages: [2], prot: [WRITE] } },
  { op: 'store', with: { page: [0], word: ['aux_offset'], value: [2] } },
  { op: 'store', with: { page: [0], word: ['aux_size'], value: [1] } },
  { op: 'mmap', with: { fd: [0], page: [2], npages: [1], prot: [READ], pgoff: [2] } },
  { op: 'munmap', with: { page: [2], npages: [1] } },
  { op: 'setuid', with: { user: [1] } },
]);

/** Allocations that fail. */
const allocation = bounds('allocation', 1, [
  { op: 'open', with: { fd: [0] } },
  { op: 'inject', with: { site: ['alloc', 'pgtable'], nth: [0] } },
  { op: 'mmap', with: { fd: [0], page: [0], npages: [2], prot: [READ] } },
  { op: 'load', with: { page: [0], ...SCRATCH } },
]);

/** Bounds in which sequences that tell two specifications apart are looked for. */
export interface PointBounds {
  readonly bounds: Bounds;
  /** Operations that a sequence may have. */
  readonly depth: number;
}

/**
 * Where sequences that tell two specifications apart are looked for, all of them: small alphabets, each about one thing that can be
 * different. Their environment is that of the kernel that is asked.
 */
export const POINT_BOUNDS: readonly PointBounds[] = [
  { bounds: oneMapping, depth: 3 },
  { bounds: residency, depth: 4 },
  { bounds: redirection, depth: 5 },
  { bounds: endedTask, depth: 5 },
  { bounds: holes, depth: 3 },
  { bounds: accounting, depth: 7 },
  { bounds: locked, depth: 5 },
  { bounds: auxArea, depth: 9 },
  { bounds: allocation, depth: 4 },
];

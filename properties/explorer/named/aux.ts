import type { Bounds } from '../bounds.js';
import { BOTH_FDS, READ, SCRATCH, THREE_FDS, WRITE } from './operand-values.js';

/** An AUX area of one page behind a buffer of two: what makes it, shares it and gives it back. */
const AUX_OPERATIONS: Bounds['operations'] = [
  { op: 'mmap', with: { fd: [0], page: [0], npages: [2], prot: [WRITE] } },
  { op: 'mmap', with: { fd: [0], page: [3], npages: [1], prot: [READ], pgoff: [2] } },
  { op: 'munmap', with: { page: [0], npages: [2] } },
  { op: 'munmap', with: { page: [3], npages: [1] } },
  { op: 'load', with: { page: [3], ...SCRATCH } },
  { op: 'store', with: { page: [0], word: ['aux_offset'], value: [2] } },
  { op: 'store', with: { page: [0], word: ['aux_size'], value: [1] } },
  { op: 'fork', with: { child: [0, 1] } },
  { op: 'exec' },
  { op: 'exit' },
  { op: 'maps' },
  { op: 'status' },
  { op: 'headroom' },
];

/** Two processes, one event with an AUX area. */
export const aux: Bounds = {
  name: 'aux',
  env: { gift: 2, rlimit: 2 },
  processes: 2,
  events: 1,
  records: 'unseen',
  operations: [
    { op: 'open', with: { fd: [0], flags: [['aux']] } },
    { op: 'close', with: { fd: [0] } },
    ...AUX_OPERATIONS,
  ],
};

/** One process, two events with AUX areas of two pages, in which any one allocation of an operation may fail. */
export const auxFailures: Bounds = {
  name: 'aux-failures',
  env: { gift: 2, rlimit: 2 },
  processes: 1,
  events: 2,
  records: 'unseen',
  operations: [
    { op: 'inject', with: { site: ['alloc', 'pgtable'], nth: [0, 1, 2] } },
    { op: 'open', with: { fd: BOTH_FDS, flags: [['aux']] } },
    { op: 'close', with: { fd: BOTH_FDS } },
    { op: 'set_output', with: { fd: BOTH_FDS, target: [-1, 0, 1] } },
    { op: 'mmap', with: { fd: BOTH_FDS, page: [0], npages: [2], prot: [WRITE] } },
    { op: 'mmap', with: { fd: BOTH_FDS, page: [3], npages: [2], prot: [READ], pgoff: [2] } },
    { op: 'munmap', with: { page: [0], npages: [2] } },
    { op: 'munmap', with: { page: [3], npages: [1, 2] } },
    { op: 'load', with: { page: [4], ...SCRATCH } },
    { op: 'store', with: { page: [0], word: ['aux_offset'], value: [2] } },
    { op: 'store', with: { page: [0], word: ['aux_size'], value: [2] } },
    { op: 'exec' },
    { op: 'exit' },
    { op: 'maps' },
    { op: 'status' },
    { op: 'headroom' },
  ],
};

/** As `aux` with two events and redirection. Minutes. */
export const auxRedirection: Bounds = {
  ...aux,
  name: 'aux-redirection',
  events: 2,
  operations: [
    { op: 'open', with: { fd: BOTH_FDS, flags: [['aux']] } },
    { op: 'close', with: { fd: BOTH_FDS } },
    { op: 'set_output', with: { fd: BOTH_FDS, target: [-1, 0, 1] } },
    ...AUX_OPERATIONS.map((each) =>
      each.op === 'mmap' ? { ...each, with: { ...each.with, fd: BOTH_FDS } } : each,
    ),
  ],
};

/** Two processes, three events with AUX areas, redirection and failing allocations, all at once. More than this closes on a small machine. */
export const large: Bounds = {
  ...aux,
  name: 'large',
  events: 3,
  operations: [
    { op: 'inject', with: { site: ['alloc', 'pgtable'], nth: [0, 1] } },
    { op: 'open', with: { fd: THREE_FDS, flags: [['aux']] } },
    { op: 'close', with: { fd: THREE_FDS } },
    { op: 'set_output', with: { fd: THREE_FDS, target: [-1, ...THREE_FDS] } },
    ...AUX_OPERATIONS.map((each) =>
      each.op === 'mmap' ? { ...each, with: { ...each.with, fd: THREE_FDS } } : each,
    ),
  ],
};

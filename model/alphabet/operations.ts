import * as d from './operands.js';

/** One kind of operation: its operands in packed order, after the process that does it. */
export interface Kind {
  /** Operand names and domains. The process is not among them: every operation has one. */
  readonly operands: Readonly<Record<string, d.Domain>>;
  /** Groups of the alphabet, for swarm subsets and for reports. */
  readonly group: Group;
  /** One line: what the operation does and what its value is. */
  readonly text: string;
}

export type Group =
  | 'event'
  | 'map'
  | 'range'
  | 'access'
  | 'kernel-access'
  | 'process'
  | 'limit'
  | 'observe'
  | 'inject';

const kind = (group: Group, operands: Record<string, d.Domain>, text: string): Kind => ({
  operands,
  group,
  text,
});

const range = { page: d.PAGE, npages: d.NPAGES };

/**
 * The alphabet. The position of a kind is its number in packed operations and in traces, so new kinds
 * go to the end.
 */
export const OPERATIONS = {
  open: kind(
    'event',
    { fd: d.FD, flags: d.OPEN_FLAGS, output: d.FD_OR_NONE },
    'perf_event_open of a software dummy event on this process; output >= 0: PERF_FLAG_FD_OUTPUT to that fd',
  ),
  close: kind('event', { fd: d.FD }, 'close(fd)'),
  dup: kind('event', { fd: d.FD, newfd: d.FD }, 'dup of fd into the empty slot newfd'),
  set_output: kind(
    'event',
    { fd: d.FD, target: d.FD_OR_NONE },
    'ioctl(fd, PERF_EVENT_IOC_SET_OUTPUT, target)',
  ),
  record: kind(
    'event',
    { count: { kind: 'number', min: 1, max: 200 } },
    'make the kernel write count COMM records for each event that watches this process',
  ),
  mmap: kind(
    'map',
    { fd: d.FD_OR_NONE, ...range, prot: d.PROT, flags: d.MMAP_FLAGS, pgoff: d.PGOFF },
    'mmap at page; fd -1: anonymous memory (pgoff is then ignored)',
  ),
  munmap: kind('map', range, 'munmap'),
  mremap: kind(
    'map',
    { page: d.PAGE, npages: d.NPAGES, new_npages: d.NPAGES, mode: d.MREMAP_MODE, new_page: d.PAGE },
    'mremap; new_page counts for the modes fixed and dontunmap',
  ),
  mprotect: kind('range', { ...range, prot: d.PROT }, 'mprotect'),
  madvise: kind('range', { ...range, advice: d.ADVICE }, 'madvise'),
  mlock: kind('range', { ...range, flags: d.MLOCK_FLAGS }, 'mlock2'),
  munlock: kind('range', range, 'munlock'),
  mlockall: kind('range', { flags: d.MLOCKALL_FLAGS }, 'mlockall'),
  munlockall: kind('range', {}, 'munlockall'),
  mincore: kind('range', range, 'mincore; value: bit i is the low bit of the answer for page i of the range'),
  msync: kind('range', { ...range, flags: d.MSYNC_FLAGS }, 'msync'),
  load: kind('access', { page: d.PAGE, word: d.WORD }, 'load a word; value: what it held'),
  store: kind('access', { page: d.PAGE, word: d.STORE_WORD, value: d.STORED }, 'store to a word'),
  xchg: kind(
    'access',
    { page: d.PAGE, value: d.TOKEN },
    'atomic exchange of the scratch word; value: what it held',
  ),
  cas_fail: kind(
    'access',
    { page: d.PAGE },
    'compare-and-swap of the scratch word that never matches; value: what it held',
  ),
  fetch: kind('access', { page: d.PAGE }, 'instruction fetch from the page'),
  read_into: kind(
    'kernel-access',
    { page: d.PAGE, value: d.TOKEN },
    'read(2) of a token from a pipe into the scratch word',
  ),
  write_from: kind(
    'kernel-access',
    { page: d.PAGE, word: d.WORD },
    'write(2) of a word into a pipe; value: the word',
  ),
  vm_readv: kind(
    'kernel-access',
    { target: d.PROC, page: d.PAGE, word: d.WORD },
    'process_vm_readv of a word of target; value: the word',
  ),
  vm_writev: kind(
    'kernel-access',
    { target: d.PROC, page: d.PAGE, value: d.TOKEN },
    'process_vm_writev into the scratch word of target',
  ),
  ptrace_peek: kind(
    'kernel-access',
    { target: d.PROC, page: d.PAGE, word: d.WORD },
    'PTRACE_PEEKDATA of a word of target; value: the word',
  ),
  ptrace_poke: kind(
    'kernel-access',
    { target: d.PROC, page: d.PAGE, value: d.TOKEN },
    'PTRACE_POKEDATA into the scratch word of target',
  ),
  mem_read: kind(
    'kernel-access',
    { target: d.PROC, page: d.PAGE, word: d.WORD },
    'pread of /proc/PID/mem of target; value: the word',
  ),
  mem_write: kind(
    'kernel-access',
    { target: d.PROC, page: d.PAGE, value: d.TOKEN },
    'pwrite to /proc/PID/mem of target, scratch word',
  ),
  futex: kind(
    'kernel-access',
    { page: d.PAGE, scope: d.FUTEX_SCOPE },
    'FUTEX_WAIT on the scratch word with a value that it never has',
  ),
  vmsplice: kind(
    'kernel-access',
    { page: d.PAGE },
    'vmsplice of the scratch word into a pipe; value: the word',
  ),
  direct_write: kind(
    'kernel-access',
    { page: d.PAGE },
    'O_DIRECT write of 512 bytes from the scratch word on; value: the word',
  ),
  direct_read: kind(
    'kernel-access',
    { page: d.PAGE, value: d.TOKEN },
    'O_DIRECT read of 512 bytes, a token first, to the scratch word',
  ),
  fork: kind('process', { child: d.PROC }, 'fork into the empty process slot child'),
  exit: kind('process', {}, '_exit'),
  exec: kind('process', {}, 'execve of the agent itself; descriptors stay, memory goes'),
  setuid: kind('process', { user: d.USER }, 'setresuid to a user of the sequence'),
  cap: kind('limit', { on: d.BOOL }, 'CAP_IPC_LOCK effective or not'),
  rlimit: kind('limit', { pages: d.RLIMIT_PAGES }, 'RLIMIT_MEMLOCK, soft'),
  gift: kind('limit', { pages: d.GIFT_PAGES }, 'perf_event_mlock_kb such that a user gets this many pages'),
  maps: kind('observe', {}, 'the arena as /proc shows it: one view word a page'),
  status: kind('observe', {}, 'view: VmPin and VmLck in pages'),
  headroom: kind(
    'observe',
    {},
    'value: pages that this process could still map through fresh events before EPERM',
  ),
  inject: kind(
    'inject',
    { site: d.INJECT_SITE, nth: d.INJECT_NTH },
    'the nth allocation of this kind within the next operation fails',
  ),
} as const satisfies Record<string, Kind>;

export type OpName = keyof typeof OPERATIONS;

/** Names by number. */
export const OP_NAMES = Object.keys(OPERATIONS) as OpName[];

/** Numbers by name: `OP.mmap`. */
export const OP = Object.fromEntries(OP_NAMES.map((name, i) => [name, i])) as Readonly<
  Record<OpName, number>
>;

/** Operand names by operation number, in packed order. */
export const OPERAND_NAMES: readonly (readonly string[])[] = OP_NAMES.map((name) =>
  Object.keys(OPERATIONS[name].operands),
);

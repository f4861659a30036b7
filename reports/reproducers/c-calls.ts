import { ADVICE, ADVICE_VALUE } from '../../model/alphabet/operands.js';
import type { OpName } from '../../model/alphabet/operations.js';
import { flags, MREMAP, mmapFlags, type Operands } from '../operands.js';

type Render = (o: Operands) => string;

const page = (n: number): string => `page(${n})`;
const pages = (n: number): string => `pages(${n})`;
const range = (o: Operands): string => `${page(o.n.page)}, ${pages(o.n.npages)}`;
const spaced = (text: string): string => text.replaceAll('|', ' | ');
const set = (prefix: string, names: readonly string[]): string => spaced(flags(prefix, names));
const prot = (o: Operands): string => spaced(flags('PROT_', o.set.prot, 'PROT_NONE'));
const target = (o: Operands): string => `P${o.n.target}`;

/** The word that an operation names, as the constant that is its place. */
export const wordName = (word: string): string => (word === 'first' ? 'FIRST_WORD' : word.toUpperCase());
const word = (o: Operands): string => wordName(o.choice.word);

/** The name of an advice, as the program writes it. */
export const adviceName = (advice: string): string => `MADV_${advice.toUpperCase()}`;

/** The kernel's number of an advice: headers may be older than it. */
export const adviceNumber = (advice: string): number => ADVICE_VALUE[(ADVICE.names ?? []).indexOf(advice)];

function openEvent(o: Operands): string {
  const names = ['inherit', 'backward'].filter((name) => o.set.flags.includes(name));
  const attributes = set('', names).replace('BACKWARD', 'WRITE_BACKWARD');
  const output = o.n.output < 0 ? 'NO_FD' : `fd(${o.n.output})`;
  return `open_event(${o.n.fd}, ${attributes}, ${o.set.flags.includes('cpu') ? 0 : -1}, ${output})`;
}

function map(o: Operands): string {
  const file = o.n.fd < 0 ? '-1, 0' : `fd(${o.n.fd}), ${o.n.pgoff === 0 ? 0 : pages(o.n.pgoff)}`;
  return `map(${range(o)}, ${prot(o)}, ${set('MAP_', mmapFlags(o))}, ${file})`;
}

function move(o: Operands): string {
  const to = ['fixed', 'dontunmap'].includes(o.choice.mode) ? page(o.n.new_page) : 'NULL';
  return `move(${range(o)}, ${pages(o.n.new_npages)}, ${spaced(MREMAP[o.choice.mode])}, ${to})`;
}

/**
 * Each operation as an expression of C: how it ended. What it read is in `got`. Those that are statements of their own, or that no program
 * can do, are left out.
 */
export const C_CALLS: Readonly<Record<OpName, Render | undefined>> = {
  open: openEvent,
  close: (o) => `close_event(${o.n.fd})`,
  dup: (o) => `duplicate(${o.n.fd}, ${o.n.newfd})`,
  set_output: (o) => `set_output(${o.n.fd}, ${o.n.target < 0 ? 'NO_FD' : `fd(${o.n.target})`})`,
  record: (o) => `write_records(${o.n.count})`,
  mmap: map,
  munmap: (o) => `result(munmap(${range(o)}))`,
  mremap: move,
  mprotect: (o) => `result(mprotect(${range(o)}, ${prot(o)}))`,
  madvise: (o) => `result(madvise(${range(o)}, ${adviceName(o.choice.advice)}))`,
  mlock: (o) => `lock(${range(o)}, ${set('MLOCK_', o.set.flags)})`,
  munlock: (o) => `result(munlock(${range(o)}))`,
  mlockall: (o) => `result(mlockall(${set('MCL_', o.set.flags)}))`,
  munlockall: () => 'result(munlockall())',
  mincore: (o) => `ask_resident(${range(o)})`,
  msync: (o) => `result(msync(${range(o)}, ${set('MS_', o.set.flags)}))`,
  load: (o) => `load(${page(o.n.page)}, ${word(o)})`,
  store: (o) =>
    `store(${page(o.n.page)}, ${word(o)}, ${o.choice.word === 'scratch' ? o.n.value : pages(o.n.value)})`,
  xchg: (o) => `exchange(${page(o.n.page)}, ${o.n.value})`,
  cas_fail: (o) => `failing_compare_and_swap(${page(o.n.page)})`,
  fetch: (o) => `execute(${page(o.n.page)})`,
  read_into: (o) => `read_into(${page(o.n.page)}, ${o.n.value})`,
  write_from: (o) => `write_from(${page(o.n.page)}, ${word(o)})`,
  vm_readv: (o) => `vm_read(${target(o)}, ${page(o.n.page)}, ${word(o)})`,
  vm_writev: (o) => `vm_write(${target(o)}, ${page(o.n.page)}, ${o.n.value})`,
  ptrace_peek: (o) => `peek(${target(o)}, ${page(o.n.page)}, ${word(o)})`,
  ptrace_poke: (o) => `poke(${target(o)}, ${page(o.n.page)}, ${o.n.value})`,
  mem_read: (o) => `memory_read(${target(o)}, ${page(o.n.page)}, ${word(o)})`,
  mem_write: (o) => `memory_write(${target(o)}, ${page(o.n.page)}, ${o.n.value})`,
  futex: (o) =>
    `futex_wait(${page(o.n.page)}, ${o.choice.scope === 'private' ? 'FUTEX_WAIT_PRIVATE' : 'FUTEX_WAIT'})`,
  vmsplice: (o) => `splice_from(${page(o.n.page)})`,
  direct_write: (o) => `direct_write(${page(o.n.page)})`,
  direct_read: (o) => `direct_read(${page(o.n.page)}, ${o.n.value})`,
  fork: undefined,
  exit: undefined,
  exec: undefined,
  setuid: (o) => `become(shared->user[${o.n.user}])`,
  cap: (o) => `set_lock_capability(${o.choice.on === 'on'})`,
  rlimit: (o) => `set_memlock(${o.n.pages})`,
  gift: undefined,
  maps: undefined,
  status: undefined,
  headroom: () => 'headroom()',
  inject: undefined,
};

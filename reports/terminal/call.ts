import type { OpName } from '../../model/alphabet/operations.js';
import type { OperationJson } from '../../model/trace/operation-json.js';
import { flags, MREMAP, mmapFlags, type Operands, operandsOf } from '../operands.js';

type Render = (o: Operands) => string;

const pages = (count: number): string => (count === 1 ? '1 page' : `${count} pages`);
const range = (o: Operands): string => `page ${o.n.page}, ${pages(o.n.npages)}`;
const fd = (slot: number): string => (slot < 0 ? '-1' : `fd ${slot}`);

const prot = (o: Operands): string => flags('PROT_', o.set.prot, 'PROT_NONE');

function mmap(o: Operands): string {
  const file = o.n.fd < 0 ? '-1' : `${fd(o.n.fd)}, pgoff ${o.n.pgoff}`;
  return `mmap(${range(o)}, ${prot(o)}, ${flags('MAP_', mmapFlags(o))}, ${file})`;
}

function open(o: Operands): string {
  const set = o.set.flags;
  const attributes = set
    .filter((name) => name !== 'cpu')
    .map((name) => (name === 'backward' ? 'write_backward' : name));
  const parts = ['pid 0', set.includes('cpu') ? 'cpu 0' : 'cpu -1', ...attributes];
  if (o.n.output >= 0) parts.push(`PERF_FLAG_FD_OUTPUT ${fd(o.n.output)}`);
  return `perf_event_open(${parts.join(', ')}) as ${fd(o.n.fd)}`;
}

/** A place in a page: the words of the control page by their names in `struct perf_event_mmap_page`. */
const word = (o: Operands): string => `page ${o.n.page}, ${o.choice.word}`;
const scratch = (o: Operands): string => `page ${o.n.page}, scratch`;
const token = (o: Operands): string => `token ${o.n.value}`;
const stored = (o: Operands): string => (o.choice.word === 'scratch' ? token(o) : pages(o.n.value));

/** Every operation as the call that it makes, in the kernel's words. */
const CALLS: Readonly<Record<OpName, Render>> = {
  open,
  close: (o) => `close(${fd(o.n.fd)})`,
  dup: (o) => `dup(${fd(o.n.fd)}) as ${fd(o.n.newfd)}`,
  set_output: (o) => `ioctl(${fd(o.n.fd)}, PERF_EVENT_IOC_SET_OUTPUT, ${fd(o.n.target)})`,
  record: (o) => `prctl(PR_SET_NAME), ${o.n.count === 1 ? '1 COMM record' : `${o.n.count} COMM records`}`,
  mmap,
  munmap: (o) => `munmap(${range(o)})`,
  mremap: (o) => {
    const moves = o.choice.mode === 'fixed' || o.choice.mode === 'dontunmap';
    const target = moves ? `, page ${o.n.new_page}` : '';
    return `mremap(${range(o)}, ${pages(o.n.new_npages)}, ${MREMAP[o.choice.mode]}${target})`;
  },
  mprotect: (o) => `mprotect(${range(o)}, ${prot(o)})`,
  madvise: (o) =>
    `madvise(${range(o)}, ${o.choice.advice === 'unknown' ? 'unknown advice' : `MADV_${o.choice.advice}`})`,
  mlock: (o) => `mlock2(${range(o)}, ${flags('MLOCK_', o.set.flags)})`,
  munlock: (o) => `munlock(${range(o)})`,
  mlockall: (o) => `mlockall(${flags('MCL_', o.set.flags)})`,
  munlockall: () => 'munlockall()',
  mincore: (o) => `mincore(${range(o)})`,
  msync: (o) => `msync(${range(o)}, ${flags('MS_', o.set.flags)})`,
  load: (o) => `load(${word(o)})`,
  store: (o) => `store(${word(o)}, ${stored(o)})`,
  xchg: (o) => `xchg(${scratch(o)}, ${token(o)})`,
  cas_fail: (o) => `cmpxchg(${scratch(o)}, never equal)`,
  fetch: (o) => `execute(page ${o.n.page})`,
  read_into: (o) => `read(pipe, ${scratch(o)}, ${token(o)})`,
  write_from: (o) => `write(pipe, ${word(o)})`,
  vm_readv: (o) => `process_vm_readv(P${o.n.target}, ${word(o)})`,
  vm_writev: (o) => `process_vm_writev(P${o.n.target}, ${scratch(o)}, ${token(o)})`,
  ptrace_peek: (o) => `ptrace(PTRACE_PEEKDATA, P${o.n.target}, ${word(o)})`,
  ptrace_poke: (o) => `ptrace(PTRACE_POKEDATA, P${o.n.target}, ${scratch(o)}, ${token(o)})`,
  mem_read: (o) => `pread(/proc/P${o.n.target}/mem, ${word(o)})`,
  mem_write: (o) => `pwrite(/proc/P${o.n.target}/mem, ${scratch(o)}, ${token(o)})`,
  futex: (o) => `futex(${scratch(o)}, FUTEX_WAIT${o.choice.scope === 'private' ? '_PRIVATE' : ''})`,
  vmsplice: (o) => `vmsplice(pipe, ${scratch(o)})`,
  direct_write: (o) => `write(O_DIRECT file, ${scratch(o)}, 512 bytes)`,
  direct_read: (o) => `read(O_DIRECT file, ${scratch(o)}, 512 bytes, ${token(o)})`,
  fork: (o) => `fork() as P${o.n.child}`,
  exit: () => '_exit(0)',
  exec: () => 'execve(itself)',
  setuid: (o) => `setresuid(user ${o.n.user})`,
  cap: (o) => `capset(CAP_IPC_LOCK ${o.choice.on})`,
  rlimit: (o) => `setrlimit(RLIMIT_MEMLOCK, ${pages(o.n.pages)})`,
  gift: (o) => `sysctl(perf_event_mlock_kb: ${pages(o.n.pages)} free of charge)`,
  maps: () => 'read(/proc/self/smaps)',
  status: () => 'read(/proc/self/status)',
  headroom: () => 'headroom()',
  inject: (o) =>
    `inject(ENOMEM, ${o.choice.site === 'pgtable' ? 'page table' : 'allocation'} ${o.n.nth} of the next call)`,
};

/** An operation as the call that it makes: `mmap(page 4, 3 pages, PROT_READ, MAP_SHARED|MAP_FIXED, fd 0, pgoff 0)`. */
export function callText(json: OperationJson): string {
  return CALLS[json.op](operandsOf(json));
}

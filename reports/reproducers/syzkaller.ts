import { ADVICE, ADVICE_VALUE, PROT } from '../../model/alphabet/operands.js';
import type { OpName } from '../../model/alphabet/operations.js';
import { type OperationJson, operationsToJson } from '../../model/trace/operation-json.js';
import { type Operands, operandsOf } from '../operands.js';
import { callText } from '../terminal/call.js';
import { commentText } from './comment.js';
import type { Scenario } from './scenario.js';

/** Where the arena lies in the data area of a program. */
const ARENA = 0x7f0000400000;
/** A place for arguments. */
const BUFFER = '0x7f0000000000';
const PAGE = 0x1000;

const hex = (n: number): string => `0x${n.toString(16)}`;
const NO_FD = `0x${'f'.repeat(16)}`;

const bits = (names: readonly string[], values: Readonly<Record<string, number>>): string =>
  hex(names.reduce((sum, name) => sum | values[name], 0));

const PROT_BITS = Object.fromEntries((PROT.names ?? []).map((name, bit) => [name, 1 << bit]));
/** include/uapi/asm-generic/mman-common.h, linux/mman.h. */
const MAP_BITS = {
  fixed: 0x10,
  private: 2,
  shared: 1,
  noreplace: 0x100000,
  populate: 0x8000,
  locked: 0x2000,
};
const MREMAP_BITS: Readonly<Record<string, string>> = {
  none: '0x0',
  maymove: '0x1',
  fixed: '0x3',
  dontunmap: '0x7',
};
const MLOCKALL_BITS = { current: 1, future: 2, onfault: 4 };
const MSYNC_BITS = { async: 1, invalidate: 2, sync: 4 };

/** A range of pages as the language writes one; it has at least a page, whatever the length beside it says. */
const vma = (page: number, npages: number): string =>
  `&(${hex(ARENA + page * PAGE)}/${hex(Math.max(1, npages) * PAGE)})=nil`;
const range = ({ n }: Operands): string => `${vma(n.page, n.npages)}, ${hex(n.npages * PAGE)}`;

/** Descriptors under the names that the program gives to what calls return. */
class Resources {
  readonly #names = new Map<number, string>();
  #count = 0;

  made(fd: number): string {
    const name = `r${this.#count++}`;
    this.#names.set(fd, name);
    return name;
  }

  of(fd: number): string {
    return this.#names.get(fd) ?? NO_FD;
  }
}

/** The fields of struct perf_event_attr up to write_backward, as sys/linux/perf.txt has them. */
function attributes({ set }: Operands): string {
  const flag = (name: string): number => (set.flags.includes(name) ? 1 : 0);
  const fields = [1, 0x80, 9, 0, 0, 0, 0, 0, 0, 0, 0, flag('inherit'), 0, 0, 0, 1, 0, 0, 0, 1];
  const rest = Array.from({ length: 16 }, () => 0);
  return [...fields, ...rest, flag('backward')].map(hex).join(', ');
}

function mmap(o: Operands, r: Resources): string {
  const kind = o.set.flags.includes('private') ? MAP_BITS.private : MAP_BITS.shared;
  const fixed = o.set.flags.includes('noreplace') ? MAP_BITS.noreplace : MAP_BITS.fixed;
  const others = Number(
    bits(
      o.set.flags.filter((name) => name === 'populate' || name === 'locked'),
      MAP_BITS,
    ),
  );
  const anonymous = o.n.fd < 0 ? 0x20 : 0;
  const file = o.n.fd < 0 ? `${NO_FD}, 0x0` : `${r.of(o.n.fd)}, ${hex(o.n.pgoff * PAGE)}`;
  return `mmap(${range(o)}, ${bits(o.set.prot, PROT_BITS)}, ${hex(kind | fixed | others | anonymous)}, ${file})`;
}

type Render = (o: Operands, r: Resources) => string;

/** What the language describes. It has no loads and stores, no forks, and its pointers would overwrite what they point to. */
const CALLS: Readonly<Partial<Record<OpName, Render>>> = {
  open: (o, r) => {
    const [output, flags] = o.n.output < 0 ? [NO_FD, '0x0'] : [r.of(o.n.output), '0x3'];
    const cpu = o.set.flags.includes('cpu') ? '0x0' : NO_FD;
    return `${r.made(o.n.fd)} = perf_event_open(&(${BUFFER})={${attributes(o)}}, 0x0, ${cpu}, ${output}, ${flags})`;
  },
  close: (o, r) => `close(${r.of(o.n.fd)})`,
  dup: (o, r) => {
    const old = r.of(o.n.fd);
    return `${r.made(o.n.newfd)} = dup(${old})`;
  },
  set_output: (o, r) =>
    `ioctl$PERF_EVENT_IOC_SET_OUTPUT(${r.of(o.n.fd)}, 0x2405, ${o.n.target < 0 ? NO_FD : r.of(o.n.target)})`,
  record: () => `prctl$PR_SET_NAME(0xf, &(${BUFFER})='mapahead-repro0\\x00')`,
  mmap,
  munmap: (o) => `munmap(${range(o)})`,
  mremap: (o) =>
    `mremap(${range(o)}, ${hex(o.n.new_npages * PAGE)}, ${MREMAP_BITS[o.choice.mode]}, ${vma(o.n.new_page, o.n.new_npages)})`,
  mprotect: (o) => `mprotect(${range(o)}, ${bits(o.set.prot, PROT_BITS)})`,
  madvise: (o) => `madvise(${range(o)}, ${hex(ADVICE_VALUE[(ADVICE.names ?? []).indexOf(o.choice.advice)])})`,
  mlock: (o) => `mlock2(${range(o)}, ${o.set.flags.includes('onfault') ? '0x1' : '0x0'})`,
  munlock: (o) => `munlock(${range(o)})`,
  mlockall: (o) => `mlockall(${bits(o.set.flags, MLOCKALL_BITS)})`,
  munlockall: () => 'munlockall()',
  mincore: (o) => `mincore(${range(o)}, &(${BUFFER})=""/12)`,
  msync: (o) => `msync(${range(o)}, ${bits(o.set.flags, MSYNC_BITS)})`,
  rlimit: (o) => `setrlimit(0x8, &(${BUFFER})={${hex(o.n.pages * PAGE)}, 0x40000})`,
};

function lines(json: OperationJson, r: Resources): string[] {
  const render = json.proc === 0 ? CALLS[json.op] : undefined;
  const operands = operandsOf(json);
  const usesAux = json.op === 'open' && operands.set.flags.includes('aux');
  if (render === undefined || usesAux) return [`# left out: P${json.proc} ${callText(json)}`];
  const times = json.op === 'record' ? operands.n.count : 1;
  return Array.from({ length: times }, () => render(operands, r));
}

/**
 * The calls of the first process as a program for syzkaller, as far as its language describes them; what it does not is a comment. It
 * reproduces what the kernel does, not what it should show.
 */
export function syzkallerProgram({ trace, title }: Scenario): string {
  const r = new Resources();
  const calls = operationsToJson(trace.ops).flatMap((json) => lines(json, r));
  return `${[`# ${commentText(title)}`, ...calls].join('\n')}\n`;
}

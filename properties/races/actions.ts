import { OP_WIDTH } from '../../model/alphabet/bounds.js';
import {
  INJECT_ALLOC,
  INJECT_PGTABLE,
  MREMAP_FIXED,
  OPEN_AUX,
  PROT_READ,
  PROT_WRITE,
  WORD_AUX_OFFSET,
  WORD_AUX_SIZE,
} from '../../model/alphabet/operands.js';
import { OP, OPERAND_NAMES, OPERATIONS, type OpName } from '../../model/alphabet/operations.js';

type Operands = Readonly<Record<string, number>>;

/** One operation, packed. Operands that nobody says are the least that they can be: no descriptor, where there can be none. */
function operation(name: OpName, proc: number, said: Operands = {}): number[] {
  const domains: Readonly<Record<string, { readonly min: number }>> = OPERATIONS[name].operands;
  const values = OPERAND_NAMES[OP[name]].map((operand) => said[operand] ?? domains[operand].min);
  const packed = [OP[name], proc, ...values];
  return [...packed, ...Array<number>(OP_WIDTH - packed.length).fill(0)];
}

/** Where things are in every situation: the data mapping, the AUX mapping, and where a further mapping goes. */
const DATA = 0;
const AUX = 4;
const FURTHER = 8;
const PAGES = 2;
const RW = PROT_READ | PROT_WRITE;

const data = (fd: number, page: number): Operands => ({ fd, page, npages: PAGES, prot: RW });
const aux = (fd: number): Operands => ({ fd, page: AUX, npages: PAGES, prot: RW, pgoff: PAGES });
const half = { page: DATA, npages: PAGES };

/** Operations that one name of a plan stands for. */
export type Action = (proc: number) => number[][];

const inject = (proc: number, site: number, nth: number): number[] =>
  operation('inject', proc, { site, nth });

/** What a task can do, by name. */
export const ACTIONS: Readonly<Record<string, Action>> = {
  map: (p) => [operation('mmap', p, data(0, FURTHER))],
  unmap: (p) => [operation('munmap', p, half)],
  'map-fails': (p) => [inject(p, INJECT_PGTABLE, 1), operation('mmap', p, data(0, FURTHER))],
  'map-over': (p) => [operation('mmap', p, data(0, DATA))],
  'map-other': (p) => [operation('mmap', p, data(1, FURTHER))],
  'map-aux': (p) => [operation('mmap', p, aux(0))],
  'map-aux-other': (p) => [operation('mmap', p, aux(1))],
  'map-aux-fails': (p) => [inject(p, INJECT_ALLOC, 2), operation('mmap', p, aux(0))],
  'map-aux-other-fails': (p) => [inject(p, INJECT_ALLOC, 2), operation('mmap', p, aux(1))],
  'unmap-aux': (p) => [operation('munmap', p, { page: AUX, npages: PAGES })],
  redirect: (p) => [operation('set_output', p, { fd: 1, target: 0 })],
  'redirect-back': (p) => [operation('set_output', p, { fd: 0, target: 1 })],
  detach: (p) => [operation('set_output', p, { fd: 1, target: -1 })],
  close: (p) => [operation('close', p, { fd: 0 })],
  'close-other': (p) => [operation('close', p, { fd: 1 })],
  load: (p) => [operation('load', p, { page: DATA })],
  store: (p) => [operation('store', p, { page: DATA, value: 17 })],
  'load-data': (p) => [operation('load', p, { page: DATA + 1 })],
  'load-aux': (p) => [operation('load', p, { page: AUX })],
  fork: (p) => [operation('fork', p, { child: 2 })],
  move: (p) => [operation('mremap', p, { ...half, new_npages: PAGES, mode: MREMAP_FIXED, new_page: 16 })],
  exit: (p) => [operation('exit', p)],
  look: (p) => [operation('headroom', p)],
  exec: (p) => [operation('exec', p)],
};

const opened = (...flags: number[]): number[][] =>
  flags.map((each, fd) => operation('open', 0, { fd, flags: each }));
const mapped = (p: number): number[] => operation('mmap', p, data(0, DATA));
const mappedAux = (fd: number): number[] => operation('mmap', 1, aux(fd));
const redirected = (): number[] => operation('set_output', 0, { fd: 1, target: 0 });
const asked = (): number[][] =>
  [WORD_AUX_OFFSET, WORD_AUX_SIZE].map((word) => operation('store', 0, { page: DATA, word, value: PAGES }));

/**
 * What tasks can begin with, by name: the operations that lead there. All processes share the descriptors 0 and, if open, 1: the forks
 * come when these are open, and nothing is mapped.
 */
const SITUATIONS: Readonly<Record<string, (forks: readonly number[][]) => number[][]>> = {
  opened: (forks) => [...opened(0), ...forks],
  mapped: (forks) => [...opened(0), ...forks, mapped(0)],
  shared: (forks) => [...opened(0), ...forks, mapped(0), mapped(1)],
  'two-events': (forks) => [...opened(0, 0), ...forks, mapped(0)],
  redirected: (forks) => [...opened(0, 0), ...forks, mapped(0), redirected()],
  'redirected-shared': (forks) => [...opened(0, 0), ...forks, mapped(0), mapped(1), redirected()],
  'aux-asked': (forks) => [...opened(OPEN_AUX), ...forks, mapped(0), ...asked(), mapped(1)],
  'aux-mapped': (forks) => [...opened(OPEN_AUX), ...forks, mapped(0), ...asked(), mapped(1), mappedAux(0)],
  'aux-other': (forks) => [...opened(OPEN_AUX, OPEN_AUX), ...forks, mapped(0), ...asked(), redirected()],
  'aux-other-mapped': (forks) => [
    ...opened(OPEN_AUX, OPEN_AUX),
    ...forks,
    mapped(0),
    ...asked(),
    redirected(),
    mappedAux(1),
  ],
  'aux-redirected': (forks) => [
    ...opened(OPEN_AUX, OPEN_AUX),
    ...forks,
    mapped(0),
    ...asked(),
    mapped(1),
    redirected(),
  ],
};

/** Names of what tasks can begin with. */
export const SITUATION_NAMES: readonly string[] = Object.keys(SITUATIONS);

/** The operations that lead to a situation. @param processes 3: process 2 is there, too, and has no mapping */
export function situation(name: string, processes: number): number[][] {
  const children = [1, 2].slice(0, processes - 1);
  return SITUATIONS[name](children.map((child) => operation('fork', 0, { child })));
}

import { ARENA_PAGES, OP_WIDTH } from '../../model/alphabet/bounds.js';
import {
  type Domain,
  FD,
  FD_OR_NONE,
  MMAP_FLAGS,
  MMAP_LOCKED,
  MMAP_POPULATE,
  MREMAP_DONTUNMAP,
  MREMAP_FIXED,
  MREMAP_MODE,
  MREMAP_NONE,
  NPAGES,
  OPEN_AUX,
  OPEN_CPU,
  OPEN_FLAGS,
  OPEN_INHERIT,
  PAGE,
  PGOFF,
  PROC,
  PROT,
  PROT_READ,
  PROT_WRITE,
  STORE_WORD,
  STORED,
  TOKEN,
  WORD,
} from '../../model/alphabet/operands.js';
import { OP, OP_NAMES, OPERATIONS, type OpName } from '../../model/alphabet/operations.js';
import type { Trace } from '../../model/alphabet/trace.js';

/** Beside what a trace names: `near` hardly anything, `wide` what changes most of what a kernel can be in. */
export type Width = 'near' | 'wide';

type Values = ReadonlyMap<Domain, readonly number[]>;

const NEAR: Values = new Map([
  [PROT, [PROT_READ]],
  [OPEN_FLAGS, [0]],
  [MMAP_FLAGS, [0]],
  [PAGE, [0]],
  [PGOFF, [0]],
  [NPAGES, [1]],
]);
const WIDE: Values = new Map<Domain, readonly number[]>([
  [PROC, [0, 1]],
  [FD, [0, 1]],
  [PROT, [PROT_READ, PROT_READ | PROT_WRITE]],
  [OPEN_FLAGS, [0, OPEN_INHERIT, OPEN_CPU, OPEN_AUX]],
  [MMAP_FLAGS, [0, MMAP_POPULATE, MMAP_LOCKED]],
  [MREMAP_MODE, [MREMAP_NONE, MREMAP_FIXED, MREMAP_DONTUNMAP]],
  [PAGE, [0]],
  [PGOFF, [0, 1]],
  [NPAGES, [1, 2]],
  [WORD, [0]],
  [STORE_WORD, [0]],
  [STORED, [TOKEN.min]],
]);
const VALUES: Readonly<Record<Width, Values>> = { near: NEAR, wide: WIDE };

const KINDS: Readonly<Record<Width, readonly OpName[]>> = {
  near: ['open', 'mmap'],
  wide: [
    'open',
    'close',
    'set_output',
    'mmap',
    'munmap',
    'mremap',
    'mprotect',
    'load',
    'store',
    'fork',
    'exit',
    'exec',
  ],
};

/** What operands of different operations share: descriptors with and without "none", tokens and what is stored. */
const classOf = (domain: Domain): Domain => (domain === FD_OR_NONE ? FD : domain === TOKEN ? STORED : domain);

/** The first page behind all mappings that a trace makes, if there is one. */
function pageBehind({ ops }: Trace): number {
  let end = 0;
  for (let at = 0; at < ops.length; at += OP_WIDTH)
    if (ops[at] === OP.mmap) end = Math.max(end, ops[at + 3] + ops[at + 4]);
  return Math.min(end, ARENA_PAGES - 1);
}

/** The kinds of operations that a trace names, and the values of each class of operands, with those that are tried beside them. */
export class NamedValues {
  readonly kinds: readonly OpName[];
  readonly #values = new Map<Domain, Set<number>>();

  constructor(trace: Trace, width: Width) {
    const { ops } = trace;
    const kinds = new Set(KINDS[width]);
    for (const [domain, values] of VALUES[width]) for (const value of values) this.#add(domain, value);
    if (width === 'wide') this.#add(PAGE, pageBehind(trace));
    for (let at = 0; at < ops.length; at += OP_WIDTH) {
      const name = OP_NAMES[ops[at]];
      kinds.add(name);
      this.#add(PROC, ops[at + 1]);
      Object.values<Domain>(OPERATIONS[name].operands).forEach((domain, i) => {
        this.#add(domain, ops[at + 2 + i]);
      });
    }
    this.kinds = OP_NAMES.filter((name) => kinds.has(name));
  }

  #add(domain: Domain, value: number): void {
    const of = classOf(domain);
    const values = this.#values.get(of) ?? new Set();
    this.#values.set(of, values.add(value));
  }

  /** The values of a domain's class that are in the domain. */
  of(domain: Domain): number[] {
    const values = [...(this.#values.get(classOf(domain)) ?? [])];
    return values.filter((value) => value >= domain.min && value <= domain.max).sort((a, b) => a - b);
  }

  /** Names up to the greatest one in use: any of them may take the place of another. */
  upTo(domain: Domain): number[] {
    const greatest = Math.max(0, ...this.of(domain));
    return Array.from({ length: greatest + 1 }, (_, name) => name);
  }
}

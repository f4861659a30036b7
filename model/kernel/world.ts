import { ARENA_PAGES } from '../alphabet/bounds.js';
import type { Env } from '../alphabet/system.js';
import { MAX_PAGES, PAGE_TABLE, PTE, RESIDENT, SHMEM, TASK, TREE, USER_TABLE, VMA } from '../mm/tables.js';
import { EVENT, FILES, RB, RB_AUX, RB_DATA } from '../perf/tables.js';
import { ColumnAllocator, sizeOf, type Table } from './columns.js';
import type { Charge, CoreKernel } from './core-kernel.js';
import { CONTENT, RCU, SYSTEM } from './tables.js';

/**
 * The hooks of struct vm_operations_struct that a perf mapping can have. A VMA is named by its number `v`,
 * a page of it by its address. A hook that is absent is absent in C, too.
 */
interface VmOperations {
  /** A VMA was copied: by a split, a move, a fork. */
  open(w: World, v: number): void;
  /** A VMA is gone; its page table entries are already zapped. */
  close(w: World, v: number): void;
  /**
   * Bring in the page of an empty page table entry.
   * @returns a page + 1 with a reference for the entry; 0: VM_FAULT_SIGBUS; -1: VM_FAULT_NOPAGE, the hook has set the entry
   */
  fault?(w: World, v: number, pgoff: number, flags: number): number;
  /** First write to a page with a struct page. @returns vm_fault_t */
  page_mkwrite?(w: World, v: number, address: number, pgoff: number): number;
  /** First write to a page without one (pte_special). @returns vm_fault_t */
  pfn_mkwrite?(w: World, v: number, address: number, pgoff: number): number;
  /** @returns 0 or -errno */
  may_split?(w: World, v: number, address: number): number;
}

/** Where the pages of a buffer come from. */
export interface Backing {
  /** Fill in the data pages of a buffer. @returns false: no memory, nothing left behind */
  alloc(w: World, rb: number, nr_pages: number): boolean;
  /** Pages that the loop which frees them goes over (rb_free, rb_free_work). */
  pages(w: World, rb: number): number;
}

/** A way to write perf's mapping of its ring buffer: the hooks, as one would write them in C. */
export interface Design {
  readonly id: string;
  readonly title: string;
  /** `transcribed` from a kernel, right or wrong; or `intended`: what it should be. */
  readonly kind: 'transcribed' | 'intended';
  /** The kernel whose core mm the design runs in. */
  readonly core: CoreKernel;
  /** How pages get into page tables; decides the sides of the variation points that come with it. */
  readonly mechanism: 'demand-fault' | 'advance';
  /** What the design promises about struct page's `index` and `mapping`. */
  readonly page_fields: 'used' | 'untouched';
  /** Where buffer pages come from (CONFIG_PERF_USE_VMALLOC). */
  readonly backing: Backing;
  /**
   * file_operations.mmap: the VMA's row is filled but not yet in the tree.
   * @returns 0 or -errno; core mm zaps page table entries of a failed one, and calls no `close`
   */
  mmap(w: World, v: number): number;
  /**
   * Only with f_op.mmap_prepare (v6.17), which `mmap` is then: the VMA is allocated after it, and this maps its pages when
   * `vm_page_prot` is final.
   * @returns 0 or -errno; core mm unmaps a VMA for which it fails
   */
  mmap_complete?(w: World, v: number): number;
  readonly vm_ops: VmOperations;
  /** What the design does to a page before it frees it (perf_mmap_free_page, rb_free_aux_page). */
  before_free(w: World, page: number): void;
  /**
   * Would charging this many pages to user and memory be within the limits, and how is the charge divided?
   * Also the arithmetic by which `headroom` is observed.
   */
  calc_limits(w: World, mm: number, pages: number, charge: Charge): boolean;
  /** May the event write into the buffer of `output` (perf_event_set_output)? */
  may_share(w: World, e: number, output: number): boolean;
  /** Whose `mmap_mutex` SET_OUTPUT takes: of both events (v5.19), or of the one that is redirected. */
  readonly output_mutexes: 'both' | 'own';
  /** What excludes tasks that make, map and free the AUX area of one buffer: its `aux_mutex` (v6.11), or each event's `mmap_mutex`. */
  readonly aux_excludes: 'buffer' | 'event';
  /** The memory that event_mapped and event_unmapped are about: that of the VMA, or that of the task that runs (until v4.13). */
  readonly event_mm: 'vma' | 'current';
}

/** Told of moments inside an operation at which another thread could already use what the kernel has just done. */
export interface Watch {
  /** A page table entry was set or changed at this address. */
  pteSet(w: World, address: number): void;
  /** A page has just gone back to the allocator. */
  pageFreed(w: World, page: number): void;
}

const UNWATCHED: Watch = { pteSet() {}, pageFreed() {} };

const SHAPES = [
  SYSTEM,
  RCU,
  TASK,
  USER_TABLE,
  TREE,
  VMA,
  PTE,
  SHMEM,
  PAGE_TABLE,
  EVENT,
  RB,
  RB_DATA,
  RB_AUX,
  FILES,
  RESIDENT,
  CONTENT,
];

/**
 * The whole state of the modelled kernel: tables of columns over one buffer (`words`), and the design under
 * test, which is code and no state.
 */
export class World {
  readonly words: Int32Array;
  readonly sys: Table<typeof SYSTEM.columns>;
  readonly rcu: Table<typeof RCU.columns>;
  readonly task: Table<typeof TASK.columns>;
  readonly user: Table<typeof USER_TABLE.columns>;
  readonly tree: Table<typeof TREE.columns>;
  readonly vma: Table<typeof VMA.columns>;
  readonly pte: Table<typeof PTE.columns>;
  readonly shmem: Table<typeof SHMEM.columns>;
  readonly page: Table<typeof PAGE_TABLE.columns>;
  readonly event: Table<typeof EVENT.columns>;
  readonly rb: Table<typeof RB.columns>;
  readonly rbData: Table<typeof RB_DATA.columns>;
  readonly rbAux: Table<typeof RB_AUX.columns>;
  readonly files: Table<typeof FILES.columns>;
  readonly resident: Table<typeof RESIDENT.columns>;
  readonly content: Int32Array;
  readonly #initial: Int32Array;
  watch: Watch = UNWATCHED;
  /** The processor that runs: only tasks that run beside each other have different ones. */
  cpu = 0;
  /** Page faults handled since the World was made; not part of its state. */
  faults = 0;
  /** VMAs made, entered, removed, cut or given other flags, and entries zapped, since the World was made; not part of its state. */
  changes = 0;

  constructor(readonly design: Design) {
    const columns = new ColumnAllocator(SHAPES.reduce((total, table) => total + sizeOf(table), 0));
    this.words = columns.words;
    this.sys = columns.table(SYSTEM);
    this.rcu = columns.table(RCU);
    this.task = columns.table(TASK);
    this.user = columns.table(USER_TABLE);
    this.tree = columns.table(TREE);
    this.vma = columns.table(VMA);
    this.pte = columns.table(PTE);
    this.shmem = columns.table(SHMEM);
    this.page = columns.table(PAGE_TABLE);
    this.event = columns.table(EVENT);
    this.rb = columns.table(RB);
    this.rbData = columns.table(RB_DATA);
    this.rbAux = columns.table(RB_AUX);
    this.files = columns.table(FILES);
    this.resident = columns.table(RESIDENT);
    this.content = columns.table(CONTENT).word;
    // Pages are named from 1 on; the last one leads to none.
    for (let p = 1; p < MAX_PAGES; p++) this.page.next[p - 1] = p + 1;
    this.sys.free_page[0] = 1;
    this.task.alive[0] = 1;
    this.#initial = this.words.slice();
  }

  /** Back to one live process with an empty arena. */
  reset(env: Env): void {
    this.words.set(this.#initial);
    const { sys } = this;
    sys.gift[0] = env.gift;
    sys.paranoid[0] = env.paranoid;
    sys.pku[0] = env.pku ? 1 : 0;
    sys.thp[0] = env.thp ? 1 : 0;
    sys.ksm[0] = env.ksm ? 1 : 0;
    sys.aux[0] = env.aux ? 1 : 0;
    this.task.rlimit_memlock[0] = env.rlimit;
  }
}

/** The address of a page of a process's arena: the model's virtual address. */
export function addressOf(mm: number, page: number): number {
  return mm * ARENA_PAGES + page;
}

/** Which memory an address belongs to. */
export function mmOf(address: number): number {
  return Math.floor(address / ARENA_PAGES);
}

/** The address just past the arena of this memory. */
export function endOf(mm: number): number {
  return (mm + 1) * ARENA_PAGES;
}

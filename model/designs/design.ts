import type { World } from '../kernel/world.js';

/**
 * The hooks of struct vm_operations_struct that a perf mapping can have. A VMA is named by its number `v`,
 * a page of it by its address. A hook that is absent is absent in C, too.
 */
export interface VmOperations {
  /** A VMA was copied: by a split, a move, a fork. */
  open(w: World, v: number): void;
  /** A VMA is gone; its page table entries are already zapped. */
  close(w: World, v: number): void;
  /**
   * Bring in the page of an empty page table entry.
   * @returns a page + 1 with a reference for the entry, or 0: VM_FAULT_SIGBUS
   */
  fault?(w: World, v: number, pgoff: number, flags: number): number;
  /** First write to a page with a struct page. @returns vm_fault_t */
  page_mkwrite?(w: World, v: number, address: number, pgoff: number): number;
  /** First write to a page without one (pte_special). @returns vm_fault_t */
  pfn_mkwrite?(w: World, v: number, address: number, pgoff: number): number;
  /** @returns 0 or -errno */
  may_split?(w: World, v: number, address: number): number;
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
  readonly backing: 'buddy' | 'vmalloc';
  /**
   * file_operations.mmap: the VMA's row is filled but not yet in the tree.
   * @returns 0 or -errno; core mm zaps page table entries of a failed one, and calls no `close`
   */
  mmap(w: World, v: number): number;
  readonly vm_ops: VmOperations;
  /** What the design does to a page before it frees it (perf_mmap_free_page, rb_free_aux_page). */
  before_free(w: World, page: number): void;
  /**
   * Would charging this many pages to user and memory be within the limits, and how is the charge divided?
   * Also the arithmetic by which `headroom` is observed.
   */
  calc_limits(w: World, mm: number, pages: number, charge: Charge): boolean;
}

/** What the core of a kernel does that a design cannot choose. */
export interface CoreKernel {
  /** "major.minor". */
  readonly release: string;
  /** The anonymous inode mount is noexec: PROT_EXEC mappings of event files are refused. */
  readonly anon_inodes_noexec: boolean;
  /** A MAP_FIXED mmap whose unmapping is refused answers with that error; before, with ENOMEM. */
  readonly mmap_fixed_tells_why: boolean;
  /** mremap looks at the mapping before it unmaps what is at its new place, and moves several mappings at once (v6.17). */
  readonly mremap_checks_first: boolean;
  /** madvise knows MADV_GUARD_INSTALL and MADV_GUARD_REMOVE (v6.13). */
  readonly guard_regions: boolean;
  /** PERF_FLAG_FD_OUTPUT to an event whose task has exited is -ENODEV (v6.15). */
  readonly gone_output_refused: boolean;
}

/** A charge divided between the user's gift and pinned memory, in pages. */
export interface Charge {
  /** To user_struct.perf_mlock. */
  user: number;
  /** To mm_struct.pinned_vm. */
  pinned: number;
}

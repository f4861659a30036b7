import { ARENA_PAGES, MAX_RANGE, PROCS, USERS } from '../alphabet/bounds.js';
import { shape } from '../kernel/columns.js';

/** Pages of the kernel that a model can hand out for ring buffers. */
export const MAX_PAGES = 128;
/** One row a page of each process's arena: `mm * ARENA_PAGES + page`. */
const ADDRESSES = PROCS * ARENA_PAGES;

/**
 * Tasks and their memory, one row a process slot. `gen` tells two lives of a slot apart: it counts up at
 * fork and at exec, so that a charge remembers which memory it was made to.
 */
export const TASK = shape(PROCS, [
  'alive',
  'user',
  'cap_ipc_lock',
  'rlimit_memlock',
  'gen',
  /** Inherited into the slot's life at fork, not changed by exec: who the events mean by "this task". */
  'life',
  'pinned_vm',
  'locked_vm',
  'def_flags',
  /** mlockall(MCL_CURRENT) locked memory beside the arena, too: `locked_vm` is at least the limit. */
  'locked_all',
  /** Mappings of events for which a PMU lets this memory read its counters (mm_context_t.perf_rdpmc_allowed), of the memory at hand, */
  'rdpmc_allowed',
  /** and of the memory that exec has left and that is being taken down. */
  'rdpmc_left',
  /** exec takes the old memory down; the new one is current. */
  'exec',
  /** The mm's rw_semaphore: its writer (task + 1), or below 0 how many read. */
  'mmap_lock',
]);

/** Per uid: `locked_vm` of perf, called `perf_mlock` in some kernels. */
export const USER_TABLE = shape(USERS, ['perf_mlock']);

/**
 * VMAs. A VMA's number is the address of its first page (`mm * ARENA_PAGES + start`): no two VMAs share one.
 * `file`: 0 private anonymous memory; below 0: shared memory object, -1 - its number; above 0: event + 1.
 */
export const VMA = shape(ADDRESSES, [
  'used',
  'end',
  'vm_flags',
  'vm_page_prot',
  'vm_pgoff',
  'file',
  /** 0: no vm_ops; else the design's. */
  'vm_ops',
]);

/** By address: which VMA covers it (its number + 1), as the kernel's maple tree would say. */
export const TREE = shape(ADDRESSES, ['vma']);

/** By address: the page table entry. `pfn` is page + 1, 0: none. */
export const PTE = shape(ADDRESSES, ['pfn', 'flags']);

/** Shared memory objects that can live at once. `vmas`: VMAs that map it, in all processes. */
const MAX_SHMEM = 16;
export const SHMEM = shape(MAX_SHMEM, ['size', 'vmas']);
/**
 * Kernel pages. `state` 0 free, 1 allocated. `owner` and `role` are the model's own knowledge of what a page
 * is for, and no design may read them: rb + 1, and the page's place in the buffer's file (pgoff).
 */
export const PAGE_TABLE = shape(MAX_PAGES, [
  'state',
  'index',
  'mapping',
  'refcount',
  'mapcount',
  'backing',
  'owner',
  'role',
  'next',
  'locked',
]);

/** Slots of page contents: kernel pages, private anonymous pages by address, pages of shared memory objects. */
export const FIRST_PRIVATE = PAGE_TABLE.rows;
export const FIRST_SHARED = FIRST_PRIVATE + ADDRESSES;
export const SLOTS = FIRST_SHARED + MAX_SHMEM * MAX_RANGE;
/** By slot from `FIRST_PRIVATE` on: the anonymous page is resident. */
export const RESIDENT = shape(SLOTS - FIRST_PRIVATE, ['page']);

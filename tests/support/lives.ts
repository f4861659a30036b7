import type { Step } from '../model/linux/story.js';

/** An event in slot 0, and its buffer of a control page and one data page at page 0, writable. */
export const OPEN: Step = ['open', 0, { fd: 0 }];
export const OPEN_AUX: Step = ['open', 0, { fd: 0, flags: 'aux' }];
export const MAP: Step = ['mmap', 0, { fd: 0, page: 0, npages: 2, prot: 3 }];
export const MAP_AGAIN: Step = ['mmap', 0, { fd: 0, page: 4, npages: 2, prot: 1 }];
export const UNMAP: Step = ['munmap', 0, { page: 0, npages: 2 }];
/** Ask for an AUX area of one page after the data page, and map it. */
export const MAP_AUX: readonly Step[] = [
  ['store', 0, { page: 0, word: 'aux_offset', value: 2 }],
  ['store', 0, { page: 0, word: 'aux_size', value: 1 }],
  ['mmap', 0, { fd: 0, page: 12, npages: 1, prot: 1, pgoff: 2 }],
];
export const UNMAP_AUX: Step = ['munmap', 0, { page: 12, npages: 1 }];
/** The second page that the next `mmap` maps cannot be: there is no memory for its page table. */
export const NO_PAGE_TABLE: Step = ['inject', 0, { site: 'pgtable', nth: 1 }];
/** The first allocation of the next operation fails. */
export const NO_MEMORY: Step = ['inject', 0, { site: 'alloc', nth: 0 }];

/** A bit of everything that a buffer can live through, failures among it; nothing is left at its end. */
export const LIFE: readonly Step[] = [
  OPEN_AUX,
  MAP,
  ['store', 0, { page: 0, value: 20 }],
  ['load', 0, { page: 1 }],
  ['store', 0, { page: 1, value: 21 }],
  MAP_AGAIN,
  ['mremap', 0, { page: 4, npages: 2, new_npages: 2, mode: 'fixed', new_page: 8 }],
  ['mprotect', 0, { page: 8, npages: 2, prot: 3 }],
  ['store', 0, { page: 8, value: 22 }],
  ...MAP_AUX,
  ['load', 0, { page: 12 }],
  ['open', 0, { fd: 1 }],
  ['set_output', 0, { fd: 1, target: 0 }],
  ['mmap', 0, { fd: 1, page: 16, npages: 2, prot: 1 }],
  ['open', 0, { fd: 2 }],
  NO_MEMORY,
  ['mmap', 0, { fd: 2, page: 16, npages: 3, prot: 1 }],
  NO_PAGE_TABLE,
  ['mmap', 0, { fd: 2, page: 16, npages: 3, prot: 1 }],
  ['mmap', 0, { fd: 2, page: 16, npages: 4, prot: 1 }],
  ['mmap', 0, { fd: 2, page: 20, npages: 9, prot: 0 }],
  ['fork', 0, { child: 1 }],
  ['mmap', 1, { fd: 0, page: 0, npages: 2, prot: 3 }],
  ['store', 1, { page: 0, value: 23 }],
  ['exec', 1],
  ['record', 0, { count: 3 }],
  ['munmap', 0, { page: 8, npages: 2 }],
  ['close', 0, { fd: 0 }],
  UNMAP_AUX,
  UNMAP,
  ['exit', 1],
  ['exit', 0],
];

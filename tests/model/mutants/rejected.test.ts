import { itKeeps, itShows } from './shown.js';

itShows(
  'insert-pages-in-mmap',
  `
    open
    mmap fd=0 npages=2 prot=read+write
  `,
  'entry-is-right-when-set',
  'process 0, page 1: the page table entry is writable, for pgoff 1, while the operation runs',
);

itShows(
  'insert-pages-ro-noretry',
  `
    open
    mmap fd=0 npages=1 prot=read
  `,
  'mapped-in-advance',
  'process 0, page 0: the entry maps a struct page, which counts it',
);

itShows(
  'insert-pages-locked',
  `
    open
    mmap fd=0 npages=1 prot=read
  `,
  'mapped-in-advance',
  'process 0, page 0: the entry maps a struct page, which counts it',
);

itShows(
  'folio',
  `
    open
    mmap fd=0 npages=1 prot=read
  `,
  'mapped-in-advance',
  'process 0, page 0: the entry maps a struct page, which counts it',
);

itShows(
  'control-rw-no-hook',
  `
    open
    mmap fd=0 npages=2 prot=read+write
    store page=1
  `,
  'entry-is-right-when-set',
  'process 0, page 1: the page table entry is writable, for pgoff 1, while the operation runs',
);

itShows(
  'shared-prot',
  `
    open
    mmap fd=0 npages=2 prot=read+write
  `,
  'entry-is-right-when-set',
  'process 0, page 1: the page table entry is writable, for pgoff 1, while the operation runs',
);

itShows(
  'no-pfn-mkwrite',
  `
    open
    mmap fd=0 npages=2 prot=read+write
    store page=1
  `,
  'entry-is-right-when-set',
  'process 0, page 1: the page table entry is writable, for pgoff 1, while the operation runs',
);

itShows(
  'mkwrite-any-page',
  `
    open
    mmap fd=0 npages=2 prot=read+write
    store page=1
  `,
  'entry-is-right-when-set',
  'process 0, page 1: the page table entry is writable, for pgoff 1, while the operation runs',
);

itShows(
  'no-zap',
  `
    open
    inject site=pgtable nth=1
    mmap fd=0 npages=2 prot=read
  `,
  'no-page-freed-while-mapped',
  'process 0, page 0 still maps page 0 when it is freed',
);

itShows(
  'zap-after-close',
  `
    open
    inject site=pgtable nth=1
    mmap fd=0 npages=2 prot=read
  `,
  'no-page-freed-while-mapped',
  'process 0, page 0 still maps page 0 when it is freed',
);

itShows(
  'one-remap',
  `
    open
    mmap fd=0 npages=2 prot=read
    mmap fd=0 npages=2 prot=read
  `,
  'entry-is-right-when-set',
  'process 0, page 1: the entry maps a page that has been freed, while the operation runs',
);

itShows(
  'lazy-insert-pfn',
  `
    open
    mmap fd=0 npages=1 prot=read
  `,
  'mapped-in-advance',
  'process 0, page 0: no page table entry',
);

itShows(
  'no-pfnmap-flags',
  `
    open
    mmap fd=0 npages=1 prot=read
    maps
  `,
  'spec',
  'process 0: maps gave page 0 another way than allowed',
);

itShows(
  'mmap-prepare-insert',
  `
    open
    mmap fd=0 npages=1 prot=read
  `,
  'mapped-in-advance',
  'process 0, page 0: the entry maps a struct page, which counts it',
);

itShows(
  'mmap-prepare-alloc-leak',
  `
    open
    mmap fd=0 npages=1 prot=read
    inject
    mmap fd=0 page=1 npages=1 prot=read
  `,
  'failed-mmap-changes-nothing',
  'mmap_count of event 0 is 2, was 1 before the mmap that failed',
);

import { itKeeps, itShows } from './shown.js';

itShows(
  'late-failure-no-close',
  `
    open
    mmap fd=0 npages=1 prot=read
    inject
    mmap fd=0 page=1 npages=1 prot=read
  `,
  'failed-mmap-changes-nothing',
  'mmap_count of event 0 is 2, was 1 before the mmap that failed',
);

itShows(
  'partial-pfn-left',
  `
    open
    inject site=pgtable nth=1
    mmap fd=0 npages=2 prot=read
  `,
  'no-page-freed-while-mapped',
  'process 0, page 0 still maps page 0 when it is freed',
);

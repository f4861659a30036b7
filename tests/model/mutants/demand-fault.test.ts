import { itKeeps, itShows } from './shown.js';

itShows(
  'fault-no-mapping',
  `
    open
    mmap fd=0 npages=1 prot=read+write
    read_into
  `,
  'hang',
  'process 0: read_into does not terminate',
);

itShows(
  'mapping-left-at-free',
  `
    open
    mmap fd=0 npages=1 prot=read flags=populate
    exit
  `,
  'no-kernel-warning',
  'BUG: Bad page state: page->mapping set on free',
);

itShows(
  'fault-no-get-page',
  `
    open
    mmap fd=0 npages=1 prot=read flags=populate
  `,
  'struct-page-counts',
  'page 0: refcount is 1, should be 2',
);

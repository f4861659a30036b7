import { itKeeps, itShows } from './shown.js';

itShows(
  'fork-inherits-vma',
  `
    open
    mmap fd=0 npages=1 prot=read
    maps
  `,
  'spec',
  'process 0: maps gave page 0 another way than allowed',
);

itShows(
  'double-mmap-rb-ref',
  `
    open
    mmap fd=0 npages=1 prot=read
    mmap fd=0 page=1 npages=1 prot=read
  `,
  'references-counted',
  'buffer 0: refcount is 2, attached events: 1',
);

itShows(
  'refund-per-event',
  `
    open
    mmap fd=0 npages=1 prot=read+write
    open fd=1 flags=aux output=0
    store word=aux_offset value=1
    store word=aux_size value=1
    mmap fd=1 page=1 npages=1 prot=read pgoff=1
    exit
  `,
  'charges-match',
  'perf_mlock of user 0 is -1 pages, made and still there: 0',
);

itShows(
  'extra-grows',
  `
    headroom
  `,
  'spec',
  'process 0: headroom gave 17, allowed 18',
);

itShows(
  'aux-refund-either-or',
  `
    open flags=aux
    mmap fd=0 npages=1 prot=read+write
    store word=aux_offset value=1
    store word=aux_size value=2
    mmap fd=0 page=1 npages=2 prot=read pgoff=1
    exit
  `,
  'charges-match',
  'perf_mlock of user 0 is 1 pages, made and still there: 0',
  { gift: 2 },
);

itShows(
  'sysctl-shrink',
  `
    open
    mmap fd=0 npages=1 prot=read
    gift
    headroom
  `,
  'spec',
  'process 0: headroom gave 5, allowed 6',
);

itShows(
  'shared-gift',
  `
    mmap npages=1 prot=read flags=locked
    headroom
  `,
  'spec',
  'process 0: headroom gave 17, allowed 18',
);

itShows(
  'vmalloc-single-page',
  `
    open
    mmap fd=0 npages=1 prot=read
    exec
  `,
  'pages-owned',
  '1 pages are allocated, live buffers know 0',
);

import { itKeeps, itShows } from './shown.js';

itShows(
  'aux-pgoff-zero',
  `
    open flags=aux
    mmap fd=0 npages=1 prot=read+write
    store word=aux_offset value=1
    store word=aux_size value=1
    mmap fd=0 page=1 npages=1 prot=read pgoff=1
  `,
  'entry-is-right-when-set',
  'process 0, page 1: the entry maps the wrong page of its buffer: 0 where 1 belongs, while the operation runs',
);

itShows(
  'remap-null-rb',
  `
    open
    mmap fd=0 npages=1 prot=read
    mmap fd=0 page=1 npages=1 prot=read
  `,
  'no-kernel-warning',
  'BUG: kernel NULL pointer dereference: an event without a buffer',
);

itShows(
  'mapfail-no-undo',
  `
    open
    mmap fd=0 npages=1 prot=read
    inject site=pgtable
    mmap fd=0 page=1 npages=1 prot=read
  `,
  'failed-mmap-changes-nothing',
  'mmap_count of event 0 is 2, was 1 before the mmap that failed',
);

itShows(
  'mapped-on-alloc-fail',
  `
    open
    mmap fd=0 npages=1 prot=read pgoff=1
  `,
  'failed-mmap-changes-nothing',
  'event_mapped balance of event 0 is 1, was 0 before the mmap that failed',
);

itShows(
  'aux-ret-clobber',
  `
    open flags=aux
    mmap fd=0 npages=1 prot=read+write
    store word=aux_offset value=1
    store word=aux_size value=1
    inject
    mmap fd=0 page=1 npages=1 prot=read pgoff=1
  `,
  'failed-mmap-changes-nothing',
  'aux_mmap_count of buffer 0 is 1, was 0 before the mmap that failed',
);

itShows(
  'aux-count-before-alloc',
  `
    open flags=aux
    mmap fd=0 npages=1 prot=read+write
    store word=aux_offset value=1
    store word=aux_size value=1
    inject
    mmap fd=0 page=1 npages=1 prot=read pgoff=1
  `,
  'failed-mmap-changes-nothing',
  'aux_mmap_count of buffer 0 is 1, was 0 before the mmap that failed',
);

itShows(
  'vma-split',
  `
    open
    mmap fd=0 npages=2 prot=read
    munmap page=1 npages=1
  `,
  'spec',
  'process 0: munmap gave ok, allowed EINVAL',
);

itShows(
  'mapfail-deadlock',
  `
    open
    inject site=pgtable
    mmap fd=0 npages=1 prot=read
  `,
  'hang',
  'process 0: mmap does not terminate',
);

itShows(
  'mapfail-minimal-forgets-unmapped',
  `
    open
    inject site=pgtable
    mmap fd=0 npages=1 prot=read
  `,
  'failed-mmap-changes-nothing',
  'event_mapped balance of event 0 is 1, was 0 before the mmap that failed',
);

itShows(
  'mapfail-minimal-forgets-unaccount',
  `
    open
    inject site=pgtable
    mmap fd=0 npages=1 prot=read
  `,
  'failed-mmap-changes-nothing',
  'perf_mlock of user 0 is 1, was 0 before the mmap that failed',
);

itShows(
  'redirected-mmap',
  `
    open
    mmap fd=0 npages=1 prot=read
    open fd=1 output=0
    mmap fd=1 page=1 npages=1 prot=read
  `,
  'no-kernel-warning',
  'refcount_t: addition on 0; use-after-free',
);

itShows(
  'event-mapped-late',
  `
    open
    inject site=pgtable
    mmap fd=0 npages=1 prot=read
  `,
  'failed-mmap-changes-nothing',
  'event_mapped balance of event 0 is -1, was 0 before the mmap that failed',
);

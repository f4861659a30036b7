import { describe, expect, it } from 'vitest';
import { doneBy, entriesOf, itKeeps, itShows } from './shown.js';

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

for (const id of ['aux-ret-clobber', 'aux-count-before-alloc'])
  itShows(
    id,
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

/** A buffer with an AUX area, each mapped at two places, and unmapped. */
const AUX = `
  open flags=aux
  mmap fd=0 npages=2 prot=read+write
  store word=aux_offset value=2
  store word=aux_size value=2
  mmap fd=0 page=4 npages=2 prot=read pgoff=2
  mmap fd=0 page=8 npages=2 prot=read pgoff=2
  load page=1
  load page=5
`;

for (const id of [
  'remap-null-rb',
  'mapfail-no-undo',
  'mapped-on-alloc-fail',
  'aux-ret-clobber',
  'aux-count-before-alloc',
  'vma-split',
  'mapfail-deadlock',
  'mapfail-minimal-forgets-unmapped',
  'mapfail-minimal-forgets-unaccount',
  'redirected-mmap',
  'event-mapped-late',
])
  itKeeps(id, 'mappings of which none fails', `${AUX}\n munmap page=4 npages=2\n exit`);

describe('a further mapping that fails', () => {
  const FURTHER = `
    open
    mmap fd=0 npages=2 prot=read
    inject site=pgtable
    mmap fd=0 page=4 npages=2 prot=read
  `;
  for (const id of ['mapfail-minimal-forgets-unmapped', 'mapfail-minimal-forgets-unaccount'])
    itKeeps(id, 'a further mapping that fails', FURTHER);
  itShows('mapfail-deadlock', FURTHER, 'hang', 'process 0: mmap does not terminate');
});

describe('a first mapping that fails', () => {
  const FIRST = 'open\n inject site=pgtable\n mmap fd=0 npages=2 prot=read';
  itShows(
    'mapfail-no-undo',
    FIRST,
    'failed-mmap-changes-nothing',
    'life of buffer 0 is 1, was 0 before the mmap that failed',
  );
  itKeeps('remap-null-rb', 'a first mapping that fails', FIRST);
});

it('aux-pgoff-zero shows the control page and a data page where the AUX area should be', () => {
  const aux = AUX.trim().split('\n').slice(0, 5).join('\n');
  expect(entriesOf(doneBy('aux-pgoff-zero', aux).w)).toEqual(['0: 0 writable', '1: 1', '4: 0', '5: 1']);
});

it('mapped-on-alloc-fail makes a mapping of what was refused', () => {
  const { w } = doneBy('mapped-on-alloc-fail', 'open\n mmap fd=0 npages=1 prot=read pgoff=1 -> EINVAL');
  expect([w.event.mapped[0], w.vma.used[0]]).toEqual([1, 0]);
});

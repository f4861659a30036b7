import { expect, it } from 'vitest';
import { advance } from '#model/designs/advance';
import { run } from '../../support/script.js';
import { doneBy, entriesOf, itKeeps, itShows } from './shown.js';

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

/** Buffers whose pages follow each other upwards, downwards, and in two runs, and an AUX area. */
const RUNS = `
  open flags=aux
  mmap fd=0 npages=5 prot=read+write
  store word=aux_offset value=5
  store word=aux_size value=4
  mmap fd=0 page=8 npages=4 prot=read pgoff=5
  mmap fd=0 page=16 npages=5 prot=read
  munmap page=16 npages=5
  munmap page=0 npages=5
  munmap page=8 npages=4
  mmap fd=0 page=8 npages=3 prot=read+write
  open fd=1
  mmap fd=1 npages=5 prot=read
`;

it('partial-pfn-left maps each page where it belongs, write-protected, however the pages lie', () => {
  for (const end of [2, 5, 6, 10, 12]) {
    const script = RUNS.trim().split('\n').slice(0, end).join('\n');
    const entries = entriesOf(doneBy('partial-pfn-left', script).w);
    expect(entries.length).toBeGreaterThan(2);
    expect(entries).toEqual(entriesOf(run(advance, script).w));
  }
});

itKeeps('partial-pfn-left', 'mappings that do not fail', `${RUNS}\n load page=9\n store page=9\n exit`);

// The first run is whole when the second fails.
itKeeps(
  'partial-pfn-left',
  'runs before the one that fails',
  `
    open
    mmap fd=0 npages=2 prot=read
    munmap npages=2
    mmap fd=0 npages=2 prot=read
    inject site=pgtable nth=1
    mmap fd=0 page=8 npages=2 prot=read
    maps
  `,
);

itKeeps(
  'late-failure-no-close',
  'what fails before the file has mapped',
  'open\n inject\n mmap fd=0 npages=2 prot=read\n inject site=pgtable\n mmap fd=0 npages=2 prot=read',
);

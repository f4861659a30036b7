import { expect, it } from 'vitest';
import { doneBy, itKeeps, itShows } from './shown.js';

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

const MAPPED = 'open\n mmap fd=0 npages=2 prot=read+write\n';

it('fault-no-get-page takes nothing from a page that no fault found', () => {
  const { w } = doneBy('fault-no-get-page', `${MAPPED} store page=1 -> SIGBUS\n load page=1`);
  expect([...w.page.refcount.slice(0, 3)]).toEqual([1, 1, 0]);
});

it('fault-no-mapping leaves pages without a mapping, so that a store comes to no end', () => {
  const faulted = `${MAPPED} store page=1 -> SIGBUS\n load page=1\n load page=0`;
  const { w } = doneBy('fault-no-mapping', faulted);
  expect([...w.page.mapping.slice(0, 2)]).toEqual([0, 0]);
  expect([...w.page.refcount.slice(0, 2)]).toEqual([2, 2]);
  doneBy('fault-no-mapping', `${faulted}\n store page=0 -> HANG`);
});

itKeeps('mapping-left-at-free', 'pages that were never faulted in', `${MAPPED} munmap npages=2`);

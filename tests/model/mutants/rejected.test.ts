import { describe, expect, it } from 'vitest';
import { doneBy, entriesOf, itKeeps, itShows } from './shown.js';

for (const id of ['insert-pages-in-mmap', 'shared-prot'])
  itShows(
    id,
    `
    open
    mmap fd=0 npages=2 prot=read+write
  `,
    'entry-is-right-when-set',
    'process 0, page 1: the page table entry is writable, for pgoff 1, while the operation runs',
  );

for (const id of ['insert-pages-ro-noretry', 'insert-pages-locked', 'folio', 'mmap-prepare-insert'])
  itShows(
    id,
    `
    open
    mmap fd=0 npages=1 prot=read
  `,
    'mapped-in-advance',
    'process 0, page 0: the entry maps a struct page, which counts it',
  );

for (const id of ['control-rw-no-hook', 'no-pfn-mkwrite', 'mkwrite-any-page'])
  itShows(
    id,
    `
    open
    mmap fd=0 npages=2 prot=read+write
    store page=1
  `,
    'entry-is-right-when-set',
    'process 0, page 1: the page table entry is writable, for pgoff 1, while the operation runs',
  );

for (const id of ['no-zap', 'zap-after-close'])
  itShows(
    id,
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

const WRITABLE = 'open\n mmap fd=0 npages=2 prot=read+write\n';
const AUX = `
  open flags=aux
  mmap fd=0 npages=2 prot=read+write
  store word=aux_offset value=2
  store word=aux_size value=2
  mmap fd=0 page=4 npages=2 prot=read pgoff=2
  load page=5
  store page=1
`;

describe('control-rw-no-hook', () => {
  it('maps the control page writable, of a mapping that may be written, and no other', () => {
    const script = `${WRITABLE} mmap fd=0 page=8 npages=2 prot=read`;
    expect(entriesOf(doneBy('control-rw-no-hook', script).w)).toEqual([
      '0: 0 writable',
      '1: 1',
      '8: 0',
      '9: 1',
    ]);
  });
  itKeeps('control-rw-no-hook', 'the control page', `${WRITABLE} store page=0 value=17\n load page=1\n maps`);
  itKeeps('control-rw-no-hook', 'an AUX area that is read', AUX.replace('store page=1', 'load page=1'));
});

describe('lazy-insert-pfn', () => {
  it('maps nothing until it is touched, and then the page itself', () => {
    expect(entriesOf(doneBy('lazy-insert-pfn', WRITABLE).w)).toEqual([]);
    const touched = AUX.replace('store page=1', 'load page=1').replace(
      'load page=5',
      'load page=5\n load page=4',
    );
    const { w } = doneBy('lazy-insert-pfn', touched);
    expect(entriesOf(w)).toEqual(['0: 0 writable', '1: 1', '4: 2', '5: 3']);
    expect([...w.page.refcount.slice(0, 4)]).toEqual([1, 1, 1, 1]);
  });

  it('shows its mappings as those without struct pages', () => {
    doneBy(
      'lazy-insert-pfn',
      'open\n mmap fd=0 npages=1 prot=read\n maps -> ok: 0 perf r--s dc de dd io pf rss 0',
    );
  });

  it('gives what is behind the buffer to nobody', () => {
    const { w } = doneBy('lazy-insert-pfn', WRITABLE);
    w.rb.nr_pages[0] = 0;
    expect(w.design.vm_ops.fault?.(w, 0, 1, 0)).toBe(0);
    expect(w.design.vm_ops.fault?.(w, 0, 0, 0)).toBe(-1);
    expect(entriesOf(w)).toEqual(['0: 0']);
  });
});

describe('mmap-prepare-alloc-leak', () => {
  itKeeps('mmap-prepare-alloc-leak', 'mappings for which there is a VMA', `${AUX}\n exit`);
  itKeeps(
    'mmap-prepare-alloc-leak',
    'pages that cannot be mapped',
    'open fd=1\n mmap fd=1 npages=2 prot=read\n open\n mmap fd=0 page=4 npages=2 prot=read\n exit',
  );
});

describe('no-pfnmap-flags', () => {
  it('drops the flags, and no other', () => {
    doneBy('no-pfnmap-flags', 'open\n mmap fd=0 npages=1 prot=read\n maps -> ok: 0 perf r--s dc de dd rss 0');
  });
  itKeeps(
    'no-pfnmap-flags',
    'pages that cannot be mapped',
    'open\n inject site=pgtable\n mmap fd=0 npages=2 prot=read\n mmap fd=0 npages=2 prot=read\n load page=1',
  );
});

describe('one-remap', () => {
  itKeeps('one-remap', 'pages that follow each other', AUX);
  itKeeps(
    'one-remap',
    'one page, and when it cannot be mapped',
    'open\n mmap fd=0 npages=1 prot=read+write\n store page=0\n inject site=pgtable\n mmap fd=0 page=8 npages=1 prot=read\n exit',
  );
  it('maps frames of others where they do not', () => {
    const again = 'open\n mmap fd=0 npages=2 prot=read\n mmap fd=0 npages=2 prot=read';
    expect(entriesOf(doneBy('one-remap', again).w)).toEqual(['0: 1', '1: 2']);
  });
});

it('zap-after-close leaves no entries when all is over, no-zap leaves that to core mm', () => {
  const failing = 'open\n inject site=pgtable nth=1\n mmap fd=0 npages=2 prot=read -> ENOMEM';
  for (const id of ['zap-after-close', 'no-zap']) expect(entriesOf(doneBy(id, failing).w), id).toEqual([]);
});

it('shared-prot and mkwrite-any-page write-protect what may not be written', () => {
  for (const id of ['shared-prot', 'mkwrite-any-page']) {
    const { w } = doneBy(id, 'open\n mmap fd=0 npages=2 prot=read\n store page=0 -> SEGV_ACCERR');
    expect(entriesOf(w), id).toEqual(['0: 0', '1: 1']);
  }
});

it('mkwrite-any-page and no-pfn-mkwrite let a store to data go on', () => {
  for (const id of ['mkwrite-any-page', 'no-pfn-mkwrite'])
    doneBy(id, `${WRITABLE} store page=1 value=17\n load page=1 -> ok 17`);
});

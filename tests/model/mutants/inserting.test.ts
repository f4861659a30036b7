// Rejected designs in which the pages are inserted with their struct page: what that makes of them.
import { describe, expect, it } from 'vitest';
import { doneBy, entriesOf, mutantOf } from './shown.js';

const WRITABLE = 'open\n mmap fd=0 npages=2 prot=read+write\n';

describe('pages that are inserted with their struct page', () => {
  /** Of the pages of the buffer: what they are mapped and counted as. */
  const pagesOf = (id: string): number[][] => {
    const { page } = doneBy(id, WRITABLE).w;
    return [0, 1].map((p) => [page.refcount[p], page.mapcount[p], page.mapping[p], page.index[p]]);
  };
  const COUNTED = [
    [2, 1, 0, 0],
    [2, 1, 0, 0],
  ];

  it('are counted', () => {
    for (const id of [
      'insert-pages-in-mmap',
      'insert-pages-ro-noretry',
      'insert-pages-locked',
      'mmap-prepare-insert',
    ])
      expect(pagesOf(id), id).toEqual(COUNTED);
  });

  it('are of the file, at their place in it, where they are folios', () => {
    expect(pagesOf('folio')).toEqual([
      [2, 1, 1, 0],
      [2, 1, 1, 1],
    ]);
  });

  it('are writable at once where vm_page_prot is not yet that of write-notify', () => {
    expect(entriesOf(doneBy('insert-pages-in-mmap', WRITABLE).w)).toEqual(['0: 0 writable', '1: 1 writable']);
  });

  it.each(['insert-pages-ro-noretry', 'insert-pages-locked', 'folio', 'mmap-prepare-insert'])(
    'are write-protected: %s',
    (id) => {
      expect(entriesOf(doneBy(id, WRITABLE).w)).toEqual(['0: 0', '1: 1']);
    },
  );

  it('do not become writable for data, but where pfn_mkwrite never runs', () => {
    for (const id of ['insert-pages-ro-noretry', 'insert-pages-locked', 'folio'])
      doneBy(id, `${WRITABLE} store page=1 -> SIGBUS`);
    doneBy('mmap-prepare-insert', `${WRITABLE} store page=1\n store page=0`);
  });

  it('let a store to the control page go on where the page is locked, or has a mapping', () => {
    doneBy('insert-pages-ro-noretry', `${WRITABLE} store page=0 -> HANG`);
    for (const id of ['insert-pages-locked', 'folio']) {
      const { w } = doneBy(id, `${WRITABLE} store page=0 value=17\n load page=0 -> ok 17`);
      expect(entriesOf(w), id).toEqual(['0: 0 writable', '1: 1']);
    }
  });

  it('have page_mkwrite in place of pfn_mkwrite', () => {
    for (const id of ['insert-pages-ro-noretry', 'insert-pages-locked', 'folio'])
      expect(Object.keys(mutantOf(id).mutant.design.vm_ops).sort(), id).toEqual([
        ...['close', 'may_split', 'open', 'page_mkwrite'],
      ]);
  });

  it('are those of the buffer that the event has, where they are inserted late', () => {
    const other =
      'open fd=1\n mmap fd=1 npages=2 prot=read\n open fd=0\n mmap fd=0 page=4 npages=2 prot=read';
    expect(entriesOf(doneBy('mmap-prepare-insert', other).w)).toEqual(['0: 0', '1: 1', '4: 2', '5: 3']);
  });
});

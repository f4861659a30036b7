import { describe, expect, test } from 'vitest';
import { advance } from '#model/designs/advance';
import { demand_fault } from '#model/designs/demand-fault';
import type { Design } from '#model/designs/index';
import { TABLE_FULL } from '#model/kernel/stop';
import { WARNINGS } from '#model/kernel/warn';
import { vmalloc } from '#model/perf/backing';
import {
  data_page_nr,
  perf_mmap_to_page,
  rb_alloc,
  rb_alloc_aux,
  rb_free_aux,
  ring_buffer_get,
  ring_buffer_put,
} from '#model/perf/ring-buffer';
import { MAX_RBS, RB_AUX_PAGES, RB_PAGES } from '#model/perf/tables';
import { run, Session } from '../../support/script.js';

/** A design whose buffers are one vmalloc area each. */
const vmalloc_design: Design = { ...advance, backing: vmalloc };
const warned = (s: Session): string => WARNINGS[s.w.sys.warned[0]];

function session(design: Design = advance): Session {
  const s = new Session(design);
  s.w.sys.current[0] = 1;
  return s;
}

describe('rb_alloc', () => {
  test('a control page that says where the data is', () => {
    run(
      advance,
      `
      open fd=0
      mmap fd=0 npages=5 prot=read
      load word=data_offset -> ok 1
      load word=data_size   -> ok 4
      load word=data_head   -> ok
      load word=aux_size    -> ok
      `,
    );
  });

  test('without memory leaves nothing behind, pages prepared for free', () => {
    const { w } = session(demand_fault);
    w.sys.inject_site[0] = 1;
    w.sys.inject_left[0] = 3;
    expect(rb_alloc(w, 4, true)).toBe(-1);
    expect(w.page.state.some((state) => state !== 0)).toBe(false);
    expect(w.rb.used[0]).toBe(0);
    expect(w.rbData.page.some((page) => page !== 0)).toBe(false);
  });

  test('vmalloc: one allocation for all pages, counted as one of an order', () => {
    const { w } = session(vmalloc_design);
    for (const pages of [0, 1, 8]) {
      const rb = rb_alloc(w, pages, true);
      expect(data_page_nr(w, rb)).toBe(pages);
      expect(w.rb.nr_pages[rb]).toBe(Math.min(pages, 1));
      expect(perf_mmap_to_page(w, rb, pages)).not.toBe(0);
      expect(perf_mmap_to_page(w, rb, pages + 1)).toBe(0);
    }
    for (const nth of [0, 1]) {
      const s = run(vmalloc_design, `open fd=0\n inject nth=${nth}`);
      expect(s.step('mmap fd=0 npages=5 prot=read')).toBe('ENOMEM');
      expect(s.w.page.state.some((state) => state !== 0)).toBe(false);
    }
    run(
      vmalloc_design,
      'open fd=0\n mmap fd=0 npages=5 prot=read+write\n store page=4 value=17 -> SIGBUS\n munmap npages=5',
    );
  });

  test('beyond its bounds: a buffer that is too long, too many buffers', () => {
    const { w } = session();
    expect(() => rb_alloc(w, RB_PAGES, true)).toThrow(TABLE_FULL);
    for (let i = 0; i < MAX_RBS; i++) rb_alloc(w, 0, true);
    expect(() => rb_alloc(w, 0, true)).toThrow(TABLE_FULL);
  });
});

describe('references', () => {
  test('a buffer that is on its way out cannot be had', () => {
    const { w } = run(advance, 'open fd=0\n mmap fd=0 npages=1 prot=read');
    expect(ring_buffer_get(w, 0)).toBe(0);
    expect(w.rb.refcount[0]).toBe(2);
    w.rb.refcount[0] = 0;
    expect(ring_buffer_get(w, 0)).toBe(-1);
    expect(ring_buffer_get(w, 1)).toBe(-1);
  });

  test('the last one frees the pages', () => {
    const { w } = session();
    const rb = rb_alloc(w, 2, true);
    ring_buffer_put(w, rb);
    expect(w.rb.used[rb]).toBe(0);
    expect(w.page.state.some((state) => state !== 0)).toBe(false);
  });

  test('a put too many is a use after free', () => {
    const s = session();
    const rb = rb_alloc(s.w, 2, true);
    ring_buffer_put(s.w, rb);
    ring_buffer_put(s.w, rb);
    expect(warned(s)).toContain('freed ring buffer is used');
  });

  test('a buffer that is freed twice is noticed', () => {
    const s = session();
    const rb = rb_alloc(s.w, 2, true);
    s.w.rb.freed[rb] = 1;
    ring_buffer_put(s.w, rb);
    expect(warned(s)).toContain('freed again');
  });
});

describe('rb_alloc_aux', () => {
  test('takes its pages, sets aux_pgoff, and gives all back with the last reference', () => {
    const { w } = session();
    const rb = rb_alloc(w, 2, true);
    expect(rb_alloc_aux(w, rb, 3, 4)).toBe(true);
    expect([w.rb.aux_nr_pages[rb], w.rb.aux_pgoff[rb], w.rb.aux_refcount[rb]]).toEqual([4, 3, 1]);
    w.rb.aux_refcount[rb]++;
    rb_free_aux(w, rb);
    expect(w.rb.aux_nr_pages[rb]).toBe(4);
    rb_free_aux(w, rb);
    expect(w.rb.aux_nr_pages[rb]).toBe(0);
    expect(w.page.state.filter((state) => state !== 0)).toHaveLength(3);
  });

  test('without memory leaves nothing behind, wherever it fails', () => {
    for (let nth = 0; nth < 6; nth++) {
      const { w } = session();
      const rb = rb_alloc(w, 2, true);
      w.sys.inject_site[0] = 1;
      w.sys.inject_left[0] = nth;
      expect(rb_alloc_aux(w, rb, 3, 4)).toBe(false);
      expect(w.rb.aux_nr_pages[rb]).toBe(0);
      expect(w.page.state.filter((state) => state !== 0)).toHaveLength(3);
    }
  });

  test('beyond its bounds: an area that is too long', () => {
    const { w } = session();
    const rb = rb_alloc(w, 2, true);
    expect(() => rb_alloc_aux(w, rb, 3, RB_AUX_PAGES + 1)).toThrow(TABLE_FULL);
  });
});

describe('perf_mmap_to_page', () => {
  const { w } = session();
  const rb = rb_alloc(w, 2, true);
  rb_alloc_aux(w, rb, 5, 2);
  const page = (pgoff: number): number => perf_mmap_to_page(w, rb, pgoff) - 1;

  test('control page, data pages, a gap, AUX pages', () => {
    expect([0, 1, 2].map(page)).toEqual([0, 1, 2]);
    expect([3, 4].map(page)).toEqual([-1, -1]);
    expect([5, 6].map(page)).toEqual([3, 4]);
  });

  test('one past the AUX area is its first page, farther is nothing', () => {
    expect([7, 8].map(page)).toEqual([3, -1]);
  });

  test('while the AUX area is being made its place is not known: page 0 is an AUX page (5948aaf64f81)', () => {
    w.rb.aux_pgoff[rb] = 0;
    w.rb.aux_nr_pages[rb] = 1;
    expect([0, 1, 2].map(page)).toEqual([3, 3, -1]);
  });

  test('no buffer is a NULL pointer', () => {
    expect(perf_mmap_to_page(w, -1, 0)).toBe(0);
    expect(WARNINGS[w.sys.warned[0]]).toContain('NULL pointer');
  });
});

// Buffers beside each other: each has its own pages, and nothing that is done to one reaches the other.

import { beforeEach, describe, expect, test } from 'vitest';
import { demand_fault } from '#model/designs/demand-fault';
import type { Design } from '#model/designs/index';
import type { World } from '#model/kernel/world';
import { vmalloc } from '#model/perf/backing';
import {
  perf_mmap_to_page,
  rb_alloc,
  rb_alloc_aux,
  rb_free_aux,
  ring_buffer_put,
} from '#model/perf/ring-buffer';
import { RB_AUX_PAGES, RB_PAGES } from '#model/perf/tables';
import { run, Session } from '../../support/script.js';

const FULL = RB_PAGES - 1;

/** Two buffers and their AUX areas, as large as can be, and the pages that were prepared to be freed. */
function two(design: Design = demand_fault): { w: World; prepared: number[] } {
  const prepared: number[] = [];
  const { w } = new Session({ ...design, before_free: (_w, page) => prepared.push(page) });
  w.sys.current[0] = 1;
  for (const rb of [0, 1]) {
    expect(rb_alloc(w, FULL, true)).toBe(rb);
    expect(rb_alloc_aux(w, rb, RB_PAGES + 1, RB_AUX_PAGES)).toBe(true);
  }
  return { w, prepared };
}

/** Numbers of the pages of a buffer and of its AUX area, as a mapping finds them. */
const dataOf = (w: World, rb: number): number[] =>
  Array.from({ length: RB_PAGES }, (_, i) => perf_mmap_to_page(w, rb, i) - 1);
const auxOf = (w: World, rb: number): number[] =>
  Array.from({ length: RB_AUX_PAGES }, (_, i) => perf_mmap_to_page(w, rb, RB_PAGES + 1 + i) - 1);

describe('two buffers', () => {
  let w: World;
  let prepared: number[];

  beforeEach(() => {
    ({ w, prepared } = two());
  });

  test('have pages of their own, which say whose they are and where they lie', () => {
    const pages = [0, 1].flatMap((rb) => [...dataOf(w, rb), ...auxOf(w, rb)]);
    expect(new Set(pages).size).toBe(2 * (RB_PAGES + RB_AUX_PAGES));
    expect(pages).not.toContain(-1);
    for (const rb of [0, 1]) {
      expect(dataOf(w, rb).map((p) => [w.page.owner[p], w.page.role[p]])).toEqual(
        Array.from({ length: RB_PAGES }, (_, i) => [rb + 1, i]),
      );
      expect(auxOf(w, rb).map((p) => [w.page.owner[p], w.page.role[p]])).toEqual(
        Array.from({ length: RB_AUX_PAGES }, (_, i) => [rb + 1, RB_PAGES + 1 + i]),
      );
    }
  });

  test('have no pages beyond their own', () => {
    rb_free_aux(w, 0);
    expect(perf_mmap_to_page(w, 0, RB_PAGES)).toBe(0);
    expect(perf_mmap_to_page(w, 0, RB_PAGES + 1)).toBe(0);
  });

  test.each([0, 1])('prepare and free the pages of an AUX area, and no others: of buffer %i', (rb) => {
    const own = auxOf(w, rb);
    const others = [...auxOf(w, 1 - rb), ...dataOf(w, 0), ...dataOf(w, 1)];
    rb_free_aux(w, rb);
    expect(prepared).toEqual(own);
    expect(own.map((p) => w.page.state[p])).toEqual(own.map(() => 0));
    expect(others.map((p) => w.page.state[p])).toEqual(others.map(() => 1));
    expect(w.rbAux.page.slice(rb * RB_AUX_PAGES, (rb + 1) * RB_AUX_PAGES).some((p) => p !== 0)).toBe(false);
  });

  test.each([0, 1])('prepare and free their data pages once, and no others: of buffer %i', (rb) => {
    const own = dataOf(w, rb);
    const others = [...dataOf(w, 1 - rb), ...auxOf(w, 0), ...auxOf(w, 1)];
    ring_buffer_put(w, rb);
    expect(prepared).toEqual(own);
    expect(w.rb.freed[rb]).toBe(1);
    expect(own.map((p) => w.page.state[p])).toEqual(own.map(() => 0));
    expect(others.map((p) => w.page.state[p])).toEqual(others.map(() => 1));
  });

  test('one that cannot be made leaves the pages of the one before', () => {
    w.sys.inject_site[0] = 1;
    w.sys.inject_left[0] = 1;
    expect(rb_alloc(w, FULL, true)).toBe(-1);
    expect(prepared).toEqual([]);
    expect(dataOf(w, 1)).not.toContain(-1);
  });
});

test('pages of a vmalloc area say whose they are, too', () => {
  const { w } = two({ ...demand_fault, backing: vmalloc });
  expect(dataOf(w, 1).map((p) => w.page.owner[p])).toEqual(Array.from({ length: RB_PAGES }, () => 2));
});

test('records go into the buffer of each event, and its control page counts them', () => {
  run(
    demand_fault,
    `
    open fd=0
    mmap fd=0 page=0 npages=3 prot=read
    record
    open fd=1
    mmap fd=1 page=4 npages=3 prot=read
    load page=4 word=data_offset -> ok 1
    load page=4 word=data_size   -> ok 2
    load page=0 word=data_size   -> ok 2
    load page=4 word=data_head   -> ok
    load page=5 word=first       -> ok
    record count=65
    load page=0 word=data_head   -> ok 66
    load page=4 word=data_head   -> ok 65
    load page=5                  -> ok record
    load page=6 word=first       -> ok
    `,
  );
});

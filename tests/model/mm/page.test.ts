import { beforeEach, describe, expect, test } from 'vitest';
import { INJECT_ALLOC, WORDS } from '#model/alphabet/operands';
import { advance } from '#model/designs/advance';
import { TABLE_FULL } from '#model/kernel/stop';
import { WARNINGS } from '#model/kernel/warn';
import { World } from '#model/kernel/world';
import {
  alloc_page,
  BACKING_BUDDY,
  free_page,
  get_page,
  put_page,
  set_page_index,
  set_page_mapping,
  take_page,
} from '#model/mm/page';
import { MAX_PAGES } from '#model/mm/tables';

describe('pages', () => {
  let w = new World(advance);
  const warned = (): string => WARNINGS[w.sys.warned[0]];
  beforeEach(() => {
    w = new World(advance);
  });

  test('come zeroed, with one reference, and go back at the last', () => {
    const p = alloc_page(w, 1, 0, BACKING_BUDDY) - 1;
    w.content[p * 7] = 17;
    get_page(w, p);
    put_page(w, p);
    expect(w.page.state[p]).toBe(1);
    put_page(w, p);
    expect(w.page.state[p]).toBe(0);
    expect(alloc_page(w, 1, 0, BACKING_BUDDY) - 1).toBe(p);
    expect(w.content[p * 7]).toBe(0);
  });

  test('are zeroed from the first word to the last, and their neighbours are not', () => {
    const pages = [0, 1, 2].map((role) => take_page(w, 1, role, BACKING_BUDDY) - 1);
    w.content.fill(17);
    free_page(w, pages[1]);
    expect(w.sys.warned[0]).toBe(0);
    take_page(w, 1, 1, BACKING_BUDDY);
    const of = (p: number): Set<number> => new Set(w.content.slice(p * WORDS, (p + 1) * WORDS));
    expect(pages.map((p) => [...of(p)])).toEqual([[17], [0], [17]]);
  });

  test('are refused by injection, one time', () => {
    w.sys.inject_site[0] = INJECT_ALLOC + 1;
    expect(alloc_page(w, 1, 0, BACKING_BUDDY)).toBe(0);
    expect(alloc_page(w, 1, 0, BACKING_BUDDY)).toBe(1);
  });

  test('that are free are neither referenced nor freed', () => {
    const p = take_page(w, 1, 0, BACKING_BUDDY) - 1;
    free_page(w, p);
    expect(w.sys.warned[0]).toBe(0);
    get_page(w, p);
    const referenced = w.sys.warned[0];
    expect(referenced).not.toBe(0);
    w.sys.warned[0] = 0;
    free_page(w, p);
    expect([0, referenced]).not.toContain(w.sys.warned[0]);
  });

  test('run out', () => {
    for (let i = 0; i < MAX_PAGES; i++) take_page(w, 1, i, BACKING_BUDDY);
    expect(() => take_page(w, 1, 0, BACKING_BUDDY)).toThrow(TABLE_FULL);
  });

  test('freed with a mapping they are bad', () => {
    const p = take_page(w, 1, 0, BACKING_BUDDY) - 1;
    set_page_mapping(w, p, 1);
    set_page_index(w, p, 1);
    expect(w.sys.page_field_writes[0]).toBe(2);
    free_page(w, p);
    expect(warned()).toContain('page->mapping');
  });

  test('freed while somebody else holds them they stay', () => {
    const p = take_page(w, 1, 0, BACKING_BUDDY) - 1;
    get_page(w, p);
    free_page(w, p);
    expect(warned()).toContain('references remain');
    expect(w.page.state[p]).toBe(1);
  });
});

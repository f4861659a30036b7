import { beforeEach, describe, expect, test } from 'vitest';
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

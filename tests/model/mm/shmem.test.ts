import { expect, test } from 'vitest';
import { MAX_RANGE } from '#model/alphabet/bounds';
import { WORDS } from '#model/alphabet/operands';
import { advance } from '#model/designs/advance';
import { TABLE_FULL } from '#model/kernel/stop';
import { World } from '#model/kernel/world';
import { shmem_create, shmem_slot } from '#model/mm/shmem';
import { FIRST_SHARED, SLOTS } from '#model/mm/tables';
import { run } from '../../support/script.js';

test('a new object is zero and not resident, whatever its place held, and others stay as they are', () => {
  run(
    advance,
    `
    mmap page=4 npages=3 prot=read+write
    mmap page=10 npages=3 prot=read+write
    store page=4 value=17
    store page=5 value=17
    store page=6 value=17
    store page=10 value=18
    store page=12 value=18
    munmap page=4 npages=3
    mmap page=4 npages=3 prot=read+write
    mincore page=4 npages=3 -> ok
    load page=4  -> ok
    load page=5  -> ok
    load page=6  -> ok
    load page=10 -> ok 18
    load page=12 -> ok 18
    `,
  );
});

test('an object lives as long as one of its mappings, in any process', () => {
  const s = run(
    advance,
    `
    mmap npages=2 prot=read+write
    store page=1 value=17
    fork child=1
    munmap npages=2
    mmap page=4 npages=1 prot=read+write
    1: load page=1 -> ok 17
    `,
  );
  expect([s.w.shmem.vmas[0], s.w.shmem.vmas[1]]).toEqual([1, 1]);
  s.run('1: exit');
  expect([s.w.shmem.vmas[0], s.w.shmem.vmas[1]]).toEqual([0, 1]);
});

test('objects run out', () => {
  const w = new World(advance);
  for (let object = 0; object < w.shmem.vmas.length; object++) expect(shmem_create(w, 1)).toBe(-object - 1);
  expect(() => shmem_create(w, 1)).toThrow(TABLE_FULL);
});

test('every page of every object has a place of its own, above all private memory', () => {
  const { vmas } = new World(advance).shmem;
  const slots = [...vmas.keys()].flatMap((object) =>
    Array.from({ length: MAX_RANGE }, (_, index) => shmem_slot(object, index)),
  );
  expect(new Set(slots).size).toBe(slots.length);
  expect([Math.min(...slots), Math.max(...slots)]).toEqual([FIRST_SHARED, SLOTS - 1]);
});

test('the longest object ends where the next begins', () => {
  const w = new World(advance);
  shmem_create(w, 1);
  shmem_create(w, 1);
  w.content[shmem_slot(1, 0) * WORDS] = 17;
  w.shmem.vmas[0] = 0;
  expect(shmem_create(w, MAX_RANGE)).toBe(-1);
  expect(w.content[shmem_slot(1, 0) * WORDS]).toBe(17);
});

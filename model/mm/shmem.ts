import { MAX_RANGE } from '../alphabet/bounds.js';
import { WORDS } from '../alphabet/operands.js';
import { TABLE_FULL } from '../kernel/stop.js';
import type { World } from '../kernel/world.js';
import { FIRST_PRIVATE, FIRST_SHARED } from './tables.js';

/** A shared memory object of this many pages (shmem_zero_setup). @returns what a VMA has for its file */
export function shmem_create(w: World, pages: number): number {
  const object = w.shmem.vmas.indexOf(0);
  if (object < 0) throw TABLE_FULL;
  w.shmem.size[object] = pages;
  w.shmem.vmas[object] = 1;
  for (let i = 0; i < pages; i++) clear_slot(w, shmem_slot(object, i));
  return -object - 1;
}

/** Where the contents of an object's page are. */
export function shmem_slot(object: number, index: number): number {
  return FIRST_SHARED + object * MAX_RANGE + index;
}

/** A VMA of the file more, if it is a shared memory object. */
export function shmem_get(w: World, file: number): void {
  if (file < 0) w.shmem.vmas[-file - 1]++;
}

/** A VMA of the file less: the object goes with its last. */
export function shmem_put(w: World, file: number): void {
  if (file < 0) w.shmem.vmas[-file - 1]--;
}

/** An anonymous page's contents become zero, and it is not resident. */
export function clear_slot(w: World, slot: number): void {
  w.content.fill(0, slot * WORDS, (slot + 1) * WORDS);
  w.resident.page[slot - FIRST_PRIVATE] = 0;
}

import { WORDS } from '../alphabet/operands.js';
import type { World } from '../kernel/world.js';
import { clear_slot, shmem_slot } from './shmem.js';
import { FIRST_PRIVATE } from './tables.js';
import { linear_page_index } from './vma.js';

/**
 * Anonymous memory, customised: no page table entries, private pages are copied at fork. Nothing that this model
 * checks looks at these; what is observed of anonymous memory (permissions, contents, residency) is as the kernel's.
 * A private page's contents belong to its address, a shared one's to its place in a shared memory object, which has the
 * size that it was made with.
 */
export function anon_slot(w: World, v: number, address: number): number {
  const { file } = w.vma;
  if (file[v] === 0) return FIRST_PRIVATE + address;
  const object = -file[v] - 1;
  const index = linear_page_index(w, v, address);
  return index < w.shmem.size[object] ? shmem_slot(object, index) : -1;
}

/** New private pages, zero and not resident. */
export function anon_populate(w: World, start: number, end: number): void {
  for (let a = start; a < end; a++) clear_slot(w, FIRST_PRIVATE + a);
}

/**
 * The page at this address comes in.
 * @returns whether there is one: shared memory may be mapped beyond its end, which is a SIGBUS
 */
export function anon_touch(w: World, v: number, address: number): boolean {
  const slot = anon_slot(w, v, address);
  if (slot < 0) return false;
  w.resident.page[slot - FIRST_PRIVATE] = 1;
  return true;
}

export function anon_resident(w: World, v: number, address: number): boolean {
  const slot = anon_slot(w, v, address);
  return slot >= 0 && w.resident.page[slot - FIRST_PRIVATE] !== 0;
}

/** Copy private pages to another place, for mremap and fork. */
export function anon_copy(w: World, from: number, to: number, pages: number): void {
  const source = (FIRST_PRIVATE + from) * WORDS;
  w.content.copyWithin((FIRST_PRIVATE + to) * WORDS, source, source + pages * WORDS);
  w.resident.page.copyWithin(to, from, from + pages);
}

/** Make the contents of [start, end) of a VMA zero again and not resident. */
export function anon_zero(w: World, v: number, start: number, end: number): void {
  for (let a = start; a < end; a++) {
    const slot = anon_slot(w, v, a);
    if (slot >= 0) clear_slot(w, slot);
  }
}

import { ERRNO } from '../alphabet/errno.js';
import { WORD_SCRATCH } from '../alphabet/operands.js';
import type { World } from '../kernel/world.js';
import { ACCESS_READ, ACCESS_WRITE, read_word, user_access, write_word } from '../mm/access.js';
import { get_user_page, get_user_page_fast } from '../mm/gup.js';
import { EFAULT } from '../mm/vma.js';

/** What a successful call read. */
export const got: { value: number } = { value: 0 };

/** read(2) into the page (copy_to_user). */
export function copy_to_user(w: World, address: number, value: number): number {
  if (user_access(w, address, ACCESS_WRITE) !== 0) return EFAULT;
  write_word(w, address, WORD_SCRATCH, value);
  return 0;
}

/** write(2) from the page (copy_from_user). */
export function copy_from_user(w: World, address: number, word: number): number {
  if (user_access(w, address, ACCESS_READ) !== 0) return EFAULT;
  got.value = read_word(w, address, word);
  return 0;
}

/** Read a word through GUP. @param refused the error of the call when GUP refuses */
export function gup_read(w: World, address: number, word: number, force: boolean, refused: number): number {
  if (get_user_page(w, address, false, force) !== 0) return refused;
  got.value = read_word(w, address, word);
  return 0;
}

export function gup_write(w: World, address: number, value: number, force: boolean, refused: number): number {
  if (get_user_page(w, address, true, force) !== 0) return refused;
  write_word(w, address, WORD_SCRATCH, value);
  return 0;
}

/**
 * FUTEX_WAIT with a value that the word never has (futex_wait, get_futex_key): a shared futex needs the page, first
 * for writing, then for reading.
 * @returns -EAGAIN or -EFAULT
 */
export function futex_wait(w: World, address: number, shared: boolean): number {
  if (shared) {
    const writable = get_user_page_fast(w, address, true) === 0;
    if (!writable && get_user_page_fast(w, address, false) !== 0) return EFAULT;
    if (!has_shared_key(w, address, writable)) return EFAULT;
  }
  return user_access(w, address, ACCESS_READ) === 0 ? -ERRNO.EAGAIN : EFAULT;
}

/** Private memory that is only read cannot carry a futex; a file's page is known by its `mapping`. */
function has_shared_key(w: World, address: number, writable: boolean): boolean {
  const file = w.vma.file[w.tree.vma[address] - 1];
  if (file <= 0) return file < 0 || writable;
  return w.page.mapping[w.pte.pfn[address] - 1] !== 0;
}

/** vmsplice and O_DIRECT write: read the scratch word of a page that is taken by get_user_pages_fast. */
export function fast_read(w: World, address: number): number {
  if (get_user_page_fast(w, address, false) !== 0) return EFAULT;
  got.value = read_word(w, address, WORD_SCRATCH);
  return 0;
}

/** O_DIRECT read of 512 bytes, a token first: the rest of them are zeros beyond the words of the alphabet. */
export function direct_read(w: World, address: number, value: number): number {
  if (get_user_page_fast(w, address, true) !== 0) return EFAULT;
  write_word(w, address, WORD_SCRATCH, value);
  return 0;
}

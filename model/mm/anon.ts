import { WORDS } from '../alphabet/operands.js';
import { TABLE_FULL } from '../kernel/stop.js';
import type { World } from '../kernel/world.js';
import { MAX_PAGES } from './tables.js';

/**
 * Anonymous memory, customised: every address has its frame from mmap() on, private frames are copied at fork,
 * and there are no page table entries: nothing that this model checks looks at them. What is observed of
 * anonymous memory (permissions, contents, residency) is as the kernel's.
 */
export function anon_populate(w: World, start: number, end: number): void {
  for (let a = start; a < end; a++) {
    w.anon.frame[a] = take_frame(w) + 1;
    w.anon.touched[a] = 0;
  }
}

/** Let go of the frames of [start, end). Addresses without one are passed over. */
export function anon_release(w: World, start: number, end: number): void {
  for (let a = start; a < end; a++) {
    if (w.anon.frame[a] === 0) continue;
    drop_frame(w, w.anon.frame[a] - 1);
    w.anon.frame[a] = 0;
    w.anon.touched[a] = 0;
  }
}

/** Give the frames of one range to another, as mremap moves pages. */
export function anon_move(w: World, from: number, to: number, pages: number): void {
  const { frame, touched } = w.anon;
  for (let i = 0; i < pages; i++) {
    frame[to + i] = frame[from + i];
    touched[to + i] = touched[from + i];
    frame[from + i] = 0;
    touched[from + i] = 0;
  }
}

/** Share the frame of `from` with `to`. */
export function anon_share(w: World, from: number, to: number): void {
  w.anon.frame[to] = w.anon.frame[from];
  w.anon.touched[to] = w.anon.touched[from];
  w.frame.refs[w.anon.frame[to] - 1]++;
}

/** Give `to` a frame of its own with the contents of `from`. */
export function anon_copy(w: World, from: number, to: number): void {
  const source = contentOf(w.anon.frame[from] - 1);
  const target = take_frame(w);
  w.content.copyWithin(contentOf(target), source, source + WORDS);
  w.anon.frame[to] = target + 1;
  w.anon.touched[to] = w.anon.touched[from];
}

/** Make the contents of [start, end) zero again and not resident. */
export function anon_zero(w: World, start: number, end: number): void {
  for (let a = start; a < end; a++) {
    if (w.anon.frame[a] === 0) continue;
    const content = contentOf(w.anon.frame[a] - 1);
    w.content.fill(0, content, content + WORDS);
    w.anon.touched[a] = 0;
  }
}

/** Where the words of the frame at this address start in `World.content`. */
export function anon_content(w: World, address: number): number {
  return contentOf(w.anon.frame[address] - 1);
}

function contentOf(frame: number): number {
  return (MAX_PAGES + frame) * WORDS;
}

function take_frame(w: World): number {
  const taken = w.sys.free_frame[0];
  if (taken === 0) throw TABLE_FULL;
  const f = taken - 1;
  w.sys.free_frame[0] = w.frame.next[f];
  w.frame.refs[f] = 1;
  w.content.fill(0, contentOf(f), contentOf(f) + WORDS);
  return f;
}

function drop_frame(w: World, f: number): void {
  if (--w.frame.refs[f] > 0) return;
  w.frame.next[f] = w.sys.free_frame[0];
  w.sys.free_frame[0] = f + 1;
}

import { ARENA_PAGES } from './alphabet/bounds.js';
import type { World } from './kernel/world.js';
import { addressOf } from './kernel/world.js';
import { PTE_ACCESS, PTE_EXEC, PTE_WRITE, VM_EXEC, VM_READ, VM_WRITE } from './mm/flags.js';
import { linear_page_index, vma_lookup } from './mm/vma.js';

/**
 * The arena of a process in four lines, one column a page:
 *
 *     page  0         1         2         3
 *     vma   ......AAA..bbb..............     a letter a mapping; capital: perf; . nothing
 *     pgoff       012  ...                   offset in the buffer's file
 *     pte         Wrr                        what the processor may do now: r, w (writable), x, - nothing, blank: no entry
 */
export function picture(w: World, proc: number): string[] {
  const rows = ['', '', '', ''];
  let vmas = 0;
  let last = -1;
  for (let page = 0; page < ARENA_PAGES; page++) {
    const address = addressOf(proc, page);
    const v = vma_lookup(w, address);
    if (v >= 0 && v !== last) vmas++;
    last = v;
    rows[0] += page % 10 === 0 ? String(page / 10) : page % 5 === 0 ? '5' : ' ';
    rows[1] += v < 0 ? '.' : letter(w, v, vmas);
    rows[2] += v >= 0 && w.vma.file[v] > 0 ? digit(linear_page_index(w, v, address)) : ' ';
    rows[3] += entry(w, address);
  }
  return [
    `page  ${rows[0]}`,
    `vma   ${rows[1]}${legend(w, proc)}`,
    `pgoff ${rows[2]}`,
    `pte   ${rows[3]}`,
  ].map((line) => line.trimEnd());
}

function letter(w: World, v: number, nth: number): string {
  const code = String.fromCharCode(97 + ((nth - 1) % 26));
  return w.vma.file[v] > 0 ? code.toUpperCase() : code;
}

/** Offsets above 35 do not occur. */
function digit(n: number): string {
  return n.toString(36);
}

function entry(w: World, address: number): string {
  if (w.pte.pfn[address] === 0) return ' ';
  const flags = w.pte.flags[address];
  if ((flags & PTE_ACCESS) === 0) return '-';
  if ((flags & PTE_WRITE) !== 0) return 'W';
  return (flags & PTE_EXEC) !== 0 ? 'x' : 'r';
}

/** Which event and permissions each letter has: "  A=event0 rw-s". */
function legend(w: World, proc: number): string {
  let text = '';
  let vmas = 0;
  for (let page = 0; page < ARENA_PAGES; ) {
    const v = vma_lookup(w, addressOf(proc, page));
    if (v < 0) {
      page++;
      continue;
    }
    vmas++;
    if (w.vma.file[v] > 0)
      text += `  ${letter(w, v, vmas)}=event ${w.vma.file[v] - 1} ${permissions(w.vma.vm_flags[v])}`;
    page = w.vma.end[v] - addressOf(proc, 0);
  }
  return text;
}

/** Perf mappings are shared. */
function permissions(flags: number): string {
  return [
    (flags & VM_READ) !== 0 ? 'r' : '-',
    (flags & VM_WRITE) !== 0 ? 'w' : '-',
    (flags & VM_EXEC) !== 0 ? 'x' : '-',
    's',
  ].join('');
}

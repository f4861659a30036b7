import { ARENA_PAGES, PROCS } from '../../model/alphabet/bounds.js';
import { WORDS } from '../../model/alphabet/operands.js';
import type { World } from '../../model/kernel/world.js';

/** A state that a search of wide enough bounds must come to. */
export interface Sometimes {
  readonly id: string;
  readonly text: string;
  holds(w: World): boolean;
}

/** Whether a VMA of an event is such. */
function someVma(w: World, is: (v: number, e: number) => boolean): boolean {
  for (let v = 0; v < PROCS * ARENA_PAGES; v++)
    if (w.tree.vma[v] === v + 1 && w.vma.file[v] > 0 && is(v, w.vma.file[v] - 1)) return true;
  return false;
}

const rbOf = (w: World, e: number): number => w.event.rb[e] - 1;
const processOf = (v: number): number => Math.floor(v / ARENA_PAGES);

function vmasOf(w: World, rb: number): number[] {
  const vmas: number[] = [];
  someVma(w, (v, e) => {
    if (rbOf(w, e) === rb) vmas.push(v);
    return false;
  });
  return vmas;
}

const someBuffer = (w: World, is: (rb: number) => boolean): boolean =>
  w.rb.used.some((used, rb) => used !== 0 && is(rb));

export const SOMETIMES: readonly Sometimes[] = [
  { id: 'mapped', text: 'an event is mapped', holds: (w) => someVma(w, () => true) },
  {
    id: 'two-vmas-of-one-buffer',
    text: 'one buffer is mapped twice',
    holds: (w) => someBuffer(w, (rb) => vmasOf(w, rb).length > 1),
  },
  {
    id: 'shared-by-processes',
    text: 'two processes map one buffer',
    holds: (w) => someBuffer(w, (rb) => new Set(vmasOf(w, rb).map(processOf)).size > 1),
  },
  {
    id: 'redirected-event',
    text: 'an event that is not mapped writes into a buffer',
    holds: (w) => w.event.rb.some((rb, e) => rb !== 0 && w.event.mmap_count[e] === 0),
  },
  {
    id: 'mapped-without-descriptor',
    text: 'a mapping outlives the last descriptor of its event',
    holds: (w) => someVma(w, (_v, e) => !w.files.event.includes(e + 1)),
  },
  {
    id: 'mapped-by-a-child-of-its-maker',
    text: 'a buffer outlives the memory that made it',
    holds: (w) =>
      // A memory that ends makes room for another one of that process.
      someBuffer(w, (rb) => w.task.gen[w.rb.owner_mm[rb]] !== w.rb.owner_gen[rb]),
  },
  {
    id: 'pinned',
    text: 'pages beyond the gift are charged to a memory',
    holds: (w) => w.task.pinned_vm.some((n) => n > 0),
  },
  {
    id: 'written',
    text: 'a control page holds what a process stored',
    holds: (w) => someVma(w, (v) => w.pte.pfn[v] !== 0 && w.content[(w.pte.pfn[v] - 1) * WORDS] !== 0),
  },
  {
    id: 'aux-outlives-data',
    text: 'an AUX mapping is alive after the data mapping of its buffer went',
    holds: (w) =>
      someBuffer(w, (rb) => {
        const vmas = vmasOf(w, rb);
        return vmas.length > 0 && vmas.every((v) => w.vma.vm_pgoff[v] !== 0);
      }),
  },
];

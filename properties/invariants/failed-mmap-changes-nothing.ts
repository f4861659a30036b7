import { OP } from '../../model/alphabet/operations.js';
import type { World } from '../../model/kernel/world.js';
import { addressOf } from '../../model/kernel/world.js';
import { find_vma_intersection } from '../../model/mm/vma.js';
import { type Invariant, violated } from './invariant.js';

/** What is remembered of the state before an `mmap` of an event: counts, charges, buffers, pages. */
let before = new Int32Array(0);
let remembered = false;

/** The columns that a failed mmap leaves alone. Page contents and free lists are not among them. */
function columns(w: World): Int32Array[] {
  const { refcount, f_count, rb, mmap_count, mapped } = w.event;
  return [
    refcount, f_count, rb, mmap_count, mapped, w.rb.used, w.rb.refcount, w.rb.mmap_count, w.rb.aux_mmap_count,
    w.rb.aux_nr_pages, w.user.perf_mlock, w.task.pinned_vm, w.task.locked_vm, w.page.state,
  ];
}

const known = new WeakMap<World, Int32Array[]>();

function columns_of(w: World): Int32Array[] {
  let found = known.get(w);
  if (found === undefined) {
    found = columns(w);
    known.set(w, found);
  }
  return found;
}

/**
 * Called before each operation. A MAP_FIXED range that holds mappings is passed over: they are unmapped before the
 * file is asked, and stay so (mmap_region).
 */
export function remember(w: World, ops: Int32Array, at: number): void {
  remembered = false;
  if (ops[at] !== OP.mmap || ops[at + 2] < 0 || w.task.alive[ops[at + 1]] === 0) return;
  const start = addressOf(ops[at + 1], ops[at + 3]);
  if (find_vma_intersection(w, start, Math.min(start + ops[at + 4], addressOf(ops[at + 1] + 1, 0))) >= 0) return;
  const parts = columns_of(w);
  let size = 0;
  for (let i = 0; i < parts.length; i++) size += parts[i].length;
  if (before.length < size) before = new Int32Array(size);
  for (let i = 0, to = 0; i < parts.length; to += parts[i++].length) before.set(parts[i], to);
  remembered = true;
}

export const failed_mmap_changes_nothing: Invariant = {
  id: 'failed-mmap-changes-nothing',
  text: 'An mmap that fails leaves every count, charge, buffer and page as it was.',
  check(c) {
    if (!remembered || c.obs[0] >= 0) return true;
    c.looked++;
    const parts = columns_of(c.w);
    for (let i = 0, from = 0; i < parts.length; from += parts[i++].length) {
      const part = parts[i];
      for (let row = 0; row < part.length; row++) {
        if (part[row] === before[from + row]) continue;
        c.address = i;
        return violated(c, row, part[row], before[from + row]);
      }
    }
    return true;
  },
  describe: (c) => `${NAMES[c.address]} of ${c.subject} is ${c.found}, was ${c.expected} before the mmap that failed`,
};

const NAMES = [
  'event refcount', 'event file count', 'attached buffer', 'event mmap_count', 'event_mapped balance', 'buffer',
  'buffer refcount', 'buffer mmap_count', 'buffer aux_mmap_count', 'buffer aux_nr_pages', 'perf_mlock', 'pinned_vm',
  'locked_vm', 'page state',
];

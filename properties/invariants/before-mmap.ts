import { ARENA_PAGES } from '../../model/alphabet/bounds.js';
import { OP } from '../../model/alphabet/operations.js';
import { addressOf, type World } from '../../model/kernel/world.js';
import { VM_LOCKED } from '../../model/mm/flags.js';
import { vma_lookup } from '../../model/mm/vma.js';

/** A column of the model's state, and what it was. */
interface Remembered {
  readonly name: string;
  readonly now: Int32Array;
  readonly was: Int32Array;
  /** The rows in use: what the others hold means nothing. */
  readonly used: Int32Array;
}

const remembered = (name: string, now: Int32Array, used: Int32Array): Remembered => ({
  name,
  now,
  was: now.slice(),
  used,
});

/** Whether unmapping this range would change what is remembered: it holds an event's mapping, or locked memory. */
function in_the_way(w: World, start: number, end: number): boolean {
  for (let address = start; address < end; address++) {
    const v = vma_lookup(w, address);
    if (v >= 0 && (w.vma.file[v] > 0 || (w.vma.vm_flags[v] & VM_LOCKED) !== 0)) return true;
  }
  return false;
}

/**
 * What an `mmap` of an event started from: counts, charges, buffers and pages. One whose MAP_FIXED range holds such mappings
 * is passed over: they are unmapped before the file is asked, and stay so (mmap_region).
 */
export class BeforeMmap {
  /** Whether the operation is such an `mmap`. */
  known = false;
  readonly perf_mlock: Remembered;
  readonly pinned_vm: Remembered;
  readonly page_state: Remembered;
  /** All that is remembered. Page contents and free lists are not: nobody sees what a failure leaves there. */
  readonly columns: readonly Remembered[];

  constructor({ event, rb, user, task, page }: World) {
    const everyUser = new Int32Array(user.perf_mlock.length).fill(1);
    const everyPage = new Int32Array(page.state.length).fill(1);
    const everyBuffer = new Int32Array(rb.used.length).fill(1);
    this.perf_mlock = remembered('perf_mlock of user', user.perf_mlock, everyUser);
    this.pinned_vm = remembered('pinned_vm of process', task.pinned_vm, task.alive);
    this.page_state = remembered('state of page', page.state, everyPage);
    this.columns = [
      remembered('life of buffer', rb.used, everyBuffer),
      remembered('buffer of event', event.rb, event.used),
      remembered('refcount of event', event.refcount, event.used),
      remembered('file count of event', event.f_count, event.used),
      remembered('mmap_count of event', event.mmap_count, event.used),
      remembered('event_mapped balance of event', event.mapped, event.used),
      remembered('refcount of buffer', rb.refcount, rb.used),
      remembered('mmap_count of buffer', rb.mmap_count, rb.used),
      remembered('aux_mmap_count of buffer', rb.aux_mmap_count, rb.used),
      remembered('aux_nr_pages of buffer', rb.aux_nr_pages, rb.used),
      this.perf_mlock,
      this.pinned_vm,
      remembered('locked_vm of process', task.locked_vm, task.alive),
      this.page_state,
    ];
  }

  /** Called before each operation. */
  remember(w: World, ops: Int32Array, at: number): void {
    this.known = false;
    const mm = ops[at + 1];
    if (ops[at] !== OP.mmap || ops[at + 2] < 0 || w.task.alive[mm] === 0) return;
    const page = ops[at + 3];
    const end = Math.min(page + ops[at + 4], ARENA_PAGES);
    if (in_the_way(w, addressOf(mm, page), addressOf(mm, end))) return;
    for (let i = 0; i < this.columns.length; i++) this.columns[i].was.set(this.columns[i].now);
    this.known = true;
  }
}

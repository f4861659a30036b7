import { ARENA_PAGES } from '../../model/alphabet/bounds.js';
import { OP } from '../../model/alphabet/operations.js';
import { addressOf, type World } from '../../model/kernel/world.js';
import { find_vma_intersection } from '../../model/mm/vma.js';

/** A column of the model's state, and what it was. */
interface Remembered {
  readonly name: string;
  readonly now: Int32Array;
  readonly was: Int32Array;
}

const remembered = (name: string, now: Int32Array): Remembered => ({ name, now, was: now.slice() });

/**
 * What an `mmap` of an event started from: counts, charges, buffers and pages. One whose MAP_FIXED range holds mappings is
 * passed over: they are unmapped before the file is asked, and stay so (mmap_region).
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
    this.perf_mlock = remembered('perf_mlock of user', user.perf_mlock);
    this.pinned_vm = remembered('pinned_vm of process', task.pinned_vm);
    this.page_state = remembered('state of page', page.state);
    this.columns = [
      remembered('refcount of event', event.refcount),
      remembered('file count of event', event.f_count),
      remembered('buffer of event', event.rb),
      remembered('mmap_count of event', event.mmap_count),
      remembered('event_mapped balance of event', event.mapped),
      remembered('life of buffer', rb.used),
      remembered('refcount of buffer', rb.refcount),
      remembered('mmap_count of buffer', rb.mmap_count),
      remembered('aux_mmap_count of buffer', rb.aux_mmap_count),
      remembered('aux_nr_pages of buffer', rb.aux_nr_pages),
      this.perf_mlock,
      this.pinned_vm,
      remembered('locked_vm of process', task.locked_vm),
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
    if (find_vma_intersection(w, addressOf(mm, page), addressOf(mm, end)) >= 0) return;
    for (let i = 0; i < this.columns.length; i++) this.columns[i].was.set(this.columns[i].now);
    this.known = true;
  }
}

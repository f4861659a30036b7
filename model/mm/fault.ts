import { SIGBUS_ADRERR } from '../alphabet/observations.js';
import { NEVER_RETURNS } from '../kernel/stop.js';
import type { World } from '../kernel/world.js';
import {
  ACCESS_EXEC,
  ACCESS_GUP,
  ACCESS_WRITE,
  FAULT_FLAG_WRITE,
  PTE_ACCESS,
  PTE_DIRTY,
  PTE_EXEC,
  PTE_SPECIAL,
  PTE_WRITE,
  VM_FAULT_LOCKED,
  VM_FAULT_NOPAGE,
  VM_FAULT_SIGBUS,
} from './flags.js';
import { put_page } from './page.js';
import { change_pte, set_pte } from './pgtable.js';
import { linear_page_index } from './vma.js';

/** A fault that is retried more often than this is retried for ever: no step of it changes anything more. */
const RETRIES = 8;

/** Whether the entry lets the processor do this access without a fault. */
export function pte_allows(flags: number, access: number): boolean {
  if (access === ACCESS_GUP) return true;
  if ((flags & PTE_ACCESS) === 0) return false;
  if (access === ACCESS_WRITE) return (flags & PTE_WRITE) !== 0;
  return access !== ACCESS_EXEC || (flags & PTE_EXEC) !== 0;
}

/**
 * Make a page of a perf mapping accessible, retrying as the processor does until the access succeeds
 * (handle_mm_fault and its callers). The VMA is known to permit the access.
 * @returns 0 or SIGBUS_ADRERR
 */
export function fault_in(w: World, v: number, address: number, access: number): number {
  for (let tries = 0; tries < RETRIES; tries++) {
    if (w.pte.pfn[address] !== 0 && pte_allows(w.pte.flags[address], access)) {
      if (access === ACCESS_WRITE) w.pte.flags[address] |= PTE_DIRTY;
      return 0;
    }
    const ret = handle_pte_fault(w, v, address, access === ACCESS_WRITE);
    if ((ret & VM_FAULT_SIGBUS) !== 0) return SIGBUS_ADRERR;
  }
  throw NEVER_RETURNS;
}

/** handle_pte_fault: an empty entry, or a write to one that is write-protected. */
function handle_pte_fault(w: World, v: number, address: number, write: boolean): number {
  w.faults++;
  if (w.pte.pfn[address] === 0) return do_fault(w, v, address, write);
  return write ? do_wp_page(w, v, address) : 0;
}

/** do_fault for a shared file mapping (do_read_fault, do_shared_fault). */
function do_fault(w: World, v: number, address: number, write: boolean): number {
  const ops = w.design.vm_ops;
  if (ops.fault === undefined) return VM_FAULT_SIGBUS;
  const pgoff = linear_page_index(w, v, address);
  const got = ops.fault(w, v, pgoff, write ? FAULT_FLAG_WRITE : 0);
  if (got <= 0) return got === 0 ? VM_FAULT_SIGBUS : VM_FAULT_NOPAGE;
  const p = got - 1;
  let flags = w.vma.vm_page_prot[v];
  if (write) {
    const ret = do_page_mkwrite(w, v, address, pgoff, p);
    if (is_final(ret)) {
      put_page(w, p);
      return ret;
    }
    w.page.locked[p] = 0;
    flags |= PTE_WRITE | PTE_DIRTY;
  }
  finish_fault(w, address, p, flags);
  return 0;
}

/** Enter the page, unless another thread's fault was faster (finish_fault, under the page table's lock). @suspends */
function finish_fault(w: World, address: number, p: number, flags: number): void {
  if (w.pte.pfn[address] !== 0) {
    put_page(w, p);
    return;
  }
  w.page.mapcount[p]++;
  set_pte(w, address, p, flags);
}

/**
 * do_page_mkwrite, where there is a hook: ask the file, then take the folio lock if the file has not; a page whose `mapping`
 * is NULL was truncated meanwhile, and the access is tried again.
 * @returns 0: try again; an error; or VM_FAULT_LOCKED: go on
 */
function do_page_mkwrite(w: World, v: number, address: number, pgoff: number, p: number): number {
  const hook = w.design.vm_ops.page_mkwrite;
  if (hook === undefined) return VM_FAULT_LOCKED;
  const ret = hook(w, v, address, pgoff);
  if ((ret & (VM_FAULT_SIGBUS | VM_FAULT_NOPAGE)) !== 0) return ret;
  if ((ret & VM_FAULT_LOCKED) === 0 && w.page.mapping[p] === 0) return 0;
  w.page.locked[p] = 1;
  return ret | VM_FAULT_LOCKED;
}

function is_final(ret: number): boolean {
  return ret === 0 || (ret & (VM_FAULT_SIGBUS | VM_FAULT_NOPAGE)) !== 0;
}

/** do_wp_page: a write to a present, write-protected entry. Mappings with entries are all shared here. */
function do_wp_page(w: World, v: number, address: number): number {
  const pgoff = linear_page_index(w, v, address);
  const special = (w.pte.flags[address] & PTE_SPECIAL) !== 0;
  return special ? wp_pfn_shared(w, v, address, pgoff) : wp_page_shared(w, v, address, pgoff);
}

function wp_pfn_shared(w: World, v: number, address: number, pgoff: number): number {
  const hook = w.design.vm_ops.pfn_mkwrite;
  const ret = hook === undefined ? 0 : hook(w, v, address, pgoff);
  if ((ret & (VM_FAULT_SIGBUS | VM_FAULT_NOPAGE)) !== 0) return ret;
  wp_page_reuse(w, address);
  return 0;
}

function wp_page_shared(w: World, v: number, address: number, pgoff: number): number {
  const p = w.pte.pfn[address] - 1;
  const ret = do_page_mkwrite(w, v, address, pgoff, p);
  if (is_final(ret)) return ret;
  w.page.locked[p] = 0;
  wp_page_reuse(w, address);
  return 0;
}

function wp_page_reuse(w: World, address: number): void {
  change_pte(w, address, w.pte.flags[address] | PTE_WRITE | PTE_DIRTY);
}

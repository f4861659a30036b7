import { SEGV_ACCERR, SEGV_MAPERR, SEGV_PKUERR, SIGBUS_ADRERR } from '../alphabet/observations.js';
import { WORDS } from '../alphabet/operands.js';
import { down_read, up_read } from '../kernel/locks.js';
import type { World } from '../kernel/world.js';
import { mmOf } from '../kernel/world.js';
import { anon_slot, anon_touch } from './anon.js';
import { fault_in, pte_allows } from './fault.js';
import {
  ACCESS_EXEC,
  ACCESS_READ,
  ACCESS_WRITE,
  PTE_DIRTY,
  VM_ACCESS_FLAGS,
  VM_EXEC,
  VM_WRITE,
} from './flags.js';
import { vma_lookup } from './vma.js';

/**
 * An access by a process, or by the kernel on its behalf through its page tables (copy_to_user,
 * copy_from_user).
 * @returns 0, or the signal and code of the fault
 */
export function user_access(w: World, address: number, access: number): number {
  const { pfn, flags } = w.pte;
  if (pfn[address] !== 0 && pte_allows(flags[address], access) && !refused_by_pkey(w, address, access)) {
    if (access === ACCESS_WRITE) flags[address] |= PTE_DIRTY;
    return 0;
  }
  const { mmap_lock } = w.task;
  const mm = mmOf(address);
  down_read(w, mmap_lock, mm);
  const fault = handle_fault(w, address, access);
  up_read(w, mmap_lock, mm);
  return fault;
}

/** The processor's fault, with `mmap_lock` held for reading (do_user_addr_fault). */
function handle_fault(w: World, address: number, access: number): number {
  const v = vma_lookup(w, address);
  if (v < 0) return SEGV_MAPERR;
  if (refused_by_pkey(w, address, access)) return SEGV_PKUERR;
  if (access_error(w.vma.vm_flags[v], access))
    return access === ACCESS_EXEC ? refused_fetch(w, v, address) : SEGV_ACCERR;
  if (w.vma.file[v] > 0) return fault_in(w, v, address, access);
  return anon_touch(w, v, address) ? 0 : SIGBUS_ADRERR;
}

/**
 * A fetch that is not permitted, of a page that is not there: it comes in as for a read, and only the fault after that
 * tells a fetch (access_error knows one by the present bit).
 */
function refused_fetch(w: World, v: number, address: number): number {
  if ((w.vma.vm_flags[v] & VM_ACCESS_FLAGS) === 0) return SEGV_ACCERR;
  const came = w.vma.file[v] > 0 ? fault_in(w, v, address, ACCESS_READ) === 0 : anon_touch(w, v, address);
  return came ? SEGV_ACCERR : SIGBUS_ADRERR;
}

/** Whether the VMA's permissions refuse the access (access_error, arch/x86/mm/fault.c). */
function access_error(vm_flags: number, access: number): boolean {
  if (access === ACCESS_WRITE) return (vm_flags & VM_WRITE) === 0;
  if (access === ACCESS_EXEC) return (vm_flags & VM_EXEC) === 0;
  return (vm_flags & VM_ACCESS_FLAGS) === 0;
}

/** An execute-only VMA gets a protection key that refuses loads and stores, on processors that have keys. */
export function refused_by_pkey(w: World, address: number, access: number): boolean {
  if (w.sys.pku[0] === 0 || access === ACCESS_EXEC) return false;
  const v = vma_lookup(w, address);
  return v >= 0 && (w.vma.vm_flags[v] & VM_ACCESS_FLAGS) === VM_EXEC;
}

/** Index in `World.content` of the page behind an address that has just been accessed. */
function content_at(w: World, address: number): number {
  const { pfn } = w.pte;
  return (pfn[address] !== 0 ? pfn[address] - 1 : anon_slot(w, vma_lookup(w, address), address)) * WORDS;
}

/** Read a word. The access has succeeded. */
export function read_word(w: World, address: number, word: number): number {
  return w.content[content_at(w, address) + word];
}

export function write_word(w: World, address: number, word: number, value: number): void {
  w.content[content_at(w, address) + word] = value;
}

export { ACCESS_EXEC, ACCESS_READ, ACCESS_WRITE };

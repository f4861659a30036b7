import type { Design } from '#model/designs/design';
import type { AttachOptions } from '#model/designs/hooks/attach-v6.18';
import { to_whom_was_charged } from '#model/designs/hooks/close';
import { type MapPages, perf_mmap_locked } from '#model/designs/hooks/mmap-v6.18';
import { undo_new_buffer } from '#model/designs/hooks/undo';
import type { World } from '#model/kernel/world';

type Mmap = Design['mmap'];
type VmOperations = Design['vm_ops'];
export type Undo = (w: World, v: number) => void;

/** How the intended designs attach a buffer. */
export const INTENDED: AttachOptions = { charges_shared: false, remembers_mm: true, aux_can_be_first: true };

export const undo_as_intended: Undo = undo_new_buffer(to_whom_was_charged);

/** The intended `mmap` with another way to map the pages, or to undo a failure. */
export function mmap_with(map: MapPages, undo: Undo = undo_as_intended): Mmap {
  return perf_mmap_locked(INTENDED, map, undo);
}

/** This `mmap`, and then something that it should not do, or should not have forgotten. */
export function after_mmap(mmap: Mmap, then: (w: World, v: number, e: number, ret: number) => void): Mmap {
  return (w, v) => {
    const ret = mmap(w, v);
    then(w, v, w.vma.file[v] - 1, ret);
    return ret;
  };
}

/** These hooks but for one that is missing. */
export function without<K extends 'fault' | 'page_mkwrite' | 'pfn_mkwrite' | 'may_split'>(
  ops: VmOperations,
  hook: K,
): Omit<VmOperations, K> {
  const { [hook]: _missing, ...rest } = ops;
  return rest;
}

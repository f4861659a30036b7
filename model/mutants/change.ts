import { INTENDED_ATTACH } from '../designs/advance.js';
import type { Design } from '../designs/design.js';
import type { AttachOptions } from '../designs/hooks/attach-v6.18.js';
import { close_under_mutex, type Refund, to_whom_was_charged } from '../designs/hooks/close.js';
import { map_range } from '../designs/hooks/map-range.js';
import { type MapPages, perf_mmap_locked } from '../designs/hooks/mmap-v6.18.js';
import { undo_further_mapping, undo_new_buffer } from '../designs/hooks/undo.js';
import type { World } from '../kernel/world.js';

type Mmap = Design['mmap'];
type VmOperations = Design['vm_ops'];
export type Undo = (w: World, v: number) => void;

export const undo_as_intended: Undo = undo_new_buffer(to_whom_was_charged);
const undo_other_as_intended: Undo = undo_further_mapping(to_whom_was_charged);

/** The intended `mmap` with another way to map the pages, or to undo a failure. */
export function mmap_with(
  map: MapPages,
  undo: Undo = undo_as_intended,
  undo_other = undo_other_as_intended,
): Mmap {
  return perf_mmap_locked(INTENDED_ATTACH, map, undo, undo_other);
}

/** The intended `mmap` of mappings in advance, with something of attaching the buffer done in another way. */
export function mmap_attaching(changed: Partial<AttachOptions>, map: MapPages = map_range): Mmap {
  return perf_mmap_locked({ ...INTENDED_ATTACH, ...changed }, map, undo_as_intended, undo_other_as_intended);
}

/** The intended `close` with something else given back. */
export function close_refunding(changed: Partial<Refund>): VmOperations['close'] {
  return close_under_mutex({ ...to_whom_was_charged, ...changed });
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

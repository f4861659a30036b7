import { PROCS } from '../../model/alphabet/bounds.js';
import { OP } from '../../model/alphabet/operations.js';
import { type Trace, traceLength } from '../../model/alphabet/trace.js';
import { kindOf, procOf, slotOf, without } from '../edit.js';
import { FD_SLOTS, PAGE_SLOTS, PROC_SLOTS } from '../fields.js';

/** All that one process does and that others do to it. */
export function* dropProcesses(trace: Trace): Iterable<Trace> {
  for (let proc = PROCS - 1; proc >= 0; proc--) {
    yield without(trace, (step) =>
      PROC_SLOTS[kindOf(trace, step)].some((slot) => slotOf(trace, step, slot) === proc),
    );
  }
}

/** All operations of one kind. */
export function* dropKinds(trace: Trace): Iterable<Trace> {
  const kinds = new Set<number>();
  for (let step = 0; step < traceLength(trace.ops); step++) kinds.add(kindOf(trace, step));
  for (const kind of kinds) yield without(trace, (step) => kindOf(trace, step) === kind);
}

/** Halves, quarters and so on down to two operations; later ones first, since fewer depend on them. */
export function* dropChunks(trace: Trace): Iterable<Trace> {
  const length = traceLength(trace.ops);
  for (let size = length >> 1; size >= 2; size >>= 1) {
    for (let end = length; end > 0; end -= size) {
      yield without(trace, (step) => step >= end - size && step < end);
    }
  }
}

/** Each operation alone. */
export function* dropSingles(trace: Trace): Iterable<Trace> {
  for (let dropped = traceLength(trace.ops) - 1; dropped >= 0; dropped--) {
    yield without(trace, (step) => step === dropped);
  }
}

/** Traces longer than this are not searched for pairs: the number of these grows with the square. */
const MOST_FOR_PAIRS = 24;

/** Any two operations: ones that only make sense together, such as `fork` and the child's `exit`. */
export function* dropPairs(trace: Trace): Iterable<Trace> {
  const length = traceLength(trace.ops);
  if (length > MOST_FOR_PAIRS) return;
  for (let later = length - 1; later > 0; later--) {
    for (let earlier = later - 1; earlier >= 0; earlier--) {
      yield without(trace, (step) => step === later || step === earlier);
    }
  }
}

/** An operation together with all later ones that name, as it does, what it made: a descriptor, a process, or pages. */
export function* dropWithDependents(trace: Trace): Iterable<Trace> {
  for (let step = traceLength(trace.ops) - 1; step >= 0; step--) {
    const depends = dependents(trace, step);
    if (depends !== undefined) yield without(trace, (at) => at >= step && depends(at));
  }
}

function dependents(trace: Trace, step: number): ((at: number) => boolean) | undefined {
  const kind = kindOf(trace, step);
  if (kind === OP.open) return usesFd(trace, procOf(trace, step), slotOf(trace, step, 2));
  if (kind === OP.dup) return usesFd(trace, procOf(trace, step), slotOf(trace, step, 3));
  if (kind === OP.fork) return usesProc(trace, slotOf(trace, step, 2));
  if (kind === OP.mmap) {
    const first = slotOf(trace, step, 3);
    return usesPages(trace, procOf(trace, step), first, first + slotOf(trace, step, 4));
  }
  return undefined;
}

function usesFd(trace: Trace, proc: number, fd: number): (at: number) => boolean {
  return (at) =>
    procOf(trace, at) === proc && FD_SLOTS[kindOf(trace, at)].some((slot) => slotOf(trace, at, slot) === fd);
}

function usesProc(trace: Trace, proc: number): (at: number) => boolean {
  return (at) => PROC_SLOTS[kindOf(trace, at)].some((slot) => slotOf(trace, at, slot) === proc);
}

function usesPages(trace: Trace, proc: number, first: number, end: number): (at: number) => boolean {
  return (at) => {
    const [slot] = PAGE_SLOTS[kindOf(trace, at)];
    if (slot === undefined || procOf(trace, at) !== proc) return false;
    const page = slotOf(trace, at, slot);
    return page >= first && page < end;
  };
}

import { PROCS } from '../../../model/alphabet/bounds.js';
import { GIFT_PAGES, INJECT_NTH } from '../../../model/alphabet/operands.js';
import { OP } from '../../../model/alphabet/operations.js';
import type { Draft } from '../draft.js';
import type { Drawer } from './accesses.js';

const EVERY_PROC = (1 << PROCS) - 1;

export function drawFork(draft: Draft): boolean {
  const { rng, known, proc } = draft;
  const child = rng.bitOf(EVERY_PROC & ~known.alive);
  if (child < 0) return false;
  draft.aux.forked(proc, child);
  known.forget();
  return draft.put(OP.fork, child);
}

/** Not the last one: nothing could follow. */
export function drawExit(draft: Draft): boolean {
  const { known, proc } = draft;
  if ((known.alive & ~(1 << proc)) === 0) return false;
  known.forget();
  return draft.put(OP.exit);
}

export function drawExec(draft: Draft): boolean {
  draft.known.mapsChange(draft.proc, -1);
  return draft.put(OP.exec);
}

/** An operation without operands that changes no state that the generator looks at. */
export function plain(kind: number): Drawer {
  return (draft) => draft.put(kind);
}

/** An operation whose operand is 0 or 1. */
export function either(kind: number): Drawer {
  return (draft) => draft.put(kind, draft.rng.below(2));
}

/** A limit in pages: around the size of a buffer or two, at times any. */
export function limit(kind: number): Drawer {
  return (draft) => {
    const { rng } = draft;
    return draft.put(kind, rng.chance(192) ? rng.below(16) : rng.below(GIFT_PAGES.max + 1));
  };
}

/** Early allocations are more often reached than late ones. */
export function drawInject(draft: Draft): boolean {
  const { rng } = draft;
  const most = INJECT_NTH.max + 1;
  return draft.put(OP.inject, rng.below(2), Math.min(rng.below(most), rng.below(most)));
}

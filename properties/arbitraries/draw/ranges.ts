import { ADVICE } from '../../../model/alphabet/operands.js';
import { OP } from '../../../model/alphabet/operations.js';
import type { Draft } from '../draft.js';
import { drawRange, Range } from '../ranges.js';
import { drawProt } from './mappings.js';

const range = new Range();

export function drawMprotect(draft: Draft): boolean {
  return drawRange(draft, range) && draft.put(OP.mprotect, range.page, range.npages, drawProt(draft));
}

export function drawMadvise(draft: Draft): boolean {
  if (!drawRange(draft, range)) return false;
  return draft.put(OP.madvise, range.page, range.npages, draft.rng.below(ADVICE.max + 1));
}

export function drawMlock(draft: Draft): boolean {
  return drawRange(draft, range) && draft.put(OP.mlock, range.page, range.npages, draft.flag(1, 64));
}

export function drawMunlock(draft: Draft): boolean {
  return drawRange(draft, range) && draft.put(OP.munlock, range.page, range.npages);
}

export function drawMlockall(draft: Draft): boolean {
  const { rng } = draft;
  return draft.put(OP.mlockall, rng.chance(224) ? rng.within(1, 3) : rng.below(8));
}

export function drawMunlockall(draft: Draft): boolean {
  return draft.put(OP.munlockall);
}

export function drawMincore(draft: Draft): boolean {
  return drawRange(draft, range) && draft.put(OP.mincore, range.page, range.npages);
}

export function drawMsync(draft: Draft): boolean {
  return drawRange(draft, range) && draft.put(OP.msync, range.page, range.npages, draft.rng.below(8));
}

import { ARENA_PAGES, MAX_RANGE } from '../../model/alphabet/bounds.js';
import type { Draft } from './draft.js';
import { runStarts } from './masks.js';

/** A page at which `npages` pages, at least one, fit into the arena. */
export function anyPlace(draft: Draft, npages: number): number {
  return draft.rng.below(ARENA_PAGES - Math.max(npages, 1) + 1);
}

/** Where a new mapping of `npages` goes: into room beside a mapping or anywhere, or over something. */
export function place(draft: Draft, npages: number): number {
  const { rng, known, swarm } = draft;
  const size = Math.max(npages, 1);
  if (rng.chance(swarm.feature.over)) return placeOver(draft, size);
  const mapped = known.mapped[draft.proc];
  const room = runStarts(~mapped, size);
  if (room === 0) return placeOver(draft, size);
  const beside = room & ((mapped << 1) | (mapped >>> size));
  return rng.pageOf(beside !== 0 && rng.chance(swarm.feature.adjacent) ? beside : room);
}

/** Over a mapping: from its start on, or from any page on or before it. */
function placeOver(draft: Draft, size: number): number {
  const { rng, known } = draft;
  const first = known.first[draft.proc];
  const roll = rng.below(4);
  if (roll === 0) return anyPlace(draft, size);
  let page = rng.pageOf(roll < 3 && first !== 0 ? first : known.mapped[draft.proc]);
  if (page < 0) return anyPlace(draft, size);
  if (roll === 3) page -= rng.below(size);
  return Math.min(Math.max(page, 0), ARENA_PAGES - size);
}

/** A page with a mapping: mostly perf's, of these often a control page; -1 if nothing is mapped. */
export function mappedPage(draft: Draft, proc: number): number {
  const { rng, known } = draft;
  const perf = known.perf[proc];
  if (perf !== 0 && rng.chance(212)) {
    const control = known.control[proc];
    return rng.pageOf(control !== 0 && rng.chance(96) ? control : perf);
  }
  return rng.pageOf(known.mapped[proc]);
}

/** At most `npages`, such that the range from `page` on is in the arena and not too long to name. */
export function clampLength(page: number, npages: number): number {
  return Math.min(npages, MAX_RANGE, ARENA_PAGES - page);
}

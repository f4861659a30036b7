import { VIEW_PERF } from '../../model/alphabet/observations.js';
import type { Draft } from './draft.js';
import { runEnd, runFirst } from './masks.js';
import { anyPlace, clampLength, mappedPage } from './places.js';

/** The range that was drawn last: `drawRange` has two results. */
export class Range {
  page = 0;
  npages = 0;
}

/**
 * A range on mapped memory: one whole mapping, or a part of it, or from within one over its neighbours and holes.
 * @returns false if nothing is mapped
 */
export function drawRange(draft: Draft, range: Range): boolean {
  const { rng, known, proc } = draft;
  const page = mappedPage(draft, proc);
  if (page < 0) return false;
  let first: number;
  let end: number;
  if (known.view.pageKind(proc, page) === VIEW_PERF) {
    first = known.view.mappingStart(proc, page);
    end = first + known.view.mappingPages(proc, page);
  } else {
    const anonymous = known.mapped[proc] & ~known.perf[proc];
    first = runFirst(anonymous, page);
    end = runEnd(anonymous, page);
  }
  if (!rng.chance(draft.swarm.feature.partial)) set(range, first, end);
  else drawShape(draft, range, first, end);
  return true;
}

function set(range: Range, first: number, end: number): void {
  range.page = Math.max(first, 0);
  range.npages = clampLength(range.page, end - range.page);
}

function drawShape(draft: Draft, range: Range, first: number, end: number): void {
  const { rng } = draft;
  const pages = end - first;
  switch (rng.below(8)) {
    case 0:
      set(range, first, first + rng.within(1, pages));
      break;
    case 1:
      set(range, first + rng.below(pages), end);
      break;
    case 2: {
      const page = first + rng.below(pages);
      set(range, page, page + rng.within(1, end - page));
      break;
    }
    case 3:
      set(range, first, end + rng.within(1, 6));
      break;
    case 4:
      set(range, first - rng.within(1, 6), end);
      break;
    case 5:
      set(range, first - rng.below(4), end + rng.below(4));
      break;
    case 6:
      set(range, first + rng.below(pages), end + rng.within(1, 6));
      break;
    default:
      range.npages = rng.below(13);
      range.page = anyPlace(draft, range.npages);
  }
}

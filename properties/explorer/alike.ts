import { ARENA_PAGES, FDS } from '../../model/alphabet/bounds.js';
import { VIEW_NONE } from '../../model/alphabet/observations.js';
import { WORDS } from '../../model/alphabet/operands.js';
import type { World } from '../../model/kernel/world.js';
import { FIRST_PRIVATE } from '../../model/mm/tables.js';
import { NONE, STORED_WORDS, type State } from '../../model/spec/state.js';
import type { Side } from './side.js';
import { VMA_VALUES } from './world-columns.js';

/** Whether to swap two descriptors of a process would change nothing on any side. */
export function sameFds(sides: readonly Side[], p: number, a: number, b: number): boolean {
  const first = p * FDS;
  return sides.every(
    ({ world, spec }) =>
      world.files.event[first + a] === world.files.event[first + b] &&
      spec.state.fdEvent[first + a] === spec.state.fdEvent[first + b],
  );
}

/** Whether to swap two stretches of pages of a process's arena would change nothing on any side: they hold the same. */
export function sameStretches(
  sides: readonly Side[],
  p: number,
  a: number,
  b: number,
  length: number,
): boolean {
  const one = p * ARENA_PAGES + a;
  const other = p * ARENA_PAGES + b;
  for (const { world, spec } of sides)
    for (let i = 0; i < length; i++)
      if (!samePages(world, one, other, i) || !sameCells(spec.state, one, other, i)) return false;
  return true;
}

/** The page `i` of stretches that begin at these addresses. */
function samePages(w: World, one: number, other: number, i: number): boolean {
  const { tree, vma, pte, content, resident } = w;
  const [a, b] = [one + i, other + i];
  if (pte.pfn[a] !== pte.pfn[b] || pte.flags[a] !== pte.flags[b]) return false;
  if (tree.vma[a] === 0 && tree.vma[b] === 0) return true;
  const [v, u] = [tree.vma[a] - 1, tree.vma[b] - 1];
  // One that maps shared memory counts among those that map it: leave it where it is.
  if (v - one !== u - other || vma.file[v] !== vma.file[u] || vma.file[v] < 0) return false;
  if (!sameVmas(w, v, u)) return false;
  if (vma.file[v] > 0) return true;
  if (resident.page[a] !== resident.page[b]) return false;
  const shift = (b - a) * WORDS;
  for (let word = (FIRST_PRIVATE + a) * WORDS, end = word + WORDS; word < end; word++)
    if (content[word] !== content[word + shift]) return false;
  return true;
}

function sameVmas({ vma }: World, v: number, u: number): boolean {
  return vma.end[v] - v === vma.end[u] - u && VMA_VALUES.every((column) => vma[column][v] === vma[column][u]);
}

function sameCells(s: State, one: number, other: number, i: number): boolean {
  const [a, b] = [one + i, other + i];
  if (s.cellView[a] !== s.cellView[b]) return false;
  // Of pages that hold nothing, what else is remembered means nothing.
  if (s.cellView[a] === VIEW_NONE) return true;
  if (s.cellMark[a] !== s.cellMark[b]) return false;
  if (s.cellObject[a] !== NONE || s.cellObject[b] !== NONE) return false;
  const shift = (b - a) * STORED_WORDS;
  for (let word = a * STORED_WORDS, end = word + STORED_WORDS; word < end; word++)
    if (s.cellWords[word] !== s.cellWords[word + shift]) return false;
  const [m, n] = [s.cellMap[a], s.cellMap[b]];
  if (m === NONE && n === NONE) return true;
  return (
    s.mapFirst[m] - one === s.mapFirst[n] - other &&
    s.mapPages[m] === s.mapPages[n] &&
    s.mapPgoff[m] === s.mapPgoff[n] &&
    s.mapEvent[m] === s.mapEvent[n] &&
    s.mapTouched[m] === s.mapTouched[n]
  );
}

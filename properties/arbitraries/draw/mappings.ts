import { MAX_PGOFF, MAX_RANGE } from '../../../model/alphabet/bounds.js';
import {
  MMAP_LOCKED,
  MMAP_NOREPLACE,
  MMAP_POPULATE,
  MMAP_PRIVATE,
  MREMAP_DONTUNMAP,
  MREMAP_FIXED,
  MREMAP_MAYMOVE,
  MREMAP_NONE,
  PROT_EXEC,
  PROT_READ,
  PROT_WRITE,
  WORD_AUX_OFFSET,
  WORD_AUX_SIZE,
} from '../../../model/alphabet/operands.js';
import { OP } from '../../../model/alphabet/operations.js';
import type { Draft } from '../draft.js';
import { rangeMask } from '../masks.js';
import { anyPlace, clampLength, place } from '../places.js';
import { drawRange, Range } from '../ranges.js';
import { bitCount } from '../xoroshiro.js';

const range = new Range();

/** A reader's or a writer's protection, or by feature any. */
export function drawProt(draft: Draft): number {
  const { rng, swarm } = draft;
  const exec = draft.flag(PROT_EXEC, swarm.feature.exec);
  if (rng.chance(swarm.feature.oddProt)) return (rng.next() & (PROT_READ | PROT_WRITE)) | exec;
  return (rng.chance(96) ? PROT_READ : PROT_READ | PROT_WRITE) | exec;
}

function drawFlags(draft: Draft): number {
  const { feature } = draft.swarm;
  return (
    draft.flag(MMAP_NOREPLACE, feature.noreplace) |
    draft.flag(MMAP_POPULATE, feature.populate) |
    draft.flag(MMAP_LOCKED, feature.locked)
  );
}

/** Of 256: what is refused, once in a while. */
const UNLIKELY = 12;

export function drawMmap(draft: Draft): boolean {
  const { rng, known, proc } = draft;
  const { feature } = draft.swarm;
  const open = known.fds[proc];
  if (open === 0 || rng.chance(feature.anonymous)) return drawAnonymous(draft);
  const buffered = known.buffered[proc];
  const wanted = rng.chance(feature.again) ? buffered : open & ~buffered;
  const fd = rng.bitOf(wanted === 0 ? open : wanted);
  const wantsAux = draft.aux.capable(proc, fd) ? rng.chance(150) : rng.chance(UNLIKELY);
  if (wantsAux && drawAux(draft, fd)) return true;
  return drawPerf(draft, fd);
}

function drawAnonymous(draft: Draft): true {
  const { rng, known } = draft;
  const npages = rng.within(1, rng.chance(200) ? 4 : MAX_RANGE);
  const shared = rng.chance(96) ? 0 : MMAP_PRIVATE;
  const page = place(draft, npages);
  known.mapsChange(draft.proc, rangeMask(page, npages));
  return draft.put(OP.mmap, -1, page, npages, drawProt(draft), drawFlags(draft) | shared);
}

/** Pages of a new buffer: one, and a power of two of data pages. */
function newSize(draft: Draft): number {
  const { rng, swarm } = draft;
  if (!rng.chance(swarm.feature.oddSize)) return 1 + (1 << rng.below(3));
  return rng.chance(128) ? 1 : 9;
}

function drawPerf(draft: Draft, fd: number): true {
  const { rng, known, proc, swarm } = draft;
  const existing = known.view.bufferPages(proc, fd);
  let npages = existing > 0 ? existing : newSize(draft);
  if (rng.chance(swarm.feature.badSize)) npages = rng.below(MAX_RANGE + 1);
  npages = Math.min(npages, MAX_RANGE);
  const pgoff = rng.chance(4) ? rng.below(MAX_PGOFF + 1) : 0;
  const flags = drawFlags(draft) | draft.flag(MMAP_PRIVATE, swarm.feature.private);
  const page = place(draft, npages);
  known.mapsChange(proc, rangeMask(page, npages));
  if (pgoff === 0) draft.aux.mapped(proc, fd, page);
  // To ask for an AUX area one has to write to the control page.
  const prot = drawProt(draft) | (draft.aux.capable(proc, fd) && rng.chance(160) ? PROT_WRITE : 0);
  return draft.put(OP.mmap, fd, page, npages, prot, flags, pgoff);
}

/**
 * The first of the operations that give this event an AUX area, or another mapping of the one that it was given.
 * @returns false if the event has no control page in this process
 */
function drawAux(draft: Draft, fd: number): boolean {
  const { rng, known, proc, aux } = draft;
  const data = known.view.bufferPages(proc, fd);
  const page = aux.controlPage(proc, fd);
  if (data === 0 || ((known.control[proc] >>> page) & 1) === 0) return false;
  if (aux.offsetOf(proc, fd) > 0 && rng.chance(128)) {
    return drawAuxMapping(draft, fd, aux.offsetOf(proc, fd), aux.npagesOf(proc, fd));
  }
  const npages = rng.chance(240) ? 1 << rng.below(4) : rng.within(1, MAX_RANGE);
  const beyond = Math.min(MAX_PGOFF, data + (rng.chance(192) ? 0 : rng.below(4)));
  const offset = rng.chance(UNLIKELY) ? rng.within(1, data) : beyond;
  aux.start(proc, fd, page, offset, npages);
  return draft.put(OP.store, page, WORD_AUX_OFFSET, offset);
}

function drawAuxMapping(draft: Draft, fd: number, offset: number, npages: number): true {
  const flags = drawFlags(draft) | draft.flag(MMAP_PRIVATE, draft.swarm.feature.private);
  const page = place(draft, npages);
  draft.known.mapsChange(draft.proc, rangeMask(page, npages));
  return draft.put(OP.mmap, fd, page, npages, drawProt(draft), flags, offset);
}

/** The next operation of the plan for an AUX area. Call when one is left and its process lives. */
export function drawPlanned(draft: Draft): true {
  const { aux } = draft;
  draft.proc = aux.proc;
  draft.known.refresh(aux.proc);
  aux.left--;
  if (aux.left === 1) return draft.put(OP.store, aux.page, WORD_AUX_SIZE, aux.npages);
  return drawAuxMapping(draft, aux.fd, aux.offset, aux.npages);
}

/** Moves to a place that the caller names do most. */
const MODES = [
  MREMAP_NONE,
  MREMAP_NONE,
  MREMAP_MAYMOVE,
  MREMAP_FIXED,
  MREMAP_FIXED,
  MREMAP_FIXED,
  MREMAP_FIXED,
  MREMAP_DONTUNMAP,
];

/** Full arenas are unmapped more often than empty ones. */
export function drawMunmap(draft: Draft): boolean {
  const { rng, known, proc } = draft;
  if (rng.below(10) > bitCount(known.mapped[proc]) || !drawRange(draft, range)) return false;
  known.mapsChange(proc, rangeMask(range.page, range.npages));
  return draft.put(OP.munmap, range.page, range.npages);
}

export function drawMremap(draft: Draft): boolean {
  const { rng, known } = draft;
  if (!drawRange(draft, range)) return false;
  const mode = MODES[rng.below(MODES.length)];
  const { page } = range;
  let { npages } = range;
  let wanted = npages;
  // In place only another size is of interest.
  if (rng.chance(mode === MREMAP_NONE ? 192 : mode === MREMAP_DONTUNMAP ? 16 : 48)) {
    wanted = rng.within(1, MAX_RANGE);
  }
  if (rng.chance(16)) npages = 0;
  if (mode === MREMAP_MAYMOVE) wanted = Math.min(wanted, npages);
  wanted = clampLength(page, wanted);
  let target = 0;
  if (mode === MREMAP_FIXED || mode === MREMAP_DONTUNMAP) {
    target = rng.chance(232) ? place(draft, wanted) : anyPlace(draft, wanted);
  }
  const pages = rangeMask(page, Math.max(npages, wanted)) | rangeMask(target, wanted);
  known.mapsChange(draft.proc, pages);
  return draft.put(OP.mremap, page, npages, wanted, mode, target);
}

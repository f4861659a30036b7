import { FDS } from '../../../model/alphabet/bounds.js';
import { OPEN_AUX, OPEN_BACKWARD, OPEN_CPU, OPEN_INHERIT } from '../../../model/alphabet/operands.js';
import { OP } from '../../../model/alphabet/operations.js';
import type { Draft } from '../draft.js';

const EVERY_FD = (1 << FDS) - 1;

export function drawOpen(draft: Draft): boolean {
  const { rng, known, proc, aux } = draft;
  const { feature } = draft.swarm;
  const open = known.fds[proc];
  const fd = rng.bitOf(EVERY_FD & ~open);
  if (fd < 0) return false;
  const inherit = draft.flag(OPEN_INHERIT, feature.inherit);
  const flags =
    (inherit |
      // What is inherited can be mapped only if it counts on one CPU.
      draft.flag(OPEN_CPU, inherit === 0 ? feature.cpu : 192) |
      draft.flag(OPEN_AUX, feature.aux) |
      draft.flag(OPEN_BACKWARD, feature.backward)) &
    draft.openFlags;
  const output = open !== 0 && rng.chance(feature.output) ? someFd(draft, known.buffered[proc]) : -1;
  aux.opened(proc, fd, (flags & OPEN_AUX) !== 0);
  if (output >= 0) aux.redirected(proc, fd, output);
  known.fdsChange();
  return draft.put(OP.open, fd, flags, output);
}

/** An open descriptor, mostly one of the preferred; -1 if none is open. */
function someFd(draft: Draft, preferred: number): number {
  const { rng, known, proc } = draft;
  return rng.bitOf(preferred !== 0 && rng.chance(208) ? preferred : known.fds[proc]);
}

export function drawClose(draft: Draft): boolean {
  const fd = draft.rng.bitOf(draft.known.fds[draft.proc]);
  if (fd < 0) return false;
  draft.known.fdsChange();
  return draft.put(OP.close, fd);
}

export function drawDup(draft: Draft): boolean {
  const { rng, known, proc } = draft;
  const open = known.fds[proc];
  const fd = rng.bitOf(open);
  const newfd = rng.bitOf(EVERY_FD & ~open);
  if (fd < 0 || newfd < 0) return false;
  draft.aux.copied(proc, fd, newfd);
  known.fdsChange();
  return draft.put(OP.dup, fd, newfd);
}

/** Mostly an event without a buffer to one with; at times to none, to itself, or the other way. */
export function drawSetOutput(draft: Draft): boolean {
  const { rng, known, proc } = draft;
  const buffered = known.buffered[proc];
  const fd = someFd(draft, known.fds[proc] & ~buffered);
  if (fd < 0) return false;
  const others = buffered & ~(1 << fd);
  if (others === 0 && rng.chance(224)) return false;
  const any = known.fds[proc];
  const target = rng.chance(32) ? -1 : rng.bitOf(others !== 0 && rng.chance(208) ? others : any);
  if (target >= 0) draft.aux.redirected(proc, fd, target);
  known.fdsChange();
  return draft.put(OP.set_output, fd, target);
}

export function drawRecord(draft: Draft): boolean {
  const { rng } = draft;
  return draft.put(OP.record, rng.chance(160) ? rng.within(1, 4) : rng.within(1, 200));
}

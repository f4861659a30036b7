import { STORE_WORD, STORED, TOKEN, WORD_SCRATCH, WORDS } from '../../../model/alphabet/operands.js';
import { OP } from '../../../model/alphabet/operations.js';
import type { Draft } from '../draft.js';
import { mappedPage } from '../places.js';

/** A kernel access or a load, store or fetch of the process's own memory draws itself alike but for its operands. */
export type Drawer = (draft: Draft) => boolean;

const word = (draft: Draft): number =>
  draft.rng.chance(draft.swarm.feature.words) ? draft.rng.below(WORDS) : WORD_SCRATCH;

const token = (draft: Draft): number => draft.rng.within(TOKEN.min, TOKEN.max);

export function drawStore(draft: Draft): boolean {
  const { rng } = draft;
  const page = mappedPage(draft, draft.proc);
  if (page < 0) return false;
  if (!rng.chance(draft.swarm.feature.words)) return draft.put(OP.store, page, WORD_SCRATCH, token(draft));
  const value = rng.chance(192) ? rng.below(16) : rng.within(STORED.min, STORED.max);
  return draft.put(OP.store, page, rng.below(STORE_WORD.max + 1), value);
}

/** An operation whose only operand is a page. */
export function onPage(kind: number): Drawer {
  return (draft) => {
    const page = mappedPage(draft, draft.proc);
    return page >= 0 && draft.put(kind, page);
  };
}

/** An operation on a page and a word, without a target process. */
export function onWord(kind: number): Drawer {
  return (draft) => {
    const page = mappedPage(draft, draft.proc);
    return page >= 0 && draft.put(kind, page, word(draft));
  };
}

/** An operation that puts a token into the scratch word. */
export function withToken(kind: number): Drawer {
  return (draft) => {
    const page = mappedPage(draft, draft.proc);
    return page >= 0 && draft.put(kind, page, token(draft));
  };
}

export function drawFutex(draft: Draft): boolean {
  const page = mappedPage(draft, draft.proc);
  return page >= 0 && draft.put(OP.futex, page, draft.rng.below(2));
}

/** A living process: for the operations that allow it the own one too; -1 if there is none. */
function target({ rng, known, proc }: Draft, own: boolean): number {
  const other = rng.bitOf(known.alive & ~(1 << proc));
  return own && (other < 0 || rng.chance(128)) ? proc : other;
}

/** A mapped page of that process, -1 if there is none, or no process. */
function pageOf(draft: Draft, of: number): number {
  if (of < 0) return -1;
  draft.known.refresh(of);
  return mappedPage(draft, of);
}

/** A read of a word of another process. */
export function readOf(kind: number, own: boolean): Drawer {
  return (draft) => {
    const of = target(draft, own);
    const page = pageOf(draft, of);
    return page >= 0 && draft.put(kind, of, page, word(draft));
  };
}

/** A write of a token to another process. */
export function writeTo(kind: number, own: boolean): Drawer {
  return (draft) => {
    const of = target(draft, own);
    const page = pageOf(draft, of);
    return page >= 0 && draft.put(kind, of, page, token(draft));
  };
}

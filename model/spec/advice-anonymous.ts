import { ANY, OK, VIEW_LO } from '../alphabet/observations.js';
import { ADVICE, AT } from './advice.js';
import { isShared, objectWordsAt, zeroPrivate } from './cells.js';
import { EINVAL } from './errors.js';
import { RULE } from './rules.js';
import { NONE, STORED_WORDS, type State } from './state.js';

/** An advice for one anonymous page (madvise_vma_behavior). */
export function adviseAnonymous(s: State, cell: number, advice: number): number {
  const locked = (s.cellView[cell] & VIEW_LO) !== 0;
  const shared = isShared(s, cell);
  s.rule = RULE.madviseAnonymousRefused;
  switch (advice) {
    case AT.WILLNEED:
      return OK;
    case AT.COLD:
    case AT.PAGEOUT:
      return locked ? EINVAL : OK;
    case AT.DONTNEED:
      if (locked) return EINVAL;
      if (!shared) zeroPrivate(s, cell);
      return OK;
    case AT.DONTNEED_LOCKED:
      if (!shared) zeroPrivate(s, cell);
      return OK;
    case AT.FREE:
      if (locked || shared) return EINVAL;
      forgetWords(s, cell);
      return OK;
    case AT.REMOVE:
      if (locked || !shared) return EINVAL;
      zeroShared(s, cell);
      return OK;
    case AT.WIPEONFORK:
      if (shared) return EINVAL;
      break;
    case AT.MERGEABLE:
      if (shared) return OK;
      break;
    case AT.COLLAPSE:
      return EINVAL;
    case AT.GUARD_INSTALL:
      if (locked) return EINVAL;
      s.open = true;
      return OK;
    case AT.GUARD_REMOVE:
      return OK;
    default:
      break;
  }
  const { clear, set } = ADVICE[advice];
  s.cellView[cell] = (s.cellView[cell] & ~clear) | set;
  return OK;
}

/** MADV_FREE: the kernel may take the page at any time, and it is zero then. */
function forgetWords(s: State, cell: number): void {
  const at = cell * STORED_WORDS;
  for (let w = 0; w < STORED_WORDS; w++) if (s.cellWords[at + w] !== 0) s.cellWords[at + w] = ANY;
}

function zeroShared(s: State, cell: number): void {
  const at = objectWordsAt(s, cell);
  if (at === NONE) return;
  for (let w = 0; w < STORED_WORDS; w++) s.objectWords[at + w] = 0;
}

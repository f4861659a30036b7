import { OK } from '../alphabet/observations.js';
import { bound } from './bound.js';
import { charge, mayPin, overGift } from './charge.js';
import { EINVAL, EOPNOTSUPP, EPERM } from './errors.js';
import { FINDING } from './findings.js';
import { addMapping } from './mapping.js';
import { RULE } from './rules.js';
import { NONE, STORED_WORDS, type State, side } from './state.js';

/** mmap(2) of an AUX area: where and how long it is says the control page, which user space writes. */
export function mapAux(
  s: State,
  p: number,
  page: number,
  npages: number,
  pgoff: number,
  e: number,
  view: number,
): number {
  const b = s.eventBuffer[e];
  s.rule = RULE.auxNoBuffer;
  if (b === NONE) return EINVAL;
  const offset = s.bufferWords[b * STORED_WORDS + 1];
  const size = s.bufferWords[b * STORED_WORDS + 2];
  s.rule = RULE.auxOffset;
  if (offset < s.bufferData[b] + 1 || offset !== pgoff) return EINVAL;
  const exists = s.auxPages[b] !== 0;
  s.rule = RULE.auxOtherPlace;
  if (exists && s.auxPgoff[b] !== pgoff) return EINVAL;
  s.rule = RULE.auxSize;
  if (size !== npages) return EINVAL;
  s.rule = RULE.auxOtherPlace;
  if (exists && s.auxPages[b] !== npages) return EINVAL;
  s.rule = RULE.auxSize;
  if ((npages & (npages - 1)) !== 0) return EINVAL;
  if (exists) {
    if (addMapping(s, p, page, npages, pgoff, e, view) === NONE) return bound(s);
    s.auxMappings[b]++;
    if (side(s, FINDING.secondMappingCharged)) charge(s, p, npages, 0);
    s.rule = RULE.auxShares;
    return OK;
  }
  const over = overGift(s, s.procUser[p], npages);
  s.rule = RULE.mmapLimit;
  if (!mayPin(s, p, over)) return EPERM;
  s.rule = RULE.auxUnsupported;
  if (s.eventAux[e] === 0) return EOPNOTSUPP;
  if (addMapping(s, p, page, npages, pgoff, e, view) === NONE) return bound(s);
  s.auxPages[b] = npages;
  s.auxPgoff[b] = pgoff;
  s.auxMappings[b] = 1;
  s.auxUser[b] = s.procUser[p];
  s.auxMemory[b] = s.procMemory[p];
  s.auxFromGift[b] = npages - over;
  s.auxPinned[b] = over;
  charge(s, p, npages - over, over);
  s.rule = RULE.auxNew;
  return OK;
}

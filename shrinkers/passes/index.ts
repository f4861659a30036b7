import { traceLength } from '../../model/alphabet/trace.js';
import type { Pass } from '../edit.js';
import { closeGaps, lowerMappings, lowerPages, swapMappings, swapPages } from './addresses.js';
import { withoutAux } from './aux.js';
import { dropChunks, dropKinds, dropPairs, dropProcesses, dropSingles, dropWithDependents } from './drop.js';
import { simplerEnvironment } from './environment.js';
import { limitsFromTheStart, redirectAtOpen } from './fold.js';
import { simplerKinds } from './kinds.js';
import { mergeFds, mergeProcesses, mergeUsers } from './merge.js';
import { normaliseNames } from './names.js';
import { lowerTokens, simplerOperands } from './operands.js';
import { reorder } from './reorder.js';
import { lowerFilePlaces, shortenData, shortenMappings, shortenTogether } from './sizes.js';
import { clearFlagsTogether, exchangeOperands, lowerTogether, shortenWithLimits } from './together.js';
import { cheapenAndChange, dropAndChange } from './trade.js';

/** Longer traces have too many pairs of operations, operands and places. */
const MOST_STEPS = 10;

/** The pass, of traces that are short by now. */
const whenShort =
  (pass: Pass): Pass =>
  (trace) =>
    traceLength(trace.ops) > MOST_STEPS ? [] : pass(trace);

/** All passes, those that take most away first. The last ones look for traces that differ in two places at once. */
export const PASSES: readonly Pass[] = [
  dropChunks,
  dropProcesses,
  dropKinds,
  dropWithDependents,
  dropSingles,
  mergeProcesses,
  mergeUsers,
  mergeFds,
  dropPairs,
  limitsFromTheStart,
  redirectAtOpen,
  withoutAux,
  simplerKinds,
  shortenTogether,
  shortenMappings,
  shortenData,
  lowerFilePlaces,
  closeGaps,
  lowerMappings,
  lowerPages,
  swapMappings,
  swapPages,
  lowerTokens,
  clearFlagsTogether,
  simplerOperands,
  normaliseNames,
  simplerEnvironment,
  ...[lowerTogether, exchangeOperands, reorder, shortenWithLimits, dropAndChange, cheapenAndChange].map(
    whenShort,
  ),
];

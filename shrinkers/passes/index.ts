import type { Pass } from '../edit.js';
import { closeGaps, lowerMappings, lowerPages, swapMappings, swapPages } from './addresses.js';
import { dropChunks, dropKinds, dropPairs, dropProcesses, dropSingles, dropWithDependents } from './drop.js';
import { simplerEnvironment } from './environment.js';
import { simplerKinds } from './kinds.js';
import { mergeFds, mergeProcesses, mergeUsers } from './merge.js';
import { normaliseNames } from './names.js';
import { lowerTokens, simplerOperands } from './operands.js';
import { lowerFilePlaces, shortenMappings, shortenTogether } from './sizes.js';

/** All passes, those that take most away first. */
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
  simplerKinds,
  shortenTogether,
  shortenMappings,
  lowerFilePlaces,
  closeGaps,
  lowerMappings,
  lowerPages,
  swapMappings,
  swapPages,
  lowerTokens,
  simplerOperands,
  normaliseNames,
  simplerEnvironment,
];

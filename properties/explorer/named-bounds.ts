import type { Bounds } from './bounds.js';
import { aux, auxFailures, auxRedirection, large } from './named/aux.js';
import { failures, medium, redirection, small } from './named/mappings.js';
import { limits, moves, points, refusals } from './named/operands.js';

/** Bounds that close in less than a minute or two for the intended designs. */
export const CLOSING_BOUNDS: readonly Bounds[] = [
  small,
  failures,
  medium,
  points,
  refusals,
  limits,
  moves,
  aux,
  auxFailures,
  redirection,
];
/** Bounds that take longer, or do not close. */
export const LARGE_BOUNDS: readonly Bounds[] = [auxRedirection, large];
/** Bounds that have a name. */
export const NAMED_BOUNDS: readonly Bounds[] = [...CLOSING_BOUNDS, ...LARGE_BOUNDS];

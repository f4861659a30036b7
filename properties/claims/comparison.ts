import { traceLength } from '../../model/alphabet/trace.js';
import type { Design } from '../../model/designs/design.js';
import { VARIATION_POINTS } from '../../model/spec/index.js';
import { flavourOfDesign } from '../checkers/flavour-of-design.js';
import type { Bounds } from '../explorer/bounds.js';
import type { Exploration, NotFollowed } from '../explorer/exploration.js';
import { explore } from '../explorer/explore.js';
import type { Limits } from '../explorer/question.js';

/** A kind of difference: see `Difference` of the explorer. */
interface ClaimedDifference {
  readonly op: string;
  readonly outcomes: readonly [string, string];
  readonly what: string;
  /** The one variation point that explains it; left out when the specification leaves the choice to both. */
  readonly point?: string;
  readonly count: number;
  /** Operations of a shortest sequence. */
  readonly length: number;
  readonly token: string;
}

/** All the differences between two designs within one set of bounds. */
export interface Comparison {
  readonly designs: readonly [string, string];
  readonly bounds: string;
  readonly states: number;
  readonly left: number;
  readonly transitions: number;
  readonly depth: number;
  readonly closed: boolean;
  readonly cut?: string;
  readonly notFollowed: NotFollowed;
  readonly differences: readonly ClaimedDifference[];
}

/**
 * What is claimed of a difference that a search has found.
 * @throws Error when it is not explained by exactly one point, and not left to both
 */
export function claimedDifference({
  op,
  outcomes,
  what,
  either,
  points,
  count,
  witness,
  token,
}: Exploration['differences'][number]): ClaimedDifference {
  const [point, ...others] = points;
  if (!either && (point === undefined || others.length > 0))
    throw new Error(`${op}, ${what}: explained by ${points.length} variation points, not by one: ${token}`);
  const length = traceLength(witness.ops);
  return { op, outcomes, what, ...(point === undefined ? {} : { point }), count, length, token };
}

/**
 * List the differences between two designs.
 * @throws Error when one of them breaks a rule, a difference is not explained by exactly one point, or the search is
 *   interrupted: then there is nothing to claim
 */
export async function comparisonOf(
  one: Design,
  other: Design,
  bounds: Bounds,
  limits: Limits,
): Promise<Comparison> {
  const question = { design: one, against: other, bounds, symmetry: true };
  const { counterexample, differences, states, left, transitions, depth, closed, cut, notFollowed } =
    await explore(question, limits);
  if (cut === 'interrupted') throw new Error('interrupted');
  if (counterexample !== undefined)
    throw new Error(
      `${counterexample.system} breaks ${counterexample.failure.rule}: ${counterexample.token}`,
    );
  return {
    designs: [one.id, other.id],
    bounds: bounds.name,
    states,
    left,
    transitions,
    depth,
    closed,
    ...(cut === undefined ? {} : { cut }),
    notFollowed,
    differences: differences.map(claimedDifference),
  };
}

/** Ids of the variation points on which two designs are on different sides: no other can be seen between them. */
export function separatingPoints(one: Design, other: Design): string[] {
  const differing = flavourOfDesign(one) ^ flavourOfDesign(other);
  return VARIATION_POINTS.filter((_, bit) => (differing & (1 << bit)) !== 0).map(({ id }) => id);
}

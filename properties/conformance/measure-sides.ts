import type { Flavour } from '../../model/alphabet/specification.js';
import type { TraceSystem } from '../../model/alphabet/system.js';
import type { SideResult } from '../../model/conformance.js';
import { KNOWN_FINDINGS, VARIATION_POINTS } from '../../model/spec/index.js';
import { alphabetOf } from '../explorer/alphabet.js';
import { type Measured, type Point, PointMeasurement, type Shown } from './measure-point.js';
import { POINT_BOUNDS, type PointBounds } from './point-bounds.js';

/** Rounds of all points; a second one is needed where a kernel is not on the sides that its release says. */
const MOST_ROUNDS = 4;

const POINTS: readonly Point[] = [
  ...VARIATION_POINTS.map((point, bit) => ({ point, bit, finding: false })),
  ...KNOWN_FINDINGS.map((point) => ({ point, bit: point.bit, finding: true })),
];

export interface SidesOptions {
  /** Asked between points: true ends the measurement. */
  readonly stop: () => boolean;
  /** Called before each point. */
  readonly onPoint?: (id: string) => void;
  /** Where sequences that tell sides apart are looked for; default: `POINT_BOUNDS`. */
  readonly bounds?: readonly PointBounds[];
}

/** On which sides a kernel was found. */
export interface Sides {
  readonly results: readonly SideResult[];
  /** What neither side of its point explains. */
  readonly unexplained: readonly Shown[];
  /** The sides that were measured, and for those that were not the expected ones. */
  readonly flavour: Flavour;
}

/** The flavour with the sides that were measured, of all points in their order or of the first ones. */
function flavourWith(flavour: Flavour, measured: readonly Measured[]): Flavour {
  return measured.reduce((sides, { result }, i) => {
    const bit = 1 << POINTS[i].bit;
    return result.measured === undefined ? sides : result.measured === 1 ? sides | bit : sides & ~bit;
  }, flavour);
}

/**
 * On which side of each variation point and known finding a kernel is: each by a shortest sequence that tells the sides apart, run on that
 * kernel, given the sides of all others. Where a kernel is not on the sides that its release says, they are all measured again.
 * @param expected the sides that its release says
 * @throws KernelLost when the kernel cannot be asked any more
 */
export async function measureSides(
  kernel: TraceSystem,
  expected: Flavour,
  options: SidesOptions,
): Promise<Sides> {
  const { stop, onPoint, bounds = POINT_BOUNDS } = options;
  const alphabets = bounds.map(({ bounds: each, depth }) => ({ ops: alphabetOf(each), depth }));
  const measurement = new PointMeasurement(kernel, expected, alphabets);
  let flavour = expected;
  let measured: Measured[] = [];
  for (let round = 0; round < MOST_ROUNDS; round++) {
    measured = [];
    for (const each of POINTS) {
      if (stop()) break;
      onPoint?.(each.point.id);
      measured.push(await measurement.measure(each, flavour));
    }
    const before = flavour;
    flavour = flavourWith(before, measured);
    if (flavour === before || stop()) break;
  }
  return {
    results: measured.map(({ result }) => result),
    unexplained: measured.flatMap(({ unexplained }) => unexplained ?? []),
    flavour,
  };
}

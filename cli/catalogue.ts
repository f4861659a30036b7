import { OP_NAMES, OPERATIONS } from '../model/alphabet/operations.js';
import type { VariationPoint } from '../model/alphabet/specification.js';
import type { Catalogue } from '../reports/results/catalogue.js';
import type { Engines } from './engines.js';

const pointOf = ({ id, sides, since, why, evidence }: VariationPoint) => ({
  id,
  sides: [...sides] as [string, string],
  since,
  why,
  evidence,
});

/** What there is to check, and against what, for results: so that they can be read without this program. */
export function catalogueOf({ designs, invariants, variationPoints, findings }: Engines): Catalogue {
  return {
    designs: designs.map(({ id, text, kind }) => ({ id, text, kind })),
    invariants: invariants.map(({ id, text }) => ({ id, text })),
    variationPoints: variationPoints.map(pointOf),
    findings: findings.map(pointOf),
    operations: OP_NAMES.map((id) => ({ id, text: OPERATIONS[id].text, group: OPERATIONS[id].group })),
  };
}

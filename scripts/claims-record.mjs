// The searches behind docs/claims.json, one after the other.
import { DESIGNS } from '../dist/model/designs/index.js';
import { claimOf } from '../dist/properties/claims/claim.js';
import { comparisonOf, separatingPoints } from '../dist/properties/claims/comparison.js';
import { CLOSING_BOUNDS, LARGE_BOUNDS } from '../dist/properties/explorer/named-bounds.js';

/** Operations to which the rules that are left are asked on, once one is broken. */
const ASK_ON_TO = 10;
const ENDLESS = Number.POSITIVE_INFINITY;
const UNLIMITED = { depth: ENDLESS, bytes: ENDLESS, timeMs: ENDLESS };
/** Where searches that would take too long are cut, in operations: at the same place on every machine. */
const CUTS = {
  'advance, large': 9,
  'demand-fault, aux-redirection': 11,
  'demand-fault, large': 8,
};

const INTENDED = DESIGNS.filter(({ kind }) => kind === 'intended');
const COMPARED = [INTENDED[0], INTENDED[1]];

/** Every search of one part of the record, as a name and a function that does it. */
function searches(part, signal) {
  const limits = (name) => ({ ...UNLIMITED, signal, depth: CUTS[name] ?? ENDLESS });
  const boundsOf = part === 'closing' ? CLOSING_BOUNDS : LARGE_BOUNDS;
  const designs = part === 'closing' ? DESIGNS : INTENDED;
  const claims = designs.flatMap((design) =>
    boundsOf.map((bounds) => {
      const name = `${design.id}, ${bounds.name}`;
      const run = () => claimOf(design, bounds, limits(name), ASK_ON_TO);
      return { kind: 'claims', design: design.id, bounds: bounds.name, name, run };
    }),
  );
  const designIds = COMPARED.map(({ id }) => id);
  const comparisons = boundsOf.map((bounds) => {
    const name = `${designIds.join(' against ')}, ${bounds.name}`;
    const run = () => comparisonOf(...COMPARED, bounds, limits(name));
    return { kind: 'comparisons', designs: designIds, bounds: bounds.name, name, run };
  });
  return [...claims, ...(part === 'closing' ? comparisons : [])];
}

const keyOf = ({ design, designs = [design], bounds }) => [...designs, bounds].join();

/** A part of the record with what has been searched anew in the place of what was there. */
export function merged(part, before, anew) {
  const both = (kind) => new Map([...before[kind], ...anew[kind]].map((each) => [keyOf(each), each]));
  const found = { claims: both('claims'), comparisons: both('comparisons') };
  const all = { claims: [], comparisons: [] };
  for (const search of searches(part)) {
    const each = found[search.kind].get(keyOf(search));
    if (each !== undefined) all[search.kind].push(each);
  }
  return all;
}

/**
 * Do all searches of a part, or those of one set of bounds.
 * @throws RangeError when there are no such bounds
 */
export async function record(part, signal, tell, only) {
  const done = { claims: [], comparisons: [] };
  const chosen = searches(part, signal).filter(({ bounds }) => only === undefined || bounds === only);
  if (chosen.length === 0) throw new RangeError(`no bounds are called ${only}`);
  for (const { kind, name, run } of chosen) {
    tell(name);
    done[kind].push(await run());
  }
  return done;
}

export const separating = () => separatingPoints(...COMPARED);

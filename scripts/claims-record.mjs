// The searches behind docs/claims.json, one after the other.
import { DESIGNS } from '../dist/model/designs/index.js';
import { claimOf } from '../dist/properties/claims/claim.js';
import { comparisonOf, separatingPoints } from '../dist/properties/claims/comparison.js';
import { auditSymmetry } from '../dist/properties/claims/symmetry.js';
import { CLOSING_BOUNDS, LARGE_BOUNDS, NAMED_BOUNDS } from '../dist/properties/explorer/named-bounds.js';

/** Operations to which the rules that are left are asked on, once one is broken. */
const ASK_ON_TO = 10;
const ENDLESS = Number.POSITIVE_INFINITY;
const UNLIMITED = { depth: ENDLESS, bytes: ENDLESS, timeMs: ENDLESS };
/** Where searches that would take too long are cut, in operations: at the same place on every machine. */
const CUTS = {
  'advance, aux-redirection': 12,
  'advance, large': 9,
  'demand-fault, aux-redirection': 11,
  'demand-fault, large': 8,
};

const INTENDED = DESIGNS.filter(({ kind }) => kind === 'intended');
const COMPARED = [INTENDED[0], INTENDED[1]];

const named = (names) => NAMED_BOUNDS.filter(({ name }) => names.includes(name));

/** What the parts of the record are of. */
const PARTS = {
  closing: { designs: DESIGNS, bounds: CLOSING_BOUNDS, compared: CLOSING_BOUNDS, audited: [] },
  large: { designs: INTENDED, bounds: LARGE_BOUNDS, compared: [], audited: [] },
  symmetry: { designs: [], bounds: [], compared: [], audited: named(['medium', 'limits']) },
};

/** Every search of one part of the record, as a name and a function that does it. */
function searches(part, signal) {
  const limits = (name) => ({ ...UNLIMITED, signal, depth: CUTS[name] ?? ENDLESS });
  const { designs, bounds: all, compared, audited } = PARTS[part];
  const claims = designs.flatMap((design) =>
    all.map((bounds) => {
      const name = `${design.id}, ${bounds.name}`;
      const run = () => claimOf(design, bounds, limits(name), ASK_ON_TO);
      return { kind: 'claims', design: design.id, bounds: bounds.name, name, run };
    }),
  );
  const designIds = COMPARED.map(({ id }) => id);
  const comparisons = compared.map((bounds) => {
    const name = `${designIds.join(' against ')}, ${bounds.name}`;
    const run = () => comparisonOf(...COMPARED, bounds, limits(name));
    return { kind: 'comparisons', designs: designIds, bounds: bounds.name, name, run };
  });
  const [design] = INTENDED;
  const audits = audited.map((bounds) => {
    const name = `${design.id}, ${bounds.name}, with symmetry and without`;
    const run = () => auditSymmetry(design, bounds, limits(name));
    return { kind: 'audits', design: design.id, bounds: bounds.name, name, run };
  });
  return [...claims, ...comparisons, ...audits];
}

const keyOf = ({ design, designs = [design], bounds }) => [...designs, bounds].join();

/** Nothing of any kind. */
const nothing = () => ({ claims: [], comparisons: [], audits: [] });

/** A part of the record with what has been searched anew in the place of what was there. */
export function merged(part, before = nothing(), anew = nothing()) {
  const all = nothing();
  for (const search of searches(part)) {
    const { kind } = search;
    const is = (each) => keyOf(each) === keyOf(search);
    const each = anew[kind].find(is) ?? before[kind].find(is);
    if (each !== undefined) all[kind].push(each);
  }
  return all;
}

/**
 * Do all searches of a part, or those of one set of bounds.
 * @throws RangeError when there are no such bounds
 */
export async function record(part, signal, tell, only) {
  const done = nothing();
  const chosen = searches(part, signal).filter(({ bounds }) => only === undefined || bounds === only);
  if (chosen.length === 0) throw new RangeError(`no bounds are called ${only}`);
  for (const { kind, name, run } of chosen) {
    tell(name);
    done[kind].push(await run());
  }
  return done;
}

export const separating = () => separatingPoints(...COMPARED);

import type { Design } from '../../model/designs/design.js';
import type { Bounds } from '../explorer/bounds.js';
import { Explorer } from '../explorer/explorer.js';
import type { Limits } from '../explorer/question.js';
import { reachOf } from '../explorer/slots.js';
import { States } from '../explorer/states.js';
import { renamingsOf } from '../explorer/symmetry.js';

/** What symmetry made of a search, and what there is without it. */
export interface Audit {
  readonly design: string;
  readonly bounds: string;
  readonly renamings: number;
  /** States that the search with symmetry stored: one of each orbit, it should be. */
  readonly stored: number;
  /** States of the search that counts each by itself. */
  readonly states: number;
  /** Orbits of these, by trying every renaming on them. */
  readonly orbits: number;
}

async function closed(explorer: Explorer, limits: Limits): Promise<Explorer> {
  const cut = await explorer.run(limits);
  if (cut !== undefined) throw new Error(cut);
  return explorer;
}

/**
 * Orbits of all states of a search without symmetry. States of one orbit are looked for among those of one normal form; two normal
 * forms that some renaming turns into each other are one orbit.
 */
function orbitsOf({ states, sides, ops }: Explorer, { processes, records }: Bounds): number {
  const scope = { processes, pages: reachOf(ops), records: records === 'counted' };
  const forms = new States(sides, renamingsOf(ops, processes), scope);
  for (let state = 0; state < states.count; state++) {
    states.enter(state);
    forms.insert(-1, 0);
  }
  const seen = new Set<string>();
  let orbits = 0;
  for (let form = 0; form < forms.count; form++) {
    const before = seen.size;
    const orbit = forms.orbit(form);
    for (const each of orbit) seen.add(each);
    if (seen.size === before + orbit.size) orbits++;
  }
  return orbits;
}

/**
 * Search the bounds with symmetry and without, and count.
 * @throws Error when one of the searches is cut short: then there is nothing to compare
 */
export async function auditSymmetry(design: Design, bounds: Bounds, limits: Limits): Promise<Audit> {
  const reduced = await closed(new Explorer({ design, bounds, symmetry: true }), limits);
  const whole = await closed(new Explorer({ design, bounds, symmetry: false }), limits);
  return {
    design: design.id,
    bounds: bounds.name,
    renamings: reduced.renamings,
    stored: reduced.states.count,
    states: whole.states.count,
    orbits: orbitsOf(whole, bounds),
  };
}

import type { Design } from '../../model/designs/design.js';
import type { Bounds } from '../explorer/bounds.js';
import { Explorer } from '../explorer/explorer.js';
import type { Limits } from '../explorer/question.js';
import { StateStore } from '../explorer/state-store.js';
import { States } from '../explorer/states.js';
import { Symmetry } from '../explorer/symmetry.js';

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
function orbitsOf({ expander, store }: Explorer, { processes }: Bounds): number {
  const { states, sides, ops, scope } = expander;
  const symmetry = new Symmetry(ops, processes, true);
  const forms = new States(sides, symmetry, scope, new StateStore(store.width, symmetry.size));
  for (const state of Array(store.count).keys()) {
    states.enter(state);
    forms.insert(-1, 0);
  }
  const seen = new Set<string>();
  let orbits = 0;
  for (const form of Array(forms.store.count).keys()) {
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
    renamings: reduced.expander.renamings,
    stored: reduced.store.count,
    states: whole.store.count,
    orbits: orbitsOf(whole, bounds),
  };
}

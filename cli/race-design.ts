import type { Design } from '../model/designs/design.js';
import type { Derived } from '../model/interleaving/derived.js';
import { unknownId } from './choose.js';

/**
 * A design or mutant, of the model that can be suspended.
 * @throws UsageError that names those that there are
 */
export function designOf(derived: Derived, id: string): Design {
  const all = [...derived.designs, ...derived.mutants.map((each) => each.design)];
  const design = all.find((each) => each.id === id);
  if (design === undefined)
    throw unknownId(
      'design',
      id,
      all.map((each) => each.id),
    );
  return design;
}

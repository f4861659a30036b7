import type { Design } from '../../model/designs/design.js';
import { ModelSystem } from '../../model/model-system.js';
import { picture } from '../../model/picture.js';
import { Spec } from '../../model/spec/index.js';
import { InvariantChecker } from '../invariants/checker.js';
import { INVARIANTS } from '../invariants/index.js';
import { flavourOfDesign } from './flavour-of-design.js';
import type { Subject } from './subject.js';

/** A design in the modelled kernel, with its invariants and its specification. */
export function modelSubject(design: Design): Subject {
  const system = new ModelSystem(design);
  const invariants = new InvariantChecker(system.world);
  return {
    id: design.id,
    system,
    invariants,
    flavour: flavourOfDesign(design),
    specification: (flavour) => new Spec(flavour),
    // What the design does not promise says nothing about it, looked at or not.
    applied: () =>
      Object.fromEntries(
        INVARIANTS.flatMap(({ id, applies }, i) =>
          (applies?.(system.world) ?? true) ? [[id, invariants.applied[i]]] : [],
        ),
      ),
    picture: (proc) => picture(system.world, proc),
  };
}

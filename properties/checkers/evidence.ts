import { OBS_WIDTH, OP_WIDTH } from '../../model/alphabet/bounds.js';
import {
  ACCEPTED,
  type Allowed,
  type Flavour,
  type Specification,
} from '../../model/alphabet/specification.js';
import type { Trace } from '../../model/alphabet/trace.js';
import { DESIGNS } from '../../model/designs/index.js';
import { ModelSystem } from '../../model/model-system.js';
import { flavourOfKernel, Spec } from '../../model/spec/index.js';
import { type RowChanges, rowChanges, stateRows } from '../../model/state-rows.js';
import type { Counterexample } from '../../model/verdict.js';
import { flavourOfDesign } from './flavour-of-design.js';
import { releaseOfId } from './release.js';

/** What there is to show of a counterexample beside what it says itself. */
export interface Evidence {
  /** By step: what the specification allows there, with the rule behind it. */
  readonly allowed: readonly (readonly Allowed[])[];
  /** By step: what the operation changed in the modelled kernel; of a real kernel nothing is known. */
  readonly changes?: readonly RowChanges[];
}

/** What the specification allows at each step of what was observed; it follows the observations. */
function allowedAt(
  spec: Specification,
  trace: Trace,
  observations: readonly Int32Array[],
): (readonly Allowed[])[] {
  const obs = new Int32Array(OBS_WIDTH);
  const allowed: (readonly Allowed[])[] = [];
  spec.reset(trace.env);
  for (let step = 0; step < observations.length; step++) {
    obs.set(observations[step]);
    const judged = spec.accept(trace.ops, step * OP_WIDTH, obs);
    allowed.push(spec.allowed());
    if (judged !== ACCEPTED) break;
  }
  return allowed;
}

/** What each of the first `steps` operations changes in a design's state. */
function changesOf(system: ModelSystem, trace: Trace, steps: number): RowChanges[] {
  const obs = new Int32Array(OBS_WIDTH);
  system.reset(trace.env);
  let before = stateRows(system.world);
  const changes: RowChanges[] = [rowChanges(new Map(), before)];
  for (let step = 0; step < steps; step++) {
    system.step(trace.ops, step * OP_WIDTH, obs);
    const after = stateRows(system.world);
    changes.push(rowChanges(before, after));
    before = after;
  }
  return changes;
}

/** What the System of this id may show; a kernel's by its release. @returns undefined for a System that is not known here */
function flavourOfId(id: string): Flavour | undefined {
  const design = DESIGNS.find((each) => each.id === id);
  if (design !== undefined) return flavourOfDesign(design);
  const release = releaseOfId(id);
  try {
    return release === undefined ? undefined : flavourOfKernel(release);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** Run a counterexample's trace again for all that a report shows of it. @returns undefined when its System is not known here */
export function evidenceOf({ system, trace, observations }: Counterexample): Evidence | undefined {
  const flavour = flavourOfId(system);
  if (flavour === undefined) return undefined;
  const design = DESIGNS.find((each) => each.id === system);
  const allowed = allowedAt(new Spec(flavour), trace, observations);
  return design === undefined
    ? { allowed }
    : { allowed, changes: changesOf(new ModelSystem(design), trace, observations.length) };
}

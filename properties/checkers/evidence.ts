import { OBS_WIDTH, OP_WIDTH } from '../../model/alphabet/bounds.js';
import {
  ACCEPTED,
  type Allowed,
  type Flavour,
  type Specification,
} from '../../model/alphabet/specification.js';
import type { Trace } from '../../model/alphabet/trace.js';
import { advance } from '../../model/designs/advance.js';
import { demand_fault } from '../../model/designs/demand-fault.js';
import { DESIGNS, type Design } from '../../model/designs/index.js';
import { ModelSystem } from '../../model/model-system.js';
import { flavourOfKernel, Spec } from '../../model/spec/index.js';
import { isReleaseFrom } from '../../model/spec/releases.js';
import { type RowChanges, rowChanges, stateRows } from '../../model/state-rows.js';
import type { Counterexample } from '../../model/verdict.js';
import { flavourOfDesign } from './flavour-of-design.js';
import { releaseOfId } from './release.js';

/** What there is to show of a counterexample beside what it says itself. */
export interface Evidence {
  /** By step: what the specification allows there, with the rule behind it. */
  readonly allowed: readonly (readonly Allowed[])[];
  /** The state of the modelled kernel at the start, then what each step changed. */
  readonly changes: readonly RowChanges[];
  /** The design whose state that is, where the System itself is a real kernel, which shows none. */
  readonly drawnFrom?: string;
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

/** The design that a release is most like: pages are mapped in advance since v6.14. */
const designOfRelease = (release: string) => (isReleaseFrom(release, '6.14') ? advance : demand_fault);

/** What a System of this id may show, and the design whose state stands for its own. */
function judgeOf(id: string): { readonly flavour: Flavour; readonly design: Design } | undefined {
  const design = DESIGNS.find((each) => each.id === id);
  if (design !== undefined) return { flavour: flavourOfDesign(design), design };
  const release = releaseOfId(id);
  try {
    return release === undefined
      ? undefined
      : { flavour: flavourOfKernel(release), design: designOfRelease(release) };
  } catch (error) {
    // An id that only looks like that of a kernel.
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** Run a counterexample's trace again for all that a report shows of it. @returns undefined when its System is not known here */
export function evidenceOf({ system, trace, observations }: Counterexample): Evidence | undefined {
  const judge = judgeOf(system);
  if (judge === undefined) return undefined;
  const { flavour, design } = judge;
  return {
    allowed: allowedAt(new Spec(flavour), trace, observations),
    changes: changesOf(new ModelSystem(design), trace, observations.length),
    ...(design.id === system ? {} : { drawnFrom: design.id }),
  };
}

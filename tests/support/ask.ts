// One invariant alone, asked of a design after each operation of a sequence.
import { OBS_WIDTH, OP_WIDTH } from '#model/alphabet/bounds';
import { SKIP } from '#model/alphabet/observations';
import { DEFAULT_ENV, type Env } from '#model/alphabet/system';
import type { Design } from '#model/designs/design';
import { ModelSystem } from '#model/model-system';
import type { MomentInvariant } from '#properties/invariants/at-every-moment';
import { contextOf } from '#properties/invariants/context';
import type { Invariant } from '#properties/invariants/invariant';
import { pack, type Step } from '../model/linux/story.js';

export interface Asked {
  /** Times that it had something to look at. */
  readonly looked: number;
  /** The operation, from 0, after which it does not hold, and what it says of it. */
  readonly broken?: { readonly step: number; readonly detail: string };
}

export interface Asking {
  readonly steps: readonly Step[];
  readonly env?: Partial<Env>;
}

const isOfMoments = (invariant: Invariant | MomentInvariant): invariant is MomentInvariant =>
  !('check' in invariant);

/** Ask until it does not hold. @throws Error when an operation of the sequence names something that is not there */
export function ask(
  invariant: Invariant | MomentInvariant,
  design: Design,
  { steps, env = {} }: Asking,
): Asked {
  const system = new ModelSystem(design);
  const { world } = system;
  const context = contextOf(world);
  let looked = 0;
  let broken: string | undefined;
  const judge = (holds: boolean | undefined): void => {
    looked += context.looked;
    context.looked = 0;
    if (holds === false) broken = invariant.describe(context);
  };
  const ofMoments = isOfMoments(invariant);
  if (ofMoments) {
    const unlessBroken = (holds: () => boolean | undefined): void => {
      if (broken === undefined) judge(holds());
    };
    world.watch = {
      pteSet: (_w, address) => unlessBroken(() => invariant.pteSet?.(context, address)),
      pageFreed: (_w, page) => unlessBroken(() => invariant.pageFreed?.(context, page)),
    };
  }
  context.ops = pack(steps);
  context.obs = new Int32Array(OBS_WIDTH);
  system.reset({ ...DEFAULT_ENV, ...env });
  for (let step = 0; step < steps.length; step++) {
    context.at = step * OP_WIDTH;
    context.before.remember(world, context.ops, context.at);
    system.step(context.ops, context.at, context.obs);
    if (context.obs[0] === SKIP) throw new Error(`${steps[step][0]} at ${step} names something missing`);
    context.census.take(world);
    if (!ofMoments && (invariant.applies?.(world) ?? true)) judge(invariant.check(context));
    if (broken !== undefined) return { looked, broken: { step, detail: broken } };
  }
  return { looked };
}

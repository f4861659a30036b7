import { OBS_WIDTH, OP_WIDTH } from '#model/alphabet/bounds';
import { BOUND, HANG } from '#model/alphabet/observations';
import { ACCEPTED } from '#model/alphabet/specification';
import type { Trace } from '#model/alphabet/trace';
import type { Design } from '#model/designs/index';
import { ModelSystem } from '#model/model-system';
import { Spec } from '#model/spec/index';
import { OperationSource } from '#properties/arbitraries/operation-source';
import { MODEL_PROFILE } from '#properties/arbitraries/profile';
import { flavourOfDesign } from '#properties/checkers/flavour-of-design';

/** Random sequences, drawn as the random check draws them: each names what the ones before have made. */
export function randomTraces(design: Design, count: number, length: number): Trace[] {
  const system = new ModelSystem(design);
  const spec = new Spec(flavourOfDesign(design));
  const source = new OperationSource(MODEL_PROFILE, spec.view);
  const obs = new Int32Array(OBS_WIDTH);
  return Array.from({ length: count }, (_, seed) => {
    const env = source.begin(seed, 77);
    system.reset(env);
    spec.reset(env);
    const ops = new Int32Array(length * OP_WIDTH);
    let at = 0;
    while (at < ops.length && source.next(ops, at)) {
      system.step(ops, at, obs);
      at += OP_WIDTH;
      if (obs[0] === BOUND || obs[0] === HANG) break;
      if (spec.accept(ops, at - OP_WIDTH, obs) !== ACCEPTED) break;
    }
    return { env, ops: ops.slice(0, at) };
  });
}

import { ACCEPTED, REJECTED } from '#model/alphabet/specification';
import type { Design } from '#model/designs/design';
import { modelSubject } from '#properties/checkers/model-subject';
import type { Subject } from '#properties/checkers/subject';
import { InvariantChecker } from '#properties/invariants/checker';

/** A design judged by one invariant and nothing else, put together by hand. */
export function judgedBy(id: string, design: Design): Subject {
  const subject = modelSubject(design);
  const model = subject.system as Subject['system'] & { world: InvariantChecker['world'] };
  return {
    ...subject,
    invariants: new InvariantChecker(model.world, [id]),
    specification(flavour) {
      const spec = subject.specification(flavour);
      const accept = spec.accept.bind(spec);
      return Object.assign(spec, {
        accept(ops: Int32Array, at: number, obs: Int32Array) {
          const judgement = accept(ops, at, obs);
          return judgement === REJECTED ? ACCEPTED : judgement;
        },
      });
    },
  };
}

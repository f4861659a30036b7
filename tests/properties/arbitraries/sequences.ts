import { OBS_WIDTH, OP_WIDTH } from '#model/alphabet/bounds';
import { Spec } from '#model/spec/index';
import { OperationSource } from '#properties/arbitraries/operation-source';
import { MODEL_PROFILE, type Profile } from '#properties/arbitraries/profile';

/** The kernels with all of the change: what the sequences are drawn for in these tests. */
export const FLAVOUR = 0x3fff;

export interface Step {
  readonly ops: Int32Array;
  readonly spec: Spec;
  readonly source: OperationSource;
  /** Number of the sequence. */
  readonly sequence: number;
}

/**
 * Draw sequences in lockstep with the specification.
 * @param before called with each operation before it is executed
 * @param after called with its observation
 */
export function drawSequences(
  sequences: number,
  length: number,
  before: (step: Step) => void,
  after: (step: Step, obs: Int32Array) => void = () => {},
  profile: Profile = MODEL_PROFILE,
): void {
  const spec = new Spec(FLAVOUR);
  const source = new OperationSource(profile, spec.view);
  const ops = new Int32Array(OP_WIDTH);
  const obs = new Int32Array(OBS_WIDTH);
  for (let sequence = 0; sequence < sequences; sequence++) {
    spec.reset(source.begin(Math.imul(sequence, 0x9e3779b9), sequence));
    const step = { ops, spec, source, sequence };
    for (let i = 0; i < length && source.next(ops, 0); i++) {
      before(step);
      spec.step(ops, 0, obs);
      after(step, obs);
    }
  }
}

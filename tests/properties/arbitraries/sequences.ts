import { ARENA_PAGES, OBS_WIDTH, OP_WIDTH } from '#model/alphabet/bounds';
import { VIEW_NONE } from '#model/alphabet/observations';
import { OP, OPERAND_NAMES } from '#model/alphabet/operations';
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

/** Does the operation name pages without any mapping? As the specification's view has it, page by page. */
export function namesUnmapped({ ops, spec }: Step): boolean {
  const names = OPERAND_NAMES[ops[0]];
  const operand = (name: string): number => ops[2 + names.indexOf(name)];
  if (!names.includes('page') || ops[0] === OP.mmap) return false;
  const proc = names.includes('target') ? operand('target') : ops[1];
  const npages = names.includes('npages') ? Math.max(1, operand('npages')) : 1;
  for (let page = operand('page'); page < Math.min(ARENA_PAGES, operand('page') + npages); page++) {
    if (spec.view.pageKind(proc, page) !== VIEW_NONE) return false;
  }
  return true;
}

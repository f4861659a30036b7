import * as fc from 'fast-check';
import { OBS_WIDTH, OP_WIDTH } from '../../model/alphabet/bounds.js';
import { BOUND } from '../../model/alphabet/observations.js';
import type { Specification } from '../../model/alphabet/specification.js';
import type { Trace } from '../../model/alphabet/trace.js';
import { candidates } from '../../shrinkers/candidates.js';
import { OperationSource } from './operation-source.js';
import { MODEL_PROFILE, type Profile } from './profile.js';
import { type SequenceSeed, sequenceSeed } from './sequence-seed.js';

/** Draws whole traces: the specification alone executes them and so says what the next operation can name. */
class TraceSource {
  readonly #spec: Specification;
  readonly #source: OperationSource;
  readonly #obs = new Int32Array(OBS_WIDTH);

  constructor(spec: Specification, profile: Profile) {
    this.#spec = spec;
    this.#source = new OperationSource(profile, spec.view);
  }

  /** The trace of this seed, of `length` operations unless no process lives before. */
  trace({ high, low }: SequenceSeed, length: number): Trace {
    const env = this.#source.begin(high, low);
    const ops = new Int32Array(length * OP_WIDTH);
    this.#spec.reset(env);
    let at = 0;
    while (at < ops.length && this.#source.next(ops, at)) {
      this.#spec.step(ops, at, this.#obs);
      at += OP_WIDTH;
      if (this.#obs[0] === BOUND) break;
    }
    return { env, ops: ops.slice(0, at) };
  }
}

export interface TracesConstraints {
  /** Operations at most; 30 unless given. */
  readonly maxLength?: number;
  /** What the System can do that the traces are for; a model, everything, unless given. */
  readonly profile?: Profile;
}

class TraceArbitrary extends fc.Arbitrary<Trace> {
  readonly #source: TraceSource;
  readonly #maxLength: number;

  constructor(source: TraceSource, maxLength: number) {
    super();
    this.#source = source;
    this.#maxLength = maxLength;
  }

  override generate(random: fc.Random): fc.Value<Trace> {
    const length = random.nextInt(1, this.#maxLength);
    return new fc.Value(this.#source.trace(sequenceSeed(random), length), undefined);
  }

  override canShrinkWithoutContext(value: unknown): value is Trace {
    return typeof value === 'object' && value !== null && 'env' in value && 'ops' in value;
  }

  override shrink(value: Trace): fc.Stream<fc.Value<Trace>> {
    const values = function* (): IterableIterator<fc.Value<Trace>> {
      for (const trace of candidates(value)) yield new fc.Value(trace, undefined);
    };
    return new fc.Stream(values());
  }
}

/**
 * Traces for `fc.property`. Operands refer to things that exist most of the time, as the specification predicts them.
 * @param spec follows each trace while it is drawn; not used in between
 */
export function traces(spec: Specification, constraints: TracesConstraints = {}): fc.Arbitrary<Trace> {
  const { maxLength = 30, profile = MODEL_PROFILE } = constraints;
  return new TraceArbitrary(new TraceSource(spec, profile), maxLength);
}

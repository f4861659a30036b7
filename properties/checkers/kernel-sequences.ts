import { OBS_WIDTH, OP_WIDTH } from '../../model/alphabet/bounds.js';
import { BOUND } from '../../model/alphabet/observations.js';
import type { Specification } from '../../model/alphabet/specification.js';
import type { Env } from '../../model/alphabet/system.js';
import type { Trace } from '../../model/alphabet/trace.js';
import { OperationSource } from '../arbitraries/operation-source.js';
import { kernelProfile } from '../arbitraries/profile.js';
import type { SequenceSeed } from '../arbitraries/sequence-seed.js';
import { Closing, MAX_CLOSING } from './closing.js';

/** Draws whole sequences for a kernel, closing observations and exits included; the specification predicts what they reach. */
export class KernelSequences {
  readonly #spec: Specification;
  readonly #source: OperationSource;
  readonly #closing: Closing;
  readonly #length: number;
  readonly #ops: Int32Array;
  readonly #obs = new Int32Array(OBS_WIDTH);
  #at = 0;

  /** @param length operations in a sequence before those that close it */
  constructor(spec: Specification, env: Env, length: number) {
    this.#spec = spec;
    this.#source = new OperationSource(kernelProfile(env), spec.view);
    this.#closing = new Closing(spec.view);
    this.#length = length;
    this.#ops = new Int32Array((length + MAX_CLOSING) * OP_WIDTH);
  }

  /** Operations drawn so far that name pages of which none is mapped. */
  get unmapped(): number {
    return this.#source.unmapped;
  }

  /** The sequence of this seed. */
  draw(seed: SequenceSeed): Trace {
    const env = this.#source.begin(seed.high, seed.low);
    this.#spec.reset(env);
    this.#at = 0;
    const end = this.#length * OP_WIDTH;
    while (this.#at < end && this.#source.next(this.#ops, this.#at)) if (!this.#predict()) break;
    this.#closing.begin(false);
    while (this.#closing.next(this.#ops, this.#at)) if (!this.#predict()) break;
    return { env, ops: this.#ops.slice(0, this.#at) };
  }

  #predict(): boolean {
    this.#spec.step(this.#ops, this.#at, this.#obs);
    this.#at += OP_WIDTH;
    return this.#obs[0] !== BOUND;
  }
}

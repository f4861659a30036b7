import { OP_WIDTH } from '../../model/alphabet/bounds.js';
import type { SequenceView } from '../../model/alphabet/specification.js';
import type { Env } from '../../model/alphabet/system.js';
import type { Trace } from '../../model/alphabet/trace.js';
import { encodeToken } from '../../model/trace/token.js';
import type { Failing } from '../../shrinkers/same-failure.js';
import { OperationSource, type Source } from '../arbitraries/operation-source.js';
import { MODEL_PROFILE } from '../arbitraries/profile.js';
import type { SequenceSeed } from '../arbitraries/sequence-seed.js';
import { Closing, MAX_CLOSING } from './closing.js';
import { CUT, FAILED, GO_ON, Lockstep } from './lockstep.js';
import type { Subject } from './subject.js';
import type { Tally } from './tally.js';

/** One sequence in so many ends with loads of every word; the others load one word of each page. */
const EVERY_WORD_ONCE_IN = 4;

export type SourceOf = (view: SequenceView) => Source;

const forModels: SourceOf = (view) => new OperationSource(MODEL_PROFILE, view);

/** Draws and executes random sequences, one operation at a time, on a System and the specification. */
export class RandomSequences {
  readonly #id: string;
  readonly #lockstep: Lockstep;
  readonly #source: Source;
  readonly #closing: Closing;
  readonly #tally: Tally;
  readonly #length: number;
  readonly #ops: Int32Array;
  #at = 0;

  /**
   * @param length operations in a sequence before those that close it
   * @param sourceOf where they come from, given the state of the specification that follows them
   */
  constructor(subject: Subject, length: number, tally: Tally, sourceOf: SourceOf = forModels) {
    this.#id = subject.id;
    this.#lockstep = new Lockstep(subject, tally);
    this.#source = sourceOf(this.#lockstep.view);
    this.#closing = new Closing(this.#lockstep.view);
    this.#tally = tally;
    this.#length = length;
    this.#ops = new Int32Array((length + MAX_CLOSING) * OP_WIDTH);
  }

  /** Operations drawn so far that name pages of which none is mapped. */
  get unmapped(): number {
    return this.#source.unmapped;
  }

  /**
   * Run the sequence of this seed: how it fails, if it does.
   * @throws Error when the System itself throws, with a token that replays it
   */
  run(seed: SequenceSeed): Failing | undefined {
    const env = this.#source.begin(seed.high, seed.low);
    try {
      return this.#run(env, seed.low % EVERY_WORD_ONCE_IN === 0);
    } catch (cause) {
      const token = encodeToken(this.#id, this.#trace(env));
      throw new Error(`${this.#id} throws: ${String(cause)}; replay it with ${token}`, { cause });
    }
  }

  #run(env: Env, everyWord: boolean): Failing | undefined {
    this.#lockstep.begin(env);
    this.#tally.sequence();
    this.#at = 0;
    let went = this.#drawn();
    if (went === GO_ON) went = this.#closed(everyWord);
    if (went === FAILED) {
      return { trace: this.#trace(env), failure: this.#lockstep.failure(this.#ops, this.#at) };
    }
    if (went === CUT) this.#tally.cut();
    return undefined;
  }

  #drawn(): number {
    const ops = this.#ops;
    for (let step = 0; step < this.#length; step++) {
      if (!this.#source.next(ops, this.#at)) return GO_ON;
      const went = this.#lockstep.step(ops, this.#at);
      if (went !== GO_ON) return went;
      this.#at += OP_WIDTH;
    }
    return GO_ON;
  }

  #closed(everyWord: boolean): number {
    this.#closing.begin(everyWord);
    while (this.#closing.next(this.#ops, this.#at)) {
      const went = this.#lockstep.step(this.#ops, this.#at);
      if (went !== GO_ON) return went;
      this.#at += OP_WIDTH;
    }
    return GO_ON;
  }

  /** What was drawn so far, the operation at hand included. */
  #trace(env: Env): Trace {
    return { env, ops: this.#ops.slice(0, this.#at + OP_WIDTH) };
  }
}

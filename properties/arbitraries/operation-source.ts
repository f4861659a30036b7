import { OPEN_AUX } from '../../model/alphabet/operands.js';
import { OP } from '../../model/alphabet/operations.js';
import type { SequenceView } from '../../model/alphabet/specification.js';
import type { Env } from '../../model/alphabet/system.js';
import { Draft } from './draft.js';
import { DRAWERS } from './draw/index.js';
import { drawPlanned } from './draw/mappings.js';
import type { Profile } from './profile.js';
import { namesUnmapped } from './unmapped.js';
import { drawWild } from './wild.js';

/** Kinds to try for one operation before it is drawn wild: the state has something for nearly all of them. */
const ATTEMPTS = 8;

/** Where the operations of a random sequence come from, one at a time, while it executes. */
export interface Source {
  /** Operations so far, of all sequences, that name pages of which none is mapped. */
  readonly unmapped: number;
  /** Begin the sequence of this seed. @returns the environment that it starts from */
  begin(high: number, low: number): Env;
  /** Draw the next operation into `ops[at]`; false: the sequence is over. */
  next(ops: Int32Array, at: number): boolean;
}

/**
 * The random operations of one sequence after the other. They are drawn one at a time from the state that the sequence has
 * reached, while it executes, so that operands name things that exist; the same seed gives the same sequence.
 */
export class OperationSource implements Source {
  readonly #draft: Draft;
  readonly #profile: Profile;
  #afterInject = false;
  #unmapped = 0;

  /** @param view the state of the specification that follows the sequence */
  constructor(profile: Profile, view: SequenceView) {
    this.#profile = profile;
    this.#draft = new Draft(profile, view);
  }

  /**
   * Begin the sequence of this seed.
   * @returns the environment to reset all Systems to before the first operation is drawn
   */
  begin(high: number, low: number): Env {
    const { rng, swarm, known, aux } = this.#draft;
    rng.seed(high, low);
    swarm.draw(rng);
    known.forget();
    aux.forget();
    this.#afterInject = false;
    this.#draft.proc = 0;
    const env = this.#profile.env(rng);
    this.#draft.openFlags = this.#profile.openFlags & (env.aux ? ~0 : ~OPEN_AUX);
    return env;
  }

  /** Operations so far, of all sequences, that name pages of which none is mapped. */
  get unmapped(): number {
    return this.#unmapped;
  }

  /**
   * Draw the next operation into `ops[at]`. The one drawn before has been executed.
   * @returns false if no process lives: the sequence is over
   */
  next(ops: Int32Array, at: number): boolean {
    const draft = this.#draft;
    const { known } = draft;
    draft.begin(ops, at);
    known.refreshAlive();
    if (known.alive === 0) return false;
    draft.swarm.next(draft.rng);
    const wild = draft.rng.chance(draft.swarm.feature.wild) || !this.#drawKnown();
    if (wild) this.#drawWild();
    this.#afterInject = ops[at] === OP.inject;
    if (namesUnmapped(ops, at, known)) this.#unmapped++;
    // What a wild operation changes, and for whom, is not worth telling apart.
    if (wild) known.forget();
    return true;
  }

  /** An operation on what there is; false if none was found. */
  #drawKnown(): boolean {
    const draft = this.#draft;
    const { rng, known, swarm, aux } = draft;
    if (aux.left > 0 && ((known.alive >>> aux.proc) & 1) !== 0 && rng.chance(224)) return drawPlanned(draft);
    if (((known.alive >>> draft.proc) & 1) === 0 || !rng.chance(swarm.feature.sticky)) {
      draft.proc = rng.bitOf(known.alive);
    }
    known.refresh(draft.proc);
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) if (DRAWERS[this.#kind()](draft)) return true;
    return false;
  }

  /** The kind to try: what an empty state lacks first, then by weight. */
  #kind(): number {
    const { rng, known, swarm, proc } = this.#draft;
    if (known.fds[proc] === 0) {
      if (rng.chance(112)) return OP.open;
    } else if (known.perf[proc] === 0) {
      if (rng.chance(112)) return OP.mmap;
    } else if (this.#afterInject && rng.chance(96)) {
      return OP.mmap;
    }
    return swarm.kind(rng);
  }

  #drawWild(): void {
    const { rng, swarm, known } = this.#draft;
    known.refreshAll();
    drawWild(this.#draft, swarm.kind(rng), this.#profile.openFlags);
  }
}

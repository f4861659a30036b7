import { OP_NAMES } from '../../model/alphabet/operations.js';
import type { SequenceView } from '../../model/alphabet/specification.js';
import type { Env } from '../../model/alphabet/system.js';
import { Draft } from '../../properties/arbitraries/draft.js';
import type { Source } from '../../properties/arbitraries/operation-source.js';
import { MODEL_PROFILE } from '../../properties/arbitraries/profile.js';
import { drawWild } from '../../properties/arbitraries/wild.js';

/** Any kind of operation by any process with any operands, all alike, whatever the state; in the environments of the generator. */
export class UniformSource implements Source {
  readonly unmapped = 0;
  readonly #draft: Draft;

  constructor(view: SequenceView) {
    this.#draft = new Draft(MODEL_PROFILE, view);
  }

  begin(high: number, low: number): Env {
    const { rng, known } = this.#draft;
    rng.seed(high, low);
    known.forget();
    return MODEL_PROFILE.env(rng);
  }

  next(ops: Int32Array, at: number): boolean {
    const { rng, known } = this.#draft;
    known.forget();
    known.refreshAlive();
    if (known.alive === 0) return false;
    this.#draft.begin(ops, at);
    drawWild(this.#draft, rng.below(OP_NAMES.length), MODEL_PROFILE.openFlags);
    return true;
  }
}

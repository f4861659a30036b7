import { ARENA_PAGES, OBS_WIDTH, OP_WIDTH, PROCS } from '../../model/alphabet/bounds.js';
import { BOUND, VIEW_NONE, VIEW_PERF } from '../../model/alphabet/observations.js';
import { WORD_SCRATCH, WORDS } from '../../model/alphabet/operands.js';
import { OP } from '../../model/alphabet/operations.js';
import type { SequenceView, Specification } from '../../model/alphabet/specification.js';
import type { Trace } from '../../model/alphabet/trace.js';
import { MAX_OPERATIONS } from '../../model/trace/layout.js';

/** Operations that close a sequence at most: of each process its views, every word of every page, and its exit. */
export const MAX_CLOSING = PROCS * (3 + ARENA_PAGES * WORDS + 1);

/**
 * The observations that close a sequence: what `/proc` shows, what could still be mapped, and what is in the pages, of every
 * process that lives; then all exit, so that what leaks is found. An error that nothing looked at shows here.
 */
export class Closing {
  readonly #view: SequenceView;
  #proc = 0;
  /** Operations of this process so far; the loads come after the views. */
  #views = 0;
  #page = 0;
  #word = 0;
  #everyWord = true;

  constructor(view: SequenceView) {
    this.#view = view;
  }

  /** @param everyWord load every word of perf's pages rather than one word of each page */
  begin(everyWord: boolean): void {
    this.#everyWord = everyWord;
    this.#startProcess(0);
  }

  /** Draw the next operation into `ops[at]`; false when there is none. The one before has been executed. */
  next(ops: Int32Array, at: number): boolean {
    while (this.#proc < PROCS) {
      if (!this.#view.alive(this.#proc)) {
        this.#startProcess(this.#proc + 1);
        continue;
      }
      ops.fill(0, at, at + OP_WIDTH);
      ops[at + 1] = this.#proc;
      if (this.#views < VIEWS.length) {
        ops[at] = VIEWS[this.#views++];
      } else if (this.#findWord()) {
        ops[at] = OP.load;
        ops[at + 2] = this.#page;
        ops[at + 3] = this.#word;
        this.#word++;
      } else {
        ops[at] = OP.exit;
        this.#startProcess(this.#proc + 1);
      }
      return true;
    }
    return false;
  }

  #startProcess(proc: number): void {
    this.#proc = proc;
    this.#views = 0;
    this.#page = 0;
    this.#word = 0;
  }

  /** Go on to a word that is to be loaded; false when all were. */
  #findWord(): boolean {
    for (; this.#page < ARENA_PAGES; this.#page++, this.#word = 0) {
      const kind = this.#view.pageKind(this.#proc, this.#page);
      if (kind === VIEW_NONE) continue;
      const words = kind === VIEW_PERF && this.#everyWord ? WORDS : WORD_SCRATCH + 1;
      if (this.#word < words) return true;
    }
    return false;
  }
}

const VIEWS = [OP.maps, OP.status, OP.headroom];

/** A trace as it is, and the observations that close it, as far as the specification can say what it reaches. */
export function closeTrace(spec: Specification, { env, ops }: Trace): Trace {
  const all = new Int32Array(ops.length + MAX_CLOSING * OP_WIDTH);
  const obs = new Int32Array(OBS_WIDTH);
  const closing = new Closing(spec.view);
  const goesOn = (at: number): boolean => {
    spec.step(all, at, obs);
    return obs[0] !== BOUND;
  };
  all.set(ops);
  spec.reset(env);
  if (all.length > MAX_OPERATIONS * OP_WIDTH) return { env, ops };
  for (let at = 0; at < ops.length; at += OP_WIDTH) if (!goesOn(at)) return { env, ops };
  let at = ops.length;
  closing.begin(false);
  while (closing.next(all, at) && goesOn(at)) at += OP_WIDTH;
  return { env, ops: all.slice(0, at) };
}

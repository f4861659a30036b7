import { createHash } from 'node:crypto';
import { OBS_WIDTH, OP_WIDTH } from '../../model/alphabet/bounds.js';
import { BOUND, SKIP, UNOBSERVED } from '../../model/alphabet/observations.js';
import { OP } from '../../model/alphabet/operations.js';
import { type Flavour, REJECTED } from '../../model/alphabet/specification.js';
import type { Env } from '../../model/alphabet/system.js';
import { type Trace, traceLength } from '../../model/alphabet/trace.js';
import { Spec } from '../../model/spec/index.js';

/** A sequence of operations, as its last one and what comes before. */
interface Node {
  readonly parent: Node | undefined;
  readonly operation: number;
  readonly depth: number;
}

/** One specification of two that do the same operations, with what it needs to try one and go back. */
class Runner {
  readonly spec: Spec;
  readonly obs = new Int32Array(OBS_WIDTH);
  readonly state: Int32Array;
  readonly #after: Int32Array;

  constructor(flavour: Flavour) {
    this.spec = new Spec(flavour);
    this.state = new Int32Array(this.spec.stateSize);
    this.#after = new Int32Array(this.spec.stateSize);
  }

  /** Remember the state, to come back to it. */
  remember(): void {
    this.spec.save(this.state);
  }

  step(ops: Int32Array, at: number): void {
    this.spec.step(ops, at, this.obs);
  }

  back(): void {
    this.spec.restore(this.state);
  }

  /** The state now, as bytes: until they are asked for again. */
  bytes(): Buffer {
    this.spec.save(this.#after);
    return Buffer.from(this.#after.buffer);
  }

  /** Whether it would reject this answer to the operation in the remembered state. Leaves it somewhere else. */
  rejects(ops: Int32Array, at: number, obs: Int32Array): boolean {
    this.back();
    return this.spec.accept(ops, at, obs) === REJECTED;
  }
}

const NOTHING_DONE: readonly number[] = [SKIP, UNOBSERVED, BOUND];
/** Operations that change nothing and show the state. */
const LOOKING: readonly number[] = [OP.maps, OP.status, OP.headroom];

/** Breadth first, over pairs of states, one length of sequences after the other. */
class Search {
  readonly #one: Runner;
  readonly #other: Runner;
  readonly #seen = new Set<string>();
  #level: readonly Node[] = [{ parent: undefined, operation: -1, depth: 0 }];
  /** The first sequence after which one of the two allows everything. */
  opened: Node | undefined;
  /** The first sequence at the end of which one of the two allows something more than the other. */
  telling: Node | undefined;

  constructor(
    private readonly env: Env,
    private readonly ops: Int32Array,
    flavours: readonly [Flavour, Flavour],
  ) {
    this.#one = new Runner(flavours[0]);
    this.#other = new Runner(flavours[1]);
  }

  /** Try the sequences that are one operation longer. @returns one that tells the two apart, if one does */
  deepen(): Trace | undefined {
    const next: Node[] = [];
    for (const node of this.#level) {
      const found = this.#expand(node, next);
      if (found !== undefined) return this.#traceOf(found);
    }
    this.#level = next;
    return undefined;
  }

  /** The sequence whose last answer may tell. */
  tells(): Trace[] {
    return this.telling === undefined ? [] : [this.#traceOf(this.telling)];
  }

  /** Sequences that end with a look at what one of the two allows everything for. */
  looks(): Trace[] {
    const { opened } = this;
    if (opened === undefined) return [];
    const looking = Array.from({ length: traceLength(this.ops) }, (_, operation) => operation).filter(
      (operation) => LOOKING.includes(this.ops[operation * OP_WIDTH]),
    );
    return looking.map((operation) => this.#traceOf({ parent: opened, operation, depth: opened.depth + 1 }));
  }

  #expand(node: Node, next: Node[]): Node | undefined {
    const runners = [this.#one, this.#other];
    this.#enter(node);
    for (let at = 0, operation = 0; at < this.ops.length; at += OP_WIDTH, operation++) {
      for (const runner of runners) {
        runner.back();
        runner.step(this.ops, at);
      }
      const child = { parent: node, operation, depth: node.depth + 1 };
      const open = runners.filter(({ spec }) => spec.state.open).length;
      if (open === 1) this.opened ??= child;
      if (open > 0) continue;
      const { alternative: mine } = this.#one.spec.state;
      const { alternative: others } = this.#other.spec.state;
      // What follows asks in other states than the one that was come to, so this is first.
      if (!NOTHING_DONE.includes(this.#one.obs[0]) && this.#isNew()) next.push(child);
      const one = this.#other.rejects(this.ops, at, this.#one.obs);
      const other = this.#one.rejects(this.ops, at, this.#other.obs);
      // Neither takes what the other answers: a kernel can only be on one side.
      if (one && other) return child;
      if (one || other || this.#allowsMore(this.#one, mine, at) || this.#allowsMore(this.#other, others, at))
        this.telling ??= child;
    }
    return undefined;
  }

  /** Does one allow another outcome as well, which the other does not? @param status that outcome, or 0 */
  #allowsMore(one: Runner, status: number, at: number): boolean {
    const other = one === this.#one ? this.#other : this.#one;
    return status !== 0 && other.rejects(this.ops, at, Int32Array.of(status, 0));
  }

  #isNew(): boolean {
    const key = createHash('sha256').update(this.#one.bytes()).update(this.#other.bytes()).digest('base64');
    if (this.#seen.has(key)) return false;
    this.#seen.add(key);
    return true;
  }

  #enter(node: Node): void {
    const { ops } = this.#traceOf(node);
    for (const runner of [this.#one, this.#other]) {
      runner.spec.reset(this.env);
      for (let at = 0; at < ops.length; at += OP_WIDTH) runner.step(ops, at);
      runner.remember();
    }
  }

  #traceOf(node: Node): Trace {
    const ops = new Int32Array(node.depth * OP_WIDTH);
    for (let at = node; at.parent !== undefined; at = at.parent) {
      const from = at.operation * OP_WIDTH;
      ops.set(this.ops.subarray(from, from + OP_WIDTH), (at.depth - 1) * OP_WIDTH);
    }
    return { env: this.env, ops };
  }
}

/** An alphabet, packed, and how long its sequences may be. */
export interface SearchedAlphabet {
  readonly ops: Int32Array;
  readonly depth: number;
}

/**
 * Sequences that tell two flavours of the specification apart, or may do so.
 *
 * If there is a sequence whose last answer one allows and the other does not, and the other way round: a shortest one, of these the first in
 * the order of the alphabets. Else the sequences at the end of which one flavour allows something more than the other; and where one flavour
 * says nothing from some operation on, what comes before it, that operation, and one that looks. A kernel whose answer only the one allows is
 * then on its side.
 */
export function distinguishing(
  env: Env,
  alphabets: readonly SearchedAlphabet[],
  flavours: readonly [Flavour, Flavour],
): readonly Trace[] {
  const searches = alphabets.map(({ ops, depth }) => ({ search: new Search(env, ops, flavours), depth }));
  const longest = Math.max(...alphabets.map(({ depth }) => depth));
  for (let length = 1; length <= longest; length++) {
    for (const { search, depth } of searches) {
      const found = length <= depth ? search.deepen() : undefined;
      if (found !== undefined) return [found];
    }
  }
  return searches.flatMap(({ search }) => [...search.tells(), ...search.looks()]);
}

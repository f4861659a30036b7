import { HANG } from '../../model/alphabet/observations.js';
import { ACCEPTED, REJECTED, type Specification } from '../../model/alphabet/specification.js';
import type { System } from '../../model/alphabet/system.js';
import type { Design } from '../../model/designs/design.js';
import type { World } from '../../model/kernel/world.js';
import { ModelSystem } from '../../model/model-system.js';
import { Spec } from '../../model/spec/index.js';
import { flavourOfDesign } from '../checkers/flavour-of-design.js';
import type { StateChecker, Subject } from '../checkers/subject.js';
import { InvariantChecker } from '../invariants/checker.js';
import { INVARIANTS } from '../invariants/index.js';
import { operations_return } from '../invariants/operations-return.js';

/** The specification among the killers: the two designs are not equivalent to user space. */
const SPEC = 'spec';

/** All that can find a defect. */
export const KILLERS: readonly string[] = [...INVARIANTS.map(({ id }) => id), SPEC];

interface Asked {
  readonly id: string;
  readonly checker: InvariantChecker;
}

/**
 * Every invariant, asked as if it were the only one: none ends a sequence, and each has its own memory of what went before. Told
 * is who objects first; who has objected is asked no more.
 */
class EachAlone implements StateChecker {
  #asked: readonly Asked[];
  readonly #killed: (id: string) => void;

  constructor(world: World, killed: (id: string) => void) {
    this.#killed = killed;
    this.#asked = INVARIANTS.map(({ id }) => ({ id, checker: new InvariantChecker(world, [id]) }));
    world.watch = {
      pteSet: (w, address) => {
        for (const { checker } of this.#asked) checker.pteSet(w, address);
      },
      pageFreed: (w, page) => {
        for (const { checker } of this.#asked) checker.pageFreed(w, page);
      },
    };
  }

  start(): void {
    for (const { checker } of this.#asked) checker.start();
  }

  before(ops: Int32Array, at: number): void {
    for (const { checker } of this.#asked) checker.before(ops, at);
  }

  check(ops: Int32Array, at: number, obs: Int32Array): number {
    return this.#keep(({ checker }) => checker.check(ops, at, obs) === 0);
  }

  atEnd(): number {
    return this.#keep(({ checker }) => checker.atEnd() === 0);
  }

  describe(): never {
    throw new Error('nobody objects when each is asked alone');
  }

  /** @returns 0: the sequence goes on */
  #keep(holds: (asked: Asked) => boolean): 0 {
    this.#asked = this.#asked.filter((each) => {
      const kept = holds(each);
      if (!kept) this.#killed(each.id);
      return kept;
    });
    return 0;
  }
}

/** The specification, which says what it rejects, and then goes its own way. */
function unheeded(spec: Specification, killed: (id: string) => void): Specification {
  return {
    id: spec.id,
    flavour: spec.flavour,
    view: spec.view,
    reset: (env) => spec.reset(env),
    step: (ops, at, obs) => spec.step(ops, at, obs),
    accept(ops, at, obs) {
      const judgement = spec.accept(ops, at, obs);
      if (judgement !== REJECTED) return judgement;
      killed(SPEC);
      return ACCEPTED;
    },
    allowed: () => spec.allowed(),
    consulted: () => spec.consulted(),
  };
}

/**
 * A design that is judged by each invariant, and by the specification, as if there were no other: sequences go on as far as
 * anything can be said about them.
 * @param killed is told who objects, each once
 */
export function eachAlone(design: Design, killed: (id: string) => void): Subject {
  const model = new ModelSystem(design);
  const invariants = new EachAlone(model.world, killed);
  const system: System = {
    id: model.id,
    reset: (env) => model.reset(env),
    step(ops, at, obs) {
      model.step(ops, at, obs);
      // What never returns ends the sequence: no invariant is about a state in the middle of an operation.
      if (obs[0] === HANG) killed(operations_return.id);
    },
  };
  return {
    id: design.id,
    system,
    invariants,
    flavour: flavourOfDesign(design),
    specification: (flavour) => unheeded(new Spec(flavour), killed),
  };
}

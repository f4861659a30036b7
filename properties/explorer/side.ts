import { BOUND, SKIP } from '../../model/alphabet/observations.js';
import type { Env } from '../../model/alphabet/system.js';
import type { Design } from '../../model/designs/design.js';
import type { World } from '../../model/kernel/world.js';
import { ModelSystem } from '../../model/model-system.js';
import { Spec } from '../../model/spec/index.js';
import { ARMED } from '../../model/spec/state.js';
import { Lockstep } from '../checkers/lockstep.js';
import { modelSubject } from '../checkers/model-subject.js';
import type { Subject } from '../checkers/subject.js';
import { InvariantChecker } from '../invariants/checker.js';
import type { Form, Scope } from './form.js';
import { SpecForm } from './spec-form.js';
import type { Stream } from './stream.js';
import { WorldForm } from './world-form.js';

/** A copy of ints, and whether they still are what was copied: by the native comparison of bytes. */
class Snapshot {
  readonly #ints: Int32Array;
  readonly #copy: Int32Array;
  readonly #bytes: Buffer;
  readonly #copyBytes: Buffer;

  constructor(ints: Int32Array) {
    this.#ints = ints;
    this.#copy = ints.slice();
    this.#bytes = Buffer.from(ints.buffer, ints.byteOffset, ints.byteLength);
    this.#copyBytes = Buffer.from(this.#copy.buffer);
  }

  take(): void {
    this.#copy.set(this.#ints);
  }

  isUnchanged(): boolean {
    return this.#bytes.equals(this.#copyBytes);
  }

  restore(): void {
    this.#ints.set(this.#copy);
  }
}

/** One design in lockstep with its specification, in any state that a search puts them in. */
export class Side {
  readonly subject: Subject;
  readonly world: World;
  readonly spec: Spec;
  readonly lockstep: Lockstep;
  readonly checker: InvariantChecker;
  readonly #model: Snapshot;
  readonly #specification: Snapshot;
  readonly #forms: readonly Form[];
  readonly #processes: number;
  #armed = false;

  /** @param only the invariants that are asked; all when left out */
  constructor(design: Design, env: Env, scope: Scope, only?: readonly string[]) {
    const system = new ModelSystem(design);
    const described = modelSubject(design);
    this.world = system.world;
    this.checker = new InvariantChecker(this.world, only);
    this.spec = new Spec(described.flavour);
    this.subject = { ...described, system, invariants: this.checker, specification: () => this.spec };
    this.lockstep = new Lockstep(this.subject);
    this.lockstep.begin(env);
    const { state } = this.spec;
    this.#model = new Snapshot(this.world.words);
    this.#specification = new Snapshot(new Int32Array(state.procAlive.buffer, 0, state.size));
    this.#forms = [new WorldForm(this.world, scope), new SpecForm(state, scope)];
    this.#processes = scope.processes;
  }

  /** Remember the state as it is, for `isUnchanged` and `restore`. */
  remember(): void {
    this.#model.take();
    this.#specification.take();
    this.#armed = this.spec.state.scalar[ARMED] !== 0;
  }

  /** Do the operation and judge it, as `Lockstep.step` says. */
  step(ops: Int32Array, at: number): number {
    this.checker.start();
    const went = this.lockstep.step(ops, at);
    // On whose behalf the kernel ran means nothing once it has.
    this.world.sys.current[0] = 0;
    return went;
  }

  /** A table of the model was full at the last operation. */
  get isFull(): boolean {
    return this.lockstep.obs[0] === BOUND;
  }

  /** Whether the last operation has left the state that was remembered as it was. */
  isUnchanged(): boolean {
    // What names something missing is turned away; all that it can do is to use up an injected failure.
    if (this.lockstep.obs[0] === SKIP && !this.#armed) return true;
    return this.#model.isUnchanged() && this.#specification.isUnchanged();
  }

  restore(): void {
    this.#model.restore();
    this.#specification.restore();
  }

  /** Give everything its new name. */
  number(stream: Stream): void {
    for (const form of this.#forms) form.number(stream);
  }

  /** After that: whether there is a normal form for this state. */
  isRegular(): boolean {
    return this.#forms.every((form) => form.isRegular());
  }

  /** System and processes. @returns false as `Stream.cut` */
  visitProcesses(stream: Stream): boolean {
    if (stream.reading) for (const form of this.#forms) form.clear();
    for (const form of this.#forms) form.system(stream);
    if (!stream.cut()) return false;
    for (let name = 0; name < this.#processes; name++) {
      for (const form of this.#forms) form.process(stream, name);
      if (!stream.cut()) return false;
    }
    return true;
  }

  /** Events and buffers. @returns as `visitProcesses` */
  visitObjects(stream: Stream): boolean {
    const [world, spec] = this.#forms;
    for (let i = 0; i < Math.max(world.events, spec.events); i++) {
      for (const form of this.#forms) if (i < form.events) form.event(stream, i);
      if (!stream.cut()) return false;
    }
    for (let i = 0; i < Math.max(world.buffers, spec.buffers); i++) {
      for (const form of this.#forms) if (i < form.buffers) form.buffer(stream, i);
      if (!stream.cut()) return false;
    }
    return true;
  }
}

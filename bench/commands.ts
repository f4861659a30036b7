import * as fc from 'fast-check';
import { OBS_WIDTH, OP_WIDTH, PROCS } from '../model/alphabet/bounds.js';
import { type Domain, FD, FD_OR_NONE } from '../model/alphabet/operands.js';
import { OP_NAMES, OPERATIONS } from '../model/alphabet/operations.js';
import { ACCEPTED, type SequenceView, type Specification } from '../model/alphabet/specification.js';
import { DEFAULT_ENV } from '../model/alphabet/system.js';
import type { Subject } from '../properties/checkers/subject.js';

/** What the commands are checked against and run on: fast-check's model and real system. */
interface Model {
  readonly spec: Specification;
}
interface Real {
  readonly subject: Subject;
  readonly obs: Int32Array;
}

/** Operations that ran, over all commands: they are what the rate counts. */
export const executed = { operations: 0 };

/**
 * A user's harness of the same check, written the way that fast-check's documentation teaches: one class of command for each kind
 * of operation, operands from arbitraries, `check` for what the state must have, `run` for the step and its assertions.
 */
abstract class OperationCommand implements fc.Command<Model, Real> {
  readonly ops: Int32Array;

  constructor(kind: number, operands: readonly number[]) {
    this.ops = Int32Array.from({ length: OP_WIDTH }, (_, i) => (i === 0 ? kind : (operands[i - 1] ?? 0)));
  }

  abstract readonly name: string;
  /** The state has what this kind of operation needs. */
  abstract hasWhatItNeeds(view: SequenceView): boolean;

  check({ spec }: Readonly<Model>): boolean {
    return spec.view.alive(this.ops[1]) && this.hasWhatItNeeds(spec.view);
  }

  run({ spec }: Model, { subject, obs }: Real): void {
    const { system, invariants } = subject;
    invariants?.before(this.ops, 0);
    system.step(this.ops, 0, obs);
    executed.operations++;
    if (invariants !== undefined && invariants.check(this.ops, 0, obs) !== 0) {
      throw new Error(invariants.describe().detail);
    }
    if (spec.accept(this.ops, 0, obs) !== ACCEPTED) throw new Error('not allowed');
  }

  toString(): string {
    return `${this.name}(${this.ops.slice(1).join(', ')})`;
  }
}

/** The class of commands of one kind. */
function commandClass(kind: number): new (operands: readonly number[]) => OperationCommand {
  const domains: Domain[] = Object.values(OPERATIONS[OP_NAMES[kind]].operands);
  const needsFd = domains.findIndex((domain) => domain === FD || domain === FD_OR_NONE);
  const isTaken = OP_NAMES[kind] !== 'open';
  return class extends OperationCommand {
    readonly name = OP_NAMES[kind];

    constructor(operands: readonly number[]) {
      super(kind, operands);
    }

    override hasWhatItNeeds(view: SequenceView): boolean {
      if (needsFd < 0) return true;
      const fd = this.ops[2 + needsFd];
      return fd < 0 || view.fdOpen(this.ops[1], fd) === isTaken;
    }
  };
}

const operand = ({ min, max }: Domain): fc.Arbitrary<number> => fc.integer({ min, max });

/** One arbitrary a kind, as `fc.commands` wants them. */
function commandArbitraries(): fc.Arbitrary<fc.Command<Model, Real>>[] {
  return OP_NAMES.map((name, kind) => {
    const Command = commandClass(kind);
    const domains: Domain[] = Object.values(OPERATIONS[name].operands);
    return fc
      .tuple(fc.nat({ max: PROCS - 1 }), ...domains.map(operand))
      .map((operands) => new Command(operands));
  });
}

/** The harness, ready to run sequences of at most `length` commands on a subject. */
export class CommandsHarness {
  readonly #subject: Subject;
  readonly #property: fc.IProperty<[Iterable<fc.Command<Model, Real>>]>;

  constructor(subject: Subject, length: number) {
    this.#subject = subject;
    const obs = new Int32Array(OBS_WIDTH);
    const spec = subject.specification(subject.flavour);
    const commands = fc.commands(commandArbitraries(), { maxCommands: length, size: 'max' });
    this.#property = fc.property(commands, (drawn) => {
      fc.modelRun(() => {
        this.#subject.system.reset(DEFAULT_ENV);
        this.#subject.invariants?.start();
        spec.reset(DEFAULT_ENV);
        return { model: { spec }, real: { subject: this.#subject, obs } };
      }, drawn);
    });
  }

  /** @returns operations that ran in `sequences` sequences */
  run(seed: number, sequences: number): number {
    const before = executed.operations;
    fc.assert(this.#property, { seed, numRuns: sequences });
    return executed.operations - before;
  }
}

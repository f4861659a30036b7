import * as fc from 'fast-check';
import { OBS_WIDTH, OP_WIDTH, PROCS } from '../model/alphabet/bounds.js';
import type { Domain } from '../model/alphabet/operands.js';
import { OP_NAMES, OPERATIONS } from '../model/alphabet/operations.js';
import { OUT_OF_SCOPE, REJECTED, type Specification } from '../model/alphabet/specification.js';
import { DEFAULT_ENV } from '../model/alphabet/system.js';
import type { Subject } from '../properties/checkers/subject.js';
import { canRun } from './preconditions.js';

/** What the commands are checked against and run on: fast-check's model and real system. */
interface Model {
  readonly spec: Specification;
  /** The specification leaves open what follows: no command runs any more. */
  over: boolean;
}
interface Real {
  readonly subject: Subject;
  readonly obs: Int32Array;
}

/** Commands that were drawn, and those of them that ran: the rate counts the latter. */
export const commandCounts = { drawn: 0, run: 0 };

/**
 * A user's harness of the same check, written the way that fast-check's documentation teaches: one class of command for each kind
 * of operation, operands from arbitraries, `check` for what the state must have, `run` for the step and its assertions.
 */
abstract class OperationCommand implements fc.Command<Model, Real> {
  readonly ops: Int32Array;
  abstract readonly name: string;

  constructor(kind: number, operands: readonly number[]) {
    this.ops = Int32Array.from({ length: OP_WIDTH }, (_, i) => (i === 0 ? kind : (operands[i - 1] ?? 0)));
  }

  check({ spec, over }: Readonly<Model>): boolean {
    commandCounts.drawn++;
    return !over && canRun(spec.view, this.ops);
  }

  run(model: Model, { subject, obs }: Real): void {
    const { system, invariants } = subject;
    commandCounts.run++;
    invariants?.before(this.ops, 0);
    system.step(this.ops, 0, obs);
    if (invariants !== undefined && invariants.check(this.ops, 0, obs) !== 0) {
      throw new Error(invariants.describe().detail);
    }
    const judgement = model.spec.accept(this.ops, 0, obs);
    if (judgement === REJECTED) throw new Error(model.spec.allowed()[0].rule);
    model.over = judgement === OUT_OF_SCOPE;
  }

  toString(): string {
    return `${this.name}(${this.ops.slice(1).join(', ')})`;
  }
}

/** The class of commands of one kind. */
function commandClass(kind: number): new (operands: readonly number[]) => OperationCommand {
  return class extends OperationCommand {
    readonly name = OP_NAMES[kind];

    constructor(operands: readonly number[]) {
      super(kind, operands);
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
  readonly #property: fc.IProperty<[Iterable<fc.Command<Model, Real>>]>;

  constructor(subject: Subject, length: number) {
    const obs = new Int32Array(OBS_WIDTH);
    const spec = subject.specification(subject.flavour);
    const commands = fc.commands(commandArbitraries(), { maxCommands: length, size: 'max' });
    this.#property = fc.property(commands, (drawn) => {
      fc.modelRun(() => {
        subject.system.reset(DEFAULT_ENV);
        subject.invariants?.start();
        spec.reset(DEFAULT_ENV);
        return { model: { spec, over: false }, real: { subject, obs } };
      }, drawn);
    });
  }

  /** Operations that ran in `sequences` sequences up to the first that fails, and whether one did. */
  search(seed: number, sequences: number): { readonly operations: number; readonly found: boolean } {
    const before = commandCounts.run;
    const { failed } = fc.check(this.#property, { seed, numRuns: sequences, endOnFailure: true });
    return { operations: commandCounts.run - before, found: failed };
  }

  /** @returns operations that ran in `sequences` sequences */
  run(seed: number, sequences: number): number {
    const before = commandCounts.run;
    fc.assert(this.#property, { seed, numRuns: sequences });
    return commandCounts.run - before;
  }
}

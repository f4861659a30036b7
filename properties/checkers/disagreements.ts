import { OP_WIDTH } from '../../model/alphabet/bounds.js';
import { OP_NAMES } from '../../model/alphabet/operations.js';
import type { KernelFind } from './kernel-counterexample.js';

/** Finds that look alike: the shortest stands for all. */
export interface Group {
  readonly key: string;
  readonly find: KernelFind;
  readonly count: number;
}

/** What finds of one cause have in common, as far as can be told without shrinking them: the same explanation, or the same rule. */
function keyOf({ trace, failure }: KernelFind): string {
  const { explainedBy, explainedTogether } = failure;
  if (explainedBy !== undefined) return `${explainedBy.join()} ${explainedTogether}`;
  const operation = OP_NAMES[trace.ops[failure.step * OP_WIDTH]];
  return `${failure.kind} ${failure.rule} ${operation} ${failure.text}`;
}

/** Finds on a kernel, in groups. */
export class Disagreements {
  readonly #groups = new Map<string, Group>();

  /** How many groups there are. */
  get kinds(): number {
    return this.#groups.size;
  }

  add(find: KernelFind): void {
    this.addAs(keyOf(find), find);
  }

  addAs(key: string, find: KernelFind): void {
    const group = this.#groups.get(key);
    const shorter = group === undefined || find.failure.step < group.find.failure.step;
    this.#groups.set(key, { key, find: shorter ? find : group.find, count: (group?.count ?? 0) + 1 });
  }

  /** The groups, those seen most often first. */
  all(): Group[] {
    return [...this.#groups.values()].sort((a, b) => b.count - a.count);
  }
}

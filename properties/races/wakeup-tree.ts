import type { Footprints } from './footprints.js';

/** A step that is to be tried, and what is to come after it. */
export interface Wakeup {
  readonly task: number;
  readonly footprint: number;
  readonly children: Wakeup[];
}

/** A sequence of steps that is to be tried from some state on. */
export class WakeupSequence {
  readonly #tasks: number[] = [];
  readonly #footprints: number[] = [];

  clear(): void {
    this.#tasks.length = 0;
    this.#footprints.length = 0;
  }

  push(task: number, footprint: number): void {
    this.#tasks.push(task);
    this.#footprints.push(footprint);
  }

  /**
   * Whether the sequence could as well begin with this task's next step, which has this footprint in the beginning (a weak initial).
   * That is more than the sequence knows of a step that waits for a lock: what it would do with it.
   */
  canBeginWith(task: number, footprint: number, among: Footprints): boolean {
    const at = this.#tasks.indexOf(task);
    const end = at < 0 ? this.#tasks.length : at;
    for (let i = 0; i < end; i++) if (among.dependent(this.#footprints[i], footprint)) return false;
    return true;
  }

  /**
   * Put the sequence into the tree, unless what is in it covers it.
   * @returns whether it was put in
   */
  insertInto(tree: Wakeup[], among: Footprints): boolean {
    let children = tree;
    for (;;) {
      const found = children.find(({ task, footprint }) => this.canBeginWith(task, footprint, among));
      if (found === undefined) break;
      const at = this.#tasks.indexOf(found.task);
      if (at >= 0) {
        this.#tasks.splice(at, 1);
        this.#footprints.splice(at, 1);
      }
      if (found.children.length === 0) return false;
      children = found.children;
    }
    for (let i = 0; i < this.#tasks.length; i++) {
      const wakeup: Wakeup = { task: this.#tasks[i], footprint: this.#footprints[i], children: [] };
      children.push(wakeup);
      children = wakeup.children;
    }
    return true;
  }
}

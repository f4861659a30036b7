import { DEADLOCK } from '#properties/races/dpor';
import type { Runnable } from '#properties/races/execute';
import type { RaceFailure } from '#properties/races/race-failure';
import { Litmus } from './litmus.js';

/** A litmus program in which a schedule fails when these steps come in this order: "0.1" is the second step of the first task. */
export class Planted implements Runnable {
  readonly steps: Litmus;
  readonly #order: readonly string[];

  constructor(order: readonly string[], ...program: string[]) {
    this.steps = new Litmus(...program);
    this.#order = order;
  }

  begin(): void {
    this.steps.begin();
  }

  failureOf(end: number): RaceFailure | undefined {
    const seen = this.steps.tasks;
    const count = new Array<number>(seen).fill(0);
    const names = this.steps.done.map((task) => `${task}.${count[task]++}`);
    const places = this.#order.map((step) => names.indexOf(step));
    const inOrder = places.every((place, i) => place >= 0 && (i === 0 || place > places[i - 1]));
    if (end === DEADLOCK) return { kind: 'deadlock', rule: 'deadlock', text: '', detail: '' };
    return inOrder && places.length > 0
      ? {
          kind: 'order',
          rule: 'planted',
          text: 'The planted order does not come.',
          detail: this.#order.join(' '),
        }
      : undefined;
  }
}

import type { Machine } from '../../model/interleaving/machine.js';

/** Which points of the source were met while a task was suspended at which other: pairs of them, in both orders. */
export class PairCoverage {
  readonly #sites: number;
  readonly #pairs: Uint8Array;
  readonly #reached: Uint8Array;

  /** @param sites how many points there are */
  constructor(sites: number) {
    this.#sites = sites;
    this.#pairs = new Uint8Array(sites * sites);
    this.#reached = new Uint8Array(sites);
  }

  /** The task is about to go on from its point (-1: none is). */
  note(machine: Machine, task: number): void {
    if (task < 0) return;
    const { lanes } = machine;
    const { site } = lanes[task];
    if (site < 0) return;
    this.#reached[site] = 1;
    for (let t = 0; t < lanes.length; t++) {
      const other = lanes[t].site;
      if (t !== task && other >= 0) this.#pairs[other * this.#sites + site] = 1;
    }
  }

  get points(): number {
    return this.#sites;
  }

  get reached(): number {
    return sum(this.#reached);
  }

  /** Pairs (a, b): a task went on from b while another was suspended at a. */
  get pairs(): number {
    return sum(this.#pairs);
  }

  /** Points that no task was suspended at. */
  unreached(): number[] {
    return [...this.#reached.keys()].filter((site) => this.#reached[site] === 0);
  }

  /** Points that were reached, but never with another task suspended in the middle of an operation. */
  alone(): number[] {
    return [...this.#reached.keys()].filter((site) => this.#reached[site] !== 0 && !this.#beside(site));
  }

  #beside(site: number): boolean {
    for (let other = 0; other < this.#sites; other++)
      if (this.#pairs[other * this.#sites + site] !== 0) return true;
    return false;
  }
}

function sum(flags: Uint8Array): number {
  return flags.reduce((total, flag) => total + flag, 0);
}

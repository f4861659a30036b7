import { sameFds, sameStretches } from './alike.js';
import { type Likeness, UNCHANGED } from './arrangement.js';
import type { Side } from './side.js';
import type { Signatures } from './signatures.js';
import type { Symmetry } from './symmetry.js';

/** Numbers of permutations, by process. */
interface Within {
  readonly fds: readonly number[];
  readonly stretches: readonly number[];
}

/**
 * Finds the renamings that can give the least form of a state: those that put what the state's things are like into order. Where things
 * are not alike there is one, of however many.
 */
export class LeastRenamings {
  readonly #symmetry: Symmetry;
  readonly #sides: readonly Side[];
  readonly #fds: readonly Likeness[];
  readonly #stretches: readonly Likeness[];

  constructor(symmetry: Symmetry, signatures: Signatures, sides: readonly Side[]) {
    this.#symmetry = symmetry;
    this.#sides = sides;
    const { slots } = symmetry;
    this.#fds = symmetry.fds.map((_, p) => ({
      compare: (a, b) => signatures.compareFds(p, a, b),
      same: (a, b) => sameFds(sides, p, a, b),
    }));
    this.#stretches = symmetry.stretches.map((_, p) => ({
      compare: (a, b) => signatures.compareStretches(p, slots[a].start, slots[b].start, slots[a].length),
      same: (a, b) => sameStretches(sides, p, slots[a].start, slots[b].start, slots[a].length),
    }));
  }

  /** Numbers of the renamings to try for the state that the sides are in, and that the signatures were taken of. */
  find(): number[] {
    const { procs, users } = this.#symmetry;
    const within = this.#within();
    const numbers: number[] = [];
    for (let proc = 0; proc < procs.length; proc++)
      for (let user = 0; user < users.length; user++)
        for (const { fds, stretches } of within)
          numbers.push(this.#symmetry.number(proc, user, fds, stretches));
    return numbers;
  }

  /** What is within processes: of each its descriptors and its stretches, in order. */
  #within(): Within[] {
    const { fds, stretches } = this.#symmetry;
    const { alive } = this.#sides[0].world.task;
    let made: Within[] = [{ fds: [], stretches: [] }];
    for (let p = 0; p < fds.length; p++) {
      // Names within a dead process: there are none.
      const lives = alive[p] !== 0;
      const ofFds = lives ? fds[p].sorted(this.#fds[p]) : UNCHANGED;
      const ofStretches = lives ? stretches[p].sorted(this.#stretches[p]) : UNCHANGED;
      made = made.flatMap((one) =>
        ofFds.flatMap((fd) =>
          ofStretches.map((stretch) => ({
            fds: [...one.fds, fd],
            stretches: [...one.stretches, stretch],
          })),
        ),
      );
    }
    return made;
  }
}

import type { Machine } from '../../model/interleaving/machine.js';
import { dirty, log, run } from '../../model/interleaving/tracking.js';
import { Footprints, mix, NO_LOCK } from './footprints.js';
import type { Steps } from './steps.js';
import { LIFE, LOCK, OWN, Words } from './words.js';

/** The tasks of a machine, for a scheduler: what each step touches, and whether that had been freed. */
export class MachineSteps implements Steps {
  readonly footprints: Footprints;
  readonly words: Words;
  failed = false;
  /** The object (see `Words`) that the last step used after it was freed, or 0. */
  usedFreed = 0;
  readonly #machine: Machine;
  readonly #raw = new Int32Array(log.length);
  /** The lock that each task shares, or NO_LOCK. */
  readonly #shares: Int32Array;
  /** Objects (see `Words`) that were freed in this run. */
  readonly #gone: number[] = [];
  /** By footprint: objects whose memory it touches, and words that tell of a life. */
  readonly #touched: Int32Array[] = [];
  readonly #lives: Int32Array[] = [];

  constructor(machine: Machine) {
    this.#machine = machine;
    this.words = new Words(machine.world);
    const { kind } = this.words;
    this.footprints = new Footprints((word) => kind[word] === LOCK);
    this.#shares = new Int32Array(machine.lanes.length).fill(NO_LOCK);
  }

  get tasks(): number {
    return this.#machine.lanes.length;
  }

  begin(): void {
    this.#machine.begin();
    this.#shares.fill(NO_LOCK);
    this.#gone.length = 0;
    this.failed = false;
    this.usedFreed = 0;
  }

  over(task: number): boolean {
    return this.#machine.lanes[task].over;
  }

  enabled(task: number): boolean {
    return this.#machine.enabled(task);
  }

  step(task: number): number {
    const machine = this.#machine;
    const { wanted, shared } = machine.lanes[task];
    machine.step(task);
    if (run.logged > log.length) throw new Error('a step of more accesses than can be told');
    const id = this.#number(task, wanted, shared);
    this.#look_for_uses(id);
    this.#note_ends(id);
    if (this.usedFreed !== 0 || machine.hung >= 0 || machine.world.sys.warned[0] !== 0) this.failed = true;
    return id;
  }

  again(task: number, footprint: number): void {
    const lane = this.#machine.lanes[task];
    const { wanted, shared } = lane;
    this.#machine.step(task);
    this.#follow_shares(task, wanted, shared, footprint);
    this.#note_ends(footprint);
  }

  waiting(task: number): number {
    const { wanted, shared } = this.#machine.lanes[task];
    this.#raw[0] = wanted * 2 + (shared ? 0 : 1);
    return this.#footprint(1, mix(wanted, this.#raw[0]), wanted, shared, true);
  }

  /** Whether the words that were written show what they showed before. */
  get stateHash(): number {
    const { world, initial } = this.#machine;
    const { words } = world;
    const { kind } = this.words;
    let a = 0;
    let b = 0;
    for (let i = 0; i < run.dirtied; i++) {
      const word = dirty[i];
      const value = words[word];
      if (value === initial[word] || kind[word] === OWN) continue;
      const mixed = mix(mix(word, value), word);
      a = a ^ mixed;
      b = b ^ Math.imul(mixed ^ (mixed >>> 15), 0x2c1b3c6d);
    }
    return (a >>> 0) * 0x200000 + ((b >>> 0) & 0x1fffff);
  }

  #number(task: number, wanted: number, shared: boolean): number {
    const raw = this.#raw;
    const { kind } = this.words;
    const share = shared && wanted !== NO_LOCK ? wanted : this.#shares[task];
    const { logged } = run;
    let hash = mix(wanted, shared ? 1 : 0);
    let n = 0;
    let changes = 0;
    for (let i = 0; i < logged; i++) {
      let access = log[i];
      if (kind[access >> 1] === OWN) continue;
      if (access >> 1 === share) {
        changes += access & 1;
        access &= ~1;
      }
      raw[n++] = access;
      hash = mix(hash, access);
    }
    this.#shares[task] = changes === (share === wanted ? 1 : 0) ? share : NO_LOCK;
    const keeps =
      wanted !== NO_LOCK &&
      (shared ? this.#shares[task] === wanted : this.#machine.world.words[wanted] !== 0);
    return this.#footprint(n, hash, wanted, shared && wanted !== NO_LOCK, keeps);
  }

  /** The number of the footprint of these accesses, the first ones of `#raw`, and what it means to objects that are freed. */
  #footprint(n: number, hash: number, takes: number, shared: boolean, keeps: boolean): number {
    const id = this.footprints.number(this.#raw, n, hash, takes, shared, keeps);
    if (id === this.#touched.length) this.#describe(id);
    return id;
  }

  /** As `#number` does, for a step whose footprint is known. */
  #follow_shares(task: number, wanted: number, shared: boolean, footprint: number): void {
    if (shared && wanted !== NO_LOCK)
      this.#shares[task] = this.footprints.all[footprint].keeps ? wanted : NO_LOCK;
    else if (this.#shares[task] !== NO_LOCK && this.footprints.touches(footprint, this.#shares[task]))
      this.#shares[task] = NO_LOCK;
  }

  #describe(id: number): void {
    const { owner, kind } = this.words;
    const { accesses } = this.footprints.all[id];
    this.#touched.push(Int32Array.from(new Set(accesses.map((access) => owner[access >> 1]))));
    const lives = accesses.filter((access) => kind[access >> 1] === LIFE && (access & 1) === 1);
    this.#lives.push(lives.map((access) => access >> 1));
  }

  #look_for_uses(id: number): void {
    for (const object of this.#gone) if (this.#touched[id].includes(object)) this.usedFreed = object;
  }

  /** Objects that the step has freed. Their rows are used for nothing else in this run. */
  #note_ends(id: number): void {
    const { world } = this.#machine;
    for (const word of this.#lives[id]) {
      if (world.words[word] === 0) this.#gone.push(this.words.lifeOf(world, word));
    }
  }
}

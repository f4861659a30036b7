import { OBS_WIDTH, OP_WIDTH } from '../alphabet/bounds.js';
import type { Charge } from '../kernel/core-kernel.js';
import type { World } from '../kernel/world.js';
import type { Suspended } from './derived.js';

/** A task: its operations, how far it is, and what only it can see. */
export class Lane {
  /** Of each operation; complete up to `next`. */
  readonly observations: readonly Int32Array[];
  /** The operation that is under way or comes next. */
  next = 0;
  running: Suspended | undefined;
  /** Where it is suspended: a number of `Derived.sites`, or BETWEEN. */
  site = -1;
  /** The word of the lock that it waits for, or -1, and whether it would share it. */
  wanted = -1;
  shared = false;
  over = false;
  /** Of each operation: the steps of the run, from 1, in which it began and ended; 0: not yet. */
  readonly begun: Int32Array;
  readonly ended: Int32Array;
  readonly #registers = new Int32Array(6);

  /**
   * @param number from 0
   * @param free first of its free pages, + 1
   */
  constructor(
    readonly number: number,
    readonly ops: Int32Array,
    readonly free: number,
  ) {
    this.begun = new Int32Array(ops.length / OP_WIDTH);
    this.ended = new Int32Array(ops.length / OP_WIDTH);
    this.observations = Array.from({ length: ops.length / OP_WIDTH }, () => new Int32Array(OBS_WIDTH));
  }

  begin(): void {
    this.next = 0;
    this.running = undefined;
    this.site = -1;
    this.wanted = -1;
    this.over = this.ops.length === 0;
    this.begun.fill(0);
    this.ended.fill(0);
    const registers = this.#registers;
    registers.fill(0);
    registers[0] = this.ops[1] + 1;
    registers[3] = this.free;
  }

  save(sys: World['sys'], charge: Charge): void {
    const registers = this.#registers;
    registers[0] = sys.current[0];
    registers[1] = sys.inject_site[0];
    registers[2] = sys.inject_left[0];
    registers[3] = sys.free_page[0];
    registers[4] = charge.user;
    registers[5] = charge.pinned;
  }

  restore(sys: World['sys'], charge: Charge): void {
    const registers = this.#registers;
    sys.current[0] = registers[0];
    sys.inject_site[0] = registers[1];
    sys.inject_left[0] = registers[2];
    sys.free_page[0] = registers[3];
    charge.user = registers[4];
    charge.pinned = registers[5];
  }
}

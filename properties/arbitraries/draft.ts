import { OP_WIDTH } from '../../model/alphabet/bounds.js';
import type { SequenceView } from '../../model/alphabet/specification.js';
import { AuxPlan } from './aux-plan.js';
import { KnownState } from './known-state.js';
import type { Profile } from './profile.js';
import { Swarm } from './swarm.js';
import { Xoroshiro } from './xoroshiro.js';

/** Everything that drawing one operation needs: where it is packed, who does it, and what is known of the state. */
export class Draft {
  readonly rng = new Xoroshiro();
  readonly known: KnownState;
  readonly swarm: Swarm;
  readonly aux = new AuxPlan();
  /** Flags of `open` that are worth drawing in this environment. */
  openFlags: number;
  /** The process that does the operation. It lives. */
  proc = 0;
  #ops: Int32Array = new Int32Array(OP_WIDTH);
  #at = 0;

  constructor(profile: Profile, view: SequenceView) {
    this.known = new KnownState(view);
    this.swarm = new Swarm(profile);
    this.openFlags = profile.openFlags;
  }

  /** The operation will be packed at `ops[at]`. */
  begin(ops: Int32Array, at: number): void {
    this.#ops = ops;
    this.#at = at;
  }

  /** Pack the operation: kind, this process, operands in order; those that it has not are 0. */
  put(kind: number, a = 0, b = 0, c = 0, d = 0, e = 0, f = 0): true {
    const ops = this.#ops;
    const at = this.#at;
    ops[at] = kind;
    ops[at + 1] = this.proc;
    ops[at + 2] = a;
    ops[at + 3] = b;
    ops[at + 4] = c;
    ops[at + 5] = d;
    ops[at + 6] = e;
    ops[at + 7] = f;
    return true;
  }

  /** One bit of a mask of flags, in 256ths. */
  flag(bit: number, of256: number): number {
    return this.rng.chance(of256) ? bit : 0;
  }
}

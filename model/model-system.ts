import { BOUND, HANG, SKIP } from './alphabet/observations.js';
import { OP } from './alphabet/operations.js';
import type { Env, System } from './alphabet/system.js';
import { NEVER_RETURNS, TABLE_FULL } from './kernel/stop.js';
import { type Design, World } from './kernel/world.js';
import { HANDLERS } from './syscalls/handlers.js';
import { names_nothing } from './syscalls/skip.js';

/** A design of perf's mapping in the modelled kernel, as a System. */
export class ModelSystem implements System {
  readonly id: string;
  readonly world: World;

  constructor(design: Design) {
    this.id = design.id;
    this.world = new World(design);
  }

  reset(env: Env): void {
    this.world.reset(env);
  }

  step(ops: Int32Array, at: number, obs: Int32Array): void {
    const w = this.world;
    obs[1] = 0;
    if (names_nothing(w, ops, at)) obs[0] = SKIP;
    else this.#run(w, ops, at, obs);
    if (ops[at] !== OP.inject) w.sys.inject_site[0] = 0;
  }

  #run(w: World, ops: Int32Array, at: number, obs: Int32Array): void {
    const proc = ops[at + 1];
    w.sys.current[0] = proc + 1;
    try {
      obs[0] = HANDLERS[ops[at]](
        w,
        proc,
        ops[at + 2],
        ops[at + 3],
        ops[at + 4],
        ops[at + 5],
        ops[at + 6],
        ops[at + 7],
        obs,
      );
    } catch (stop) {
      if (stop === TABLE_FULL) obs[0] = BOUND;
      else if (stop === NEVER_RETURNS) obs[0] = HANG;
      else throw stop;
    }
  }
}

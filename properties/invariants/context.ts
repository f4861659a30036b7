import type { World } from '../../model/kernel/world.js';
import { BeforeMmap } from './before-mmap.js';
import { Census } from './census.js';
import type { Context } from './invariant.js';

/** What invariants of this model look at: made once, used for every operation. */
export function contextOf(world: World): Context {
  return {
    w: world,
    census: new Census(),
    before: new BeforeMmap(world),
    ops: new Int32Array(0),
    at: 0,
    obs: new Int32Array(0),
    looked: 0,
    address: 0,
    subject: 0,
    found: 0,
    expected: 0,
  };
}

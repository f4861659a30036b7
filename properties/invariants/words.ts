import { ARENA_PAGES } from '../../model/alphabet/bounds.js';
import { mmOf } from '../../model/kernel/world.js';

/** "process 0, page 3" of an address. */
export function place(address: number): string {
  return `process ${mmOf(address)}, page ${address % ARENA_PAGES}`;
}

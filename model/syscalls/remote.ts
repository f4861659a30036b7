import { ERRNO } from '../alphabet/errno.js';
import type { World } from '../kernel/world.js';

/**
 * May one process reach into another's memory (__ptrace_may_access)? They must run as the same user; both can raise
 * the same capabilities.
 * @returns 0 or -EPERM
 */
export function ptrace_may_access(w: World, proc: number, target: number): number {
  return w.task.user[proc] === w.task.user[target] ? 0 : -ERRNO.EPERM;
}

import { execute, following, type Runnable } from './execute.js';

/**
 * A schedule that passes and begins like the failing one for as long as can be: the last step at which another choice, with no switch
 * after it that is not forced, helps.
 */
export function nearestPassing(race: Runnable, failing: readonly number[]): readonly number[] | undefined {
  for (let at = failing.length - 1; at >= 0; at--) {
    for (let task = 0; task < race.steps.tasks; task++) {
      if (task === failing[at]) continue;
      // One that cannot go on leaves the choice to those that can, which are tried as well.
      const { schedule, failure } = execute(race, following([...failing.slice(0, at), task]));
      if (failure === undefined) return schedule;
    }
  }
  return undefined;
}

import type { Steps } from '#properties/races/steps';

/** A step of a schedule. */
interface Done {
  readonly task: number;
  readonly footprint: number;
}

/** What happens before what, the slow way: the transitive closure over all pairs. */
function classOf(steps: Steps, schedule: readonly Done[]): string {
  const before = schedule.map(() => new Set<number>());
  schedule.forEach((later, k) => {
    for (let j = 0; j < k; j++) {
      const earlier = schedule[j];
      if (earlier.task !== later.task && !steps.footprints.dependent(earlier.footprint, later.footprint))
        continue;
      before[k].add(j);
      for (const i of before[j]) before[k].add(i);
    }
  });
  const name = (k: number): string => {
    const { task } = schedule[k];
    return `${task}.${schedule.slice(0, k).filter((each) => each.task === task).length}`;
  };
  return schedule
    .map((_, k) => `${name(k)}<${[...before[k]].map(name).sort().join(',')}`)
    .sort()
    .join(' ');
}

/** Every schedule there is, grouped by what happens before what. @returns how many schedules, and the classes */
export function bruteForce(steps: Steps, most = 1_000_000): { schedules: number; classes: Set<string> } {
  const classes = new Set<string>();
  let schedules = 0;
  const path: number[] = [];
  for (;;) {
    steps.begin();
    const done: Done[] = [];
    const choices: number[][] = [];
    for (let k = 0; ; k++) {
      const enabled = Array.from({ length: steps.tasks }, (_, t) => t).filter((t) => steps.enabled(t));
      if (enabled.length === 0) break;
      const task = k < path.length ? path[k] : enabled[0];
      choices.push(enabled);
      if (k >= path.length) path.push(task);
      done.push({ task, footprint: steps.step(task) });
    }
    schedules++;
    if (schedules > most) throw new Error('too many schedules');
    classes.add(classOf(steps, done));
    for (;;) {
      if (path.length === 0) return { schedules, classes };
      const last = path[path.length - 1];
      const next = choices[path.length - 1].find((t) => t > last);
      path.pop();
      if (next === undefined) continue;
      path.push(next);
      break;
    }
  }
}

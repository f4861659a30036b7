import type { RaceStep, RaceStory } from '../../model/interleaving/story.js';
import { statusName } from '../../model/trace/observation-json.js';
import { operationsToJson } from '../../model/trace/operation-json.js';
import type { Outcome } from '../outcome.js';
import { callText } from '../terminal/call.js';
import { certificateText } from '../terminal/race.js';
import type { ShownRaces } from '../terminal/race-summary.js';
import type { RaceResult } from './race.js';
import { aboutRun, type RunAbout } from './write.js';

type Race = RaceResult['races'][number];
type Step = Race['fails']['steps'][number];

const callsOf = (ops: Int32Array): string[] =>
  operationsToJson(ops).map((json) => `P${json.proc} ${callText(json)}`);

function stepOf(story: RaceStory, { task, operation, call, at, holds, status }: RaceStep): Step {
  const begun = `begins ${callsOf(story.plan.tasks[task])[operation]}`;
  const place = at === undefined ? '' : ` (${at})`;
  const ended = status === undefined ? '' : ` = ${statusName(status)}`;
  return {
    task,
    text: `${call ?? begun}${place}${ended}`,
    holds: holds.map((lock) => story.locks[lock]),
  };
}

/** What is wrong, where it shows. */
function wrongOf({ detail, atEnd, waiting, locks }: RaceStory): string {
  const waits = waiting.map(({ task, lock }) => `task ${task + 1} waits for ${locks[lock]}`);
  return [`${atEnd ? 'at the end: ' : ''}${detail}`, ...waits].join('; ');
}

function raceOf(story: RaceStory): Race {
  const { rule, text, plan, steps, passing, token } = story;
  const last = steps.length - 1;
  const certificate = certificateText(story);
  return {
    rule,
    text,
    before: callsOf(plan.prefix),
    tasks: plan.tasks.map((ops) => callsOf(ops).join('; ')),
    fails: {
      token,
      steps: steps.map((step, i) => ({
        ...stepOf(story, step),
        ...(i === last ? { wrong: wrongOf(story) } : {}),
      })),
    },
    ...(passing === undefined ? {} : { passes: { steps: passing.map((step) => stepOf(story, step)) } }),
    ...(certificate === undefined ? {} : { certificate }),
  };
}

/**
 * What `mapahead race` came to.
 * @param points where tasks can be suspended, by number
 */
export function racesToResult(
  about: RunAbout,
  races: ShownRaces,
  outcome: Outcome,
  stories: readonly RaceStory[],
  points: readonly { readonly at: string; readonly call: string }[],
): RaceResult {
  const { design, mode, counts, coverage, cut } = races;
  const complete = mode === 'dpor' && cut === undefined && counts.closed + counts.unfit === counts.plans;
  const named = (sites: readonly number[]): string[] => sites.map((site) => points[site].at);
  return {
    ...aboutRun(about),
    kind: 'race',
    design,
    mode,
    outcome,
    plans: counts.plans,
    schedules: counts.schedules,
    ...(mode === 'dpor' ? { classes: counts.classes } : {}),
    complete,
    ...(cut === undefined ? {} : { cut }),
    pairs: { seen: coverage.pairs, of: coverage.reached ** 2 },
    neverInterleaved: named(coverage.alone()),
    neverReached: named(coverage.unreached()),
    races: stories.map(raceOf),
  };
}

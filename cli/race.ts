import { type Derived, loadDerived } from '../model/interleaving/derived.js';
import type { RaceStory } from '../model/interleaving/story.js';
import { VERSION } from '../model/trace/version.js';
import { allPlans, type NamedPlan, PlanError, parsePlan, triplePlans } from '../properties/races/plans.js';
import { type Mode, type RaceLimits, type RaceResult, searchRaces } from '../properties/races/search.js';
import { EXIT_CODE, type Outcome } from '../reports/outcome.js';
import { racesToResult } from '../reports/results/from-race.js';
import { raceStory } from '../reports/terminal/race.js';
import { raceSummary } from '../reports/terminal/race-summary.js';
import { line, span } from '../reports/terminal/text.js';
import { certifyMs } from './certify.js';
import { raceCommand } from './command-line.js';
import { type NumberRange, parseNumber, SECONDS, SEED } from './numbers.js';
import { Publisher } from './publisher.js';
import { designOf } from './race-design.js';
import type { RaceFlags } from './race-flags.js';
import { raceToJson, toldRace } from './race-found.js';
import { raceProgress } from './race-progress.js';
import { print, type Terminal, tell } from './terminal.js';
import { UsageError } from './usage-error.js';

const MODES: readonly Mode[] = ['dpor', 'pct', 'bounded'];
const BUDGET: NumberRange = { min: 1, max: 1_000_000_000 };
const DEPTH: NumberRange = { min: 1, max: 20 };
/** Schedules of one plan, where nobody says: DPOR ends by itself long before, in nearly every plan. */
const SCHEDULES: Readonly<Record<Mode, string>> = { dpor: '100000', pct: '200', bounded: '100000' };
const DEPTHS: Readonly<Record<Mode, string>> = { dpor: '1', pct: '3', bounded: '2' };

function modeOf(text: string): Mode {
  const mode = MODES.find((each) => each === text);
  if (mode === undefined) throw new UsageError(`--mode: write one of ${MODES.join(', ')}`);
  return mode;
}

function plansOf(texts: readonly string[] | undefined, three: boolean): NamedPlan[] {
  if (texts === undefined) return three ? triplePlans() : allPlans();
  if (three) throw new UsageError('--three: --tasks says already what is run');
  try {
    return texts.map((text) => parsePlan(text));
  } catch (error) {
    throw error instanceof PlanError ? new UsageError(`--tasks: ${error.message}`) : error;
  }
}

function limitsOf(flags: RaceFlags): Omit<RaceLimits, 'signal' | 'onProgress'> {
  const mode = modeOf(flags.mode);
  return {
    mode,
    schedules: parseNumber('--budget', flags.budget ?? SCHEDULES[mode], BUDGET),
    timeMs:
      flags.time === undefined ? Number.POSITIVE_INFINITY : 1000 * parseNumber('--time', flags.time, SECONDS),
    depth: parseNumber('--depth', flags.depth ?? DEPTHS[mode], DEPTH),
    seed:
      flags.seed === undefined
        ? Math.floor(Math.random() * 2 ** 32)
        : parseNumber('--seed', flags.seed, SEED),
    all: flags.all === true,
  };
}

function verdictOf({ found, cut, counts }: RaceResult): Outcome {
  if (cut === 'interrupted') return 'interrupted';
  if (found.length > 0) return 'failed';
  return counts.plans > counts.unfit ? 'passed' : 'not-run';
}

/** What `--json` prints. */
function toJson(result: RaceResult, stories: readonly RaceStory[], derived: Derived): object {
  const { coverage, found, brokenAnyway, ...rest } = result;
  return {
    format: 'mapahead-race',
    version: 1,
    madeBy: VERSION,
    outcome: verdictOf(result),
    ...rest,
    brokenAnyway: Object.fromEntries(brokenAnyway),
    coverage: {
      points: coverage.points,
      reached: coverage.reached,
      pairs: coverage.pairs,
      never: coverage.unreached().map((site) => derived.sites[site].at),
    },
    races: stories.map((story, i) => ({ plan: found[i].plan.name, ...raceToJson(story) })),
  };
}

/**
 * `mapahead race`: tasks beside each other, in every schedule or in random ones.
 * @returns the exit code
 * @throws UsageError for wrong options
 */
export async function race(flags: RaceFlags, terminal: Terminal, signal: AbortSignal): Promise<number> {
  const limits = limitsOf(flags);
  const plans = plansOf(flags.tasks, flags.three === true);
  const options = { certifyMs: certifyMs(flags.certify), signal, terminal };
  const derived = await loadDerived();
  const design = designOf(derived, flags.design);
  tell(terminal, [
    [span(`mapahead ${VERSION}  `, 'strong'), span(`interleaves tasks on ${design.id}`)],
    line(`${plans.length} plan(s), ${limits.mode}, seed ${limits.seed}`),
  ]);
  const command = raceCommand(flags, limits.seed);
  const publisher = await Publisher.open(flags, `race-${design.id}`, command, terminal);
  const { started } = publisher;
  try {
    const onProgress = raceProgress(terminal, plans.length);
    const result = await searchRaces(derived, design, plans, { ...limits, signal, onProgress });
    const stories: RaceStory[] = [];
    for (const found of result.found) stories.push(await toldRace(derived, design, found, options));
    const outcome = verdictOf(result);
    if (publisher.isWanted) {
      const about = { started, seconds: (Date.now() - started.getTime()) / 1000, command };
      await publisher.publish(racesToResult(about, result, outcome, stories, derived.sites));
    }
    if (flags.json === true)
      terminal.out.write(`${JSON.stringify(toJson(result, stories, derived), null, 2)}\n`);
    else {
      for (const story of stories) print(terminal, [line(), ...raceStory(story), line()]);
      print(terminal, raceSummary(result, plans.length, derived.sites));
    }
    return EXIT_CODE[outcome];
  } finally {
    await publisher.close();
  }
}

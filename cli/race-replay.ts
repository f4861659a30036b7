import { loadDerived } from '../model/interleaving/derived.js';
import { decodeRaceToken } from '../model/trace/race-token.js';
import { VERSION } from '../model/trace/version.js';
import { execute, following } from '../properties/races/execute.js';
import { Race } from '../properties/races/race.js';
import { tellRace } from '../properties/races/tell.js';
import { EXIT_CODE } from '../reports/outcome.js';
import { raceStory } from '../reports/terminal/race.js';
import { line, span } from '../reports/terminal/text.js';
import { certifyMs } from './certify.js';
import { designOf } from './race-design.js';
import { raceToJson, toldRace } from './race-found.js';
import type { ReplayFlags } from './replay.js';
import { print, type Terminal, tell } from './terminal.js';
import { UsageError } from './usage-error.js';

/** A plan on a design. @throws UsageError it cannot be run */
function ready(...of: ConstructorParameters<typeof Race>): Race {
  try {
    return new Race(...of);
  } catch (error) {
    throw error instanceof RangeError ? new UsageError(`this race cannot be run: ${error.message}`) : error;
  }
}

/**
 * `mapahead replay` of a race token: its schedule again, exactly.
 * @returns the exit code
 * @throws TraceError, UsageError when it cannot be read, or names no design that is there
 */
export async function replayRace(
  token: string,
  flags: ReplayFlags,
  terminal: Terminal,
  signal: AbortSignal,
): Promise<number> {
  const said = decodeRaceToken(token);
  const options = { certifyMs: certifyMs(flags.certify), signal, terminal };
  const derived = await loadDerived();
  const design = designOf(derived, flags.system ?? said.system);
  const again = ready(derived, design, said.plan);
  const { failure, schedule } = execute(again, following(said.schedule));
  const exact =
    schedule.length === said.schedule.length && schedule.every((task, i) => task === said.schedule[i]);
  const found = failure && { plan: { name: '', plan: said.plan }, schedule, failure };
  const story =
    found === undefined || options.certifyMs === undefined
      ? tellRace(again, said.schedule)
      : await toldRace(derived, design, found, options);
  const outcome = story === undefined ? 'passed' : 'failed';
  if (flags.json === true) {
    const races = story === undefined ? [] : [raceToJson(story)];
    const replayed = { format: 'mapahead-race', version: 1, madeBy: VERSION, outcome, design: design.id };
    terminal.out.write(`${JSON.stringify({ ...replayed, exact, races }, null, 2)}\n`);
  } else if (story === undefined)
    print(terminal, [[span('passed  ', 'good'), span(`${design.id}: nothing is wrong with this schedule`)]]);
  else print(terminal, raceStory(story));
  if (!exact) tell(terminal, [line('this design went another way than the schedule says', 'warn')]);
  return EXIT_CODE[outcome];
}

import type { Design } from '../model/designs/design.js';
import type { Derived } from '../model/interleaving/derived.js';
import type { RaceStory } from '../model/interleaving/story.js';
import { certifyRace } from '../properties/races/certify-race.js';
import { switches } from '../properties/races/execute.js';
import { Race } from '../properties/races/race.js';
import type { FoundRace } from '../properties/races/search.js';
import { RaceShrinker } from '../properties/races/shrink-race.js';
import { operationsOf } from '../properties/races/smaller-plans.js';
import { tellRace } from '../properties/races/tell.js';
import { line } from '../reports/terminal/text.js';
import { type Terminal, tell } from './terminal.js';

/** How a race is made ready to be told. */
export interface FoundOptions {
  /** Milliseconds for a certificate, if one is asked for (`--certify`). */
  readonly certifyMs: number | undefined;
  readonly signal: AbortSignal;
  readonly terminal: Terminal;
}

/** A race that was found: shrunk, certified if that is asked for, and told. */
export async function toldRace(
  derived: Derived,
  design: Design,
  found: FoundRace,
  { certifyMs, signal, terminal }: FoundOptions,
): Promise<RaceStory> {
  if (certifyMs !== undefined)
    tell(terminal, [
      line(
        `${found.failure.rule}: searching for it in all that is smaller, up to ${certifyMs / 1000} s`,
        'faint',
      ),
    ]);
  const smaller =
    certifyMs === undefined
      ? { ...new RaceShrinker(derived, design).shrink(found), certificate: undefined }
      : await certifyRace(derived, design, found, { timeMs: certifyMs, signal });
  const { plan, executed, schedules, certificate } = smaller;
  const operations = operationsOf(found.plan.plan);
  const shrunk = { operations, switches: switches(found.schedule), schedules };
  const more = { shrunk, ...(certificate === undefined ? {} : { certificate }) };
  const story = tellRace(new Race(derived, design, plan), executed.schedule, more);
  if (story === undefined) throw new Error('a race that was shrunk is none any more');
  return story;
}

/** What `--json` has of a race. */
export function raceToJson({ rule, text, detail, token, shrunk, certificate }: RaceStory): object {
  return { rule, text, detail, token, shrunk, certificate };
}

// Races that were found, shrunk and certified by the real search.
import { loadDerived } from '#model/interleaving/derived';
import type { RaceStory } from '#model/interleaving/story';
import { certifyRace } from '#properties/races/certify-race';
import { switches } from '#properties/races/execute';
import { parsePlan } from '#properties/races/plans';
import { Race } from '#properties/races/race';
import { type RaceResult as Searched, searchRaces } from '#properties/races/search';
import { operationsOf } from '#properties/races/smaller-plans';
import { tellRace } from '#properties/races/tell';
import { racesToResult } from '#reports/results/from-race';
import type { RaceResult } from '#reports/results/race';
import { ABOUT } from './result-examples.js';

const derived = await loadDerived();

/** The first race of a design in a plan, as it is told. @param certifyMs for its certificate */
export async function storyOf(
  id: string,
  text: string,
  certifyMs = 60_000,
): Promise<{ story: RaceStory; searched: Searched }> {
  const design = [...derived.designs, ...derived.mutants.map((each) => each.design)].find(
    (each) => each.id === id,
  );
  if (design === undefined) throw new Error(`no design ${id}`);
  const limits = { mode: 'dpor', schedules: 20_000, timeMs: 60_000, seed: 1, depth: 1, all: false } as const;
  const searched = await searchRaces(derived, design, [parsePlan(text)], limits);
  const [found] = searched.found;
  if (found === undefined) throw new Error(`${id} has no race in ${text}`);
  const smaller = await certifyRace(derived, design, found, { timeMs: certifyMs });
  const { plan, executed, schedules, certificate } = smaller;
  const shrunk = { operations: operationsOf(found.plan.plan), switches: switches(found.schedule), schedules };
  const story = tellRace(new Race(derived, design, plan), executed.schedule, { shrunk, certificate });
  if (story === undefined) throw new Error('it does not fail any more');
  return { story, searched };
}

/** As a result for the report. */
export async function raceResultOf(id: string, text: string, certifyMs?: number): Promise<RaceResult> {
  const { story, searched } = await storyOf(id, text, certifyMs);
  return racesToResult(ABOUT, searched, 'failed', [story], derived.sites);
}

import { describe, expect, test } from 'vitest';
import { loadDerived } from '#model/interleaving/derived';
import { KNOWN_RACES } from '#properties/races/known-races';
import { parsePlan } from '#properties/races/plans';
import { searchRaces } from '#properties/races/search';

const derived = await loadDerived();

/** The rules that a design breaks in a plan, in any class of schedules, all of which are run. */
async function broken(id: string, text: string): Promise<readonly string[]> {
  const design = derived.designs.find((each) => each.id === id);
  if (design === undefined) throw new Error(`there is no design ${id}`);
  const limits = {
    mode: 'dpor',
    schedules: 20_000,
    timeMs: 60_000,
    seed: 1,
    depth: 0,
    all: true,
  } as const;
  const { found, cut, counts } = await searchRaces(derived, design, [parsePlan(text)], limits);
  expect(cut).toBeUndefined();
  if (design.kind === 'intended') expect(counts).toMatchObject({ plans: 1, closed: 1, unfit: 0 });
  return found.map(({ failure }) => failure.rule);
}

describe.each(KNOWN_RACES)('$id', ({ plan, rule, designs }) => {
  test.each(designs)('%s shows it', async (id) => {
    expect(await broken(id, plan)).toContain(rule);
  });

  test.each(['advance', 'demand-fault'])('%s shows nothing', async (id) => {
    expect(await broken(id, plan)).toEqual([]);
  });

  test('no other transcribed design shows it', async () => {
    const others = derived.designs.filter(({ id, kind }) => kind === 'transcribed' && !designs.includes(id));
    for (const { id } of others) expect(await broken(id, plan), id).not.toContain(rule);
  });
});

describe('no race', () => {
  test.each(['advance', 'demand-fault'])(
    '%s: who walks the events reads nothing of one that is gone',
    async (id) => {
      expect(await broken(id, 'opened: close | close | fork')).toEqual([]);
    },
  );
});

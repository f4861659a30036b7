import { beforeAll, describe, expect, test } from 'vitest';
import { type Derived, loadDerived } from '#model/interleaving/derived';
import { allPlans, type NamedPlan, PlanError, parsePlan } from '#properties/races/plans';
import { type Mode, type RaceResult, searchRaces } from '#properties/races/search';

let derived: Derived;
beforeAll(async () => {
  derived = await loadDerived();
});

const PLANS = allPlans();

async function search(
  id: string,
  plans: readonly NamedPlan[],
  mode: Mode = 'dpor',
  all = false,
): Promise<RaceResult> {
  const design = [...derived.designs, ...derived.mutants.map((each) => each.design)].find(
    (each) => each.id === id,
  );
  if (design === undefined) throw new Error(`no design ${id}`);
  const schedules = mode === 'pct' ? 50 : 100_000;
  return searchRaces(derived, design, plans, {
    mode,
    schedules,
    timeMs: Number.POSITIVE_INFINITY,
    seed: 1,
    depth: mode === 'bounded' ? 2 : 3,
    all,
  });
}

const rules = async (id: string, plan: string, mode?: Mode): Promise<string[]> =>
  (await search(id, [parsePlan(plan)], mode, true)).found.map(({ failure }) => failure.rule);

describe('mutants that need interleavings, with no hint', () => {
  const MUTANTS = [
    'mapfail-race',
    'aux-half-built-map',
    'account-outside-aux-mutex',
    'close-twice',
    'set-output-vs-close',
    'attach-detach',
    'aux-per-event-mutex',
    'fault-no-aux-mutex',
  ];

  test('are all there', () => {
    const concurrent = derived.mutants.filter(({ needs }) => needs === 'interleaving');
    expect(concurrent.map(({ id }) => id)).toEqual(MUTANTS);
  });

  for (const id of MUTANTS) {
    for (const mode of ['dpor', 'pct'] as const) {
      test(`${id} is found by ${mode}`, async () => {
        const { found, counts } = await search(id, PLANS, mode);
        expect(found.length).toBe(1);
        expect(counts.redundant).toBe(0);
      }, 120_000);
    }
  }
});

for (const id of ['advance', 'demand-fault']) {
  test(`nothing is wrong with ${id} in any class of schedules of any plan`, async () => {
    const { found, counts, cut, brokenAnyway } = await search(id, PLANS);
    expect(found).toEqual([]);
    expect(cut).toBeUndefined();
    expect(brokenAnyway.size).toBe(0);
    expect(counts).toMatchObject({ plans: PLANS.length, closed: PLANS.length, unfit: 0, redundant: 0 });
    expect(counts.classes).toBeGreaterThan(50_000);
  }, 600_000);
}

describe('races of kernels, as they are known', () => {
  test('v6.12: a data page is faulted in from an AUX area that is half made', async () => {
    expect(await rules('v6.12', 'aux-asked: map-aux | load')).toEqual(['entry-is-right-when-set']);
  });

  test('v6.14: a data mapping shows pages of an AUX area that is half made (CVE-2026-64300)', async () => {
    expect(await rules('v6.14', 'aux-asked: map | map-aux')).toContain('entry-is-right-when-set');
  });

  test('v6.18: a failing mmap takes down a buffer that another has taken (CVE-2026-23248)', async () => {
    expect(await rules('v6.18', 'opened: map | map-fails')).toContain('no-page-freed-while-mapped');
  });

  test('v7.3 has neither of the two', async () => {
    expect(await rules('v7.3', 'aux-asked: map | map-aux')).toEqual([]);
    expect(await rules('v7.3', 'opened: map | map-fails')).not.toContain('no-page-freed-while-mapped');
  });

  test('v7.3: an mmap beside the last munmap loses its buffer to it', async () => {
    expect(await rules('v7.3', 'mapped: unmap | map')).toEqual(['no-page-freed-while-mapped']);
  });

  test('v6.12: the last two munmaps of one event lose the refund', async () => {
    expect(await rules('v6.12', 'shared: unmap | unmap')).toEqual(['charges-match']);
  });
});

describe('modes', () => {
  test('few preemptions are enough for a known race, and none is not', async () => {
    const bounded = await rules('v7.3', 'mapped: unmap | map', 'bounded');
    expect(bounded).toContain('no-page-freed-while-mapped');
  });

  test('the same seed gives the same schedules', async () => {
    const twice = [0, 1].map(() => search('advance', [parsePlan('shared: unmap | unmap')], 'pct'));
    const [one, other] = await Promise.all([await twice[0], await twice[1]]);
    expect(one.counts).toEqual(other.counts);
  });

  test('a search can be interrupted, and says so', async () => {
    const [design] = derived.designs;
    const controller = new AbortController();
    controller.abort();
    const limits = { mode: 'dpor', schedules: 1_000, timeMs: 1e9, seed: 1, depth: 1, all: false } as const;
    const { cut } = await searchRaces(derived, design, PLANS, { ...limits, signal: controller.signal });
    expect(cut).toBe('interrupted');
  });
});

describe('plans as text', () => {
  test('a name is read back', () => {
    for (const { name, plan } of PLANS.filter((_, i) => i % 97 === 0))
      expect(parsePlan(name)).toEqual({ name, plan });
  });

  const WRONG: readonly (readonly [string, string])[] = [
    ['unmap | map', 'has no colon'],
    ['mapped: unmap', '1 task(s)'],
    ['mapped: unmap | map | map | map', '4 task(s)'],
    ['here: unmap | map', 'no situation "here"'],
    ['mapped: unmap | jump', 'no action "jump"'],
    ['mapped: unmap | map@7', '@7'],
    ['mapped: exit | load@0', 'one task only'],
  ];
  for (const [text, problem] of WRONG) {
    test(`"${text}" is none`, () => {
      expect(() => parsePlan(text)).toThrow(PlanError);
      expect(() => parsePlan(text)).toThrow(problem);
    });
  }
});

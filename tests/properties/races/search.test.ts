import { beforeAll, describe, expect, test } from 'vitest';
import { type Derived, loadDerived } from '#model/interleaving/derived';
import { allPlans, type NamedPlan, PlanError, parsePlan, triplePlans } from '#properties/races/plans';
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
  preemptions = 2,
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
    depth: mode === 'bounded' ? preemptions : 3,
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

  test('v7.3: a further mapping that fails is taken for the first one of its buffer', async () => {
    expect(await rules('v7.3', 'redirected: unmap | map-fails')).toContain('mappings-counted');
    expect(await rules('v6.12', 'redirected: unmap | map-fails')).not.toContain('mappings-counted');
  });

  test('v7.3: of the last two munmaps nobody takes the other events off', async () => {
    expect(await rules('v7.3', 'redirected: unmap | map-fails')).toContain('references-counted');
    expect(await rules('v7.3', 'redirected-shared: unmap | unmap')).toContain('references-counted');
    expect(await rules('v6.12', 'redirected-shared: unmap | unmap')).toContain('references-counted');
  });

  test('v7.3: what fails of two first mappings takes nothing from the other', async () => {
    expect(await rules('v7.3', 'opened: map | map-fails')).toEqual([]);
  });

  test('close-twice: two tasks are both the last, and refund twice', async () => {
    expect(await rules('close-twice', 'aux-other-mapped: unmap | unmap-aux')).toEqual(['charges-match']);
  });

  test('v6.12: the last two munmaps of one event lose the refund', async () => {
    expect(await rules('v6.12', 'shared: unmap | unmap')).toEqual(['charges-match']);
  });
});

describe('three tasks', () => {
  const TRIPLES = triplePlans();

  test('are every two of what a buffer comes and goes by, beside everything else', () => {
    const names = TRIPLES.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    for (const name of [
      'aux-asked: map | map-aux | unmap@2',
      'mapped: map | unmap | fork',
      'aux-asked: unmap | map-aux | map-aux-fails@2',
      'redirected: unmap | redirect | exit@2',
      'mapped: unmap | unmap | store',
    ])
      expect(names).toContain(name);
    for (const { name, plan } of TRIPLES.filter((_, i) => i % 97 === 0))
      expect(parsePlan(name)).toEqual({ name, plan });
  });

  test('show what two do not: events leave a buffer one by one', async () => {
    const plan = 'redirected: unmap | map-other | redirect@2';
    expect(await rules('v7.3', plan)).toContain('order');
    expect(await rules('advance', plan)).toEqual([]);
    expect(await rules('demand-fault', 'aux-other: unmap | redirect | map-aux-other-fails@2')).toEqual([]);
  });

  test('of every kind, find nothing in the intended designs', async () => {
    // Every twentieth plan here; docs/INTERLEAVINGS.md has what all of them came to.
    const some = TRIPLES.filter((_, i) => i % 20 === 7);
    for (const id of ['advance', 'demand-fault']) {
      const limits = { mode: 'dpor', schedules: 3_000, timeMs: 1e9, seed: 1, depth: 1, all: true } as const;
      const design = derived.designs.find((each) => each.id === id);
      if (design === undefined) throw new Error(`no design ${id}`);
      const { found, counts } = await searchRaces(derived, design, some, limits);
      expect(found).toEqual([]);
      expect(counts.plans).toBe(some.length);
      expect(counts.closed + counts.bounded).toBeGreaterThan(0.95 * some.length);
    }
  }, 300_000);
});

test('two tasks of four operations each, in every class of schedules', async () => {
  const plan = parsePlan('two-events: unmap+redirect+map+close-other | map+redirect+unmap+detach');
  const { found, counts } = await search('advance', [plan]);
  expect(found).toEqual([]);
  expect(counts).toMatchObject({ closed: 1, redundant: 0, classes: counts.schedules });
  expect(counts.classes).toBeGreaterThan(5_000);
  expect(counts.ends).toBeGreaterThan(100);
}, 120_000);

describe('modes', () => {
  test('few preemptions are enough for a known race, and none is not', async () => {
    const bounded = await rules('v7.3', 'mapped: unmap | map', 'bounded');
    expect(bounded).toContain('no-page-freed-while-mapped');
    const none = await search('v7.3', [parsePlan('mapped: unmap | map')], 'bounded', true, 0);
    expect(none.found).toEqual([]);
    expect(none.counts).toMatchObject({ closed: 1, schedules: 2 });
    const passed = await search('advance', [parsePlan('mapped: unmap | map')], 'bounded', true);
    expect(passed.found).toEqual([]);
    expect(passed.counts.closed).toBe(1);
  });

  test('the same seed gives the same schedules', async () => {
    const plans = [parsePlan('shared: unmap | unmap')];
    const one = await search('advance', plans, 'pct');
    const other = await search('advance', plans, 'pct');
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
    ['mapped: fork | map | map@2', 'fork makes process 2'],
  ];
  for (const [text, problem] of WRONG) {
    test(`"${text}" is none`, () => {
      expect(() => parsePlan(text)).toThrow(PlanError);
      expect(() => parsePlan(text)).toThrow(problem);
    });
  }
});

import { describe, expect, test } from 'vitest';
import { DESIGNS } from '#model/designs/index';
import { MOMENT_INVARIANTS } from '#properties/invariants/at-every-moment';
import { STEP_INVARIANTS } from '#properties/invariants/index';
import { KNOWN_RACES } from '#properties/races/known-races';
import { parsePlan } from '#properties/races/plans';
import { RACE_RULES } from '#properties/races/race-failure';

const transcribed = DESIGNS.filter(({ kind }) => kind === 'transcribed').map(({ id }) => id);
const rules = [...MOMENT_INVARIANTS, ...STEP_INVARIANTS].map(({ id }) => id).concat(Object.keys(RACE_RULES));

test('known races have names of their own', () => {
  expect(KNOWN_RACES.map(({ id }) => id)).toEqual([
    'lost-buffer',
    'half-undone-mapping',
    'stuck-event',
    'lost-refund',
    'aux-count-from-0',
    'late-refund',
    'failed-mapping-takes-the-buffer',
    'half-made-aux-area',
  ]);
});

describe.each(KNOWN_RACES)('$id', ({ plan, rule, designs, promised, happens, why, evidence, mended }) => {
  test('is a plan, a rule, and transcribed designs', () => {
    expect(parsePlan(plan).name).toBe(plan);
    expect(rules).toContain(rule);
    expect(designs.length).toBeGreaterThan(0);
    expect(transcribed.filter((id) => designs.includes(id))).toEqual(designs);
  });

  test('is told in sentences', () => {
    for (const text of [promised, happens, mended]) expect(text).toMatch(/^[a-z0-9].*[.)]$/);
    expect(why).toMatch(/^[A-Z].*\.$|^map_range\(\) .*\.$|^mmap_mutex .*\.$/);
  });

  test('names a function, and in which source that was read', () => {
    expect(evidence).toMatch(/^[a-z_]+\(\)/);
    expect(evidence).toMatch(/v\d+\.\d+|CVE-\d{4}-\d+/);
    // Where a part of it is put together of two, both are there.
    expect(evidence).not.toMatch(/[;,] *($|[;,])/);
  });
});

import { describe, expect, test } from 'vitest';
import { loadDerived } from '#model/interleaving/derived';
import { Dpor } from '#properties/races/dpor';
import { parsePlan } from '#properties/races/plans';
import { Race } from '#properties/races/race';
import { bruteForce } from '../../support/races/brute-force.js';

const derived = await loadDerived();

describe('on the model, too, each class of schedules is run once', () => {
  const CASES: readonly (readonly [design: string, plan: string])[] = [
    ['advance', 'opened: close | close'],
    ['advance', 'mapped: load | store@0'],
    ['advance', 'two-events: close-other | detach@0'],
    ['advance', 'mapped: store | store@0'],
    ['v6.12', 'mapped: load | load@0'],
    ['v6.12', 'opened: close | close'],
  ];
  for (const [id, text] of CASES) {
    test(`${id}, ${text}`, () => {
      const design = derived.designs.find((each) => each.id === id);
      if (design === undefined) throw new Error(`no design ${id}`);
      const { steps } = new Race(derived, design, parsePlan(text).plan);
      const brute = bruteForce(steps, 20_000);
      const dpor = new Dpor(steps);
      const classes = new Set<string>();
      while (dpor.next() !== undefined) classes.add(dpor.history.classOf());
      expect(classes.size).toBe(brute.classes.size);
      expect({ classes: dpor.classes, redundant: dpor.redundant }).toEqual({
        classes: classes.size,
        redundant: 0,
      });
      expect(brute.schedules).toBeGreaterThan(classes.size);
    }, 120_000);
  }
});

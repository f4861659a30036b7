import { expect, test } from 'vitest';
import { searchRaces } from '#properties/races/search';
import { DESIGN, HERE, named, number, type Program, planOf, set, toy } from '../../support/races/toy.js';

test('ends that only an mmap over mappings explains are counted, over all plans', async () => {
  const maps: Program = function* (w) {
    set(w, 0);
    yield HERE;
    set(w, 1);
    return 0;
  };
  const unmaps: Program = (w) => {
    set(w, 0);
    return 0;
  };
  const looks: Program = (w, obs) => {
    obs[1] = number(w);
    return 0;
  };
  const derived = toy({ mmap: maps, munmap: unmaps, load: looks });
  const plan = planOf(['mmap npages=1'], ['mmap npages=1'], ['1: load page=0']);
  const limits = {
    mode: 'dpor',
    schedules: 10,
    timeMs: Number.POSITIVE_INFINITY,
    seed: 1,
    depth: 0,
    all: true,
  } as const;
  const plans = [named('one', plan), named('other', plan)];
  const { counts, found } = await searchRaces(derived, DESIGN, plans, limits);
  expect(found).toEqual([]);
  // The look comes first, last, or in between.
  expect(counts).toMatchObject({ plans: 2, closed: 2, schedules: 6, ends: 6, varied: 2 });
});

// Which ends of schedules are the same, on the model.
import { beforeAll, expect, test } from 'vitest';
import { type Derived, loadDerived } from '#model/interleaving/derived';
import type { Machine } from '#model/interleaving/machine';
import type { RacePlan } from '#model/interleaving/plan';
import { Bounded } from '#properties/races/bounded';
import { parsePlan } from '#properties/races/plans';
import { Race } from '#properties/races/race';
import { OWN } from '#properties/races/words';
import { pack } from '../../support/script.js';

let derived: Derived;
beforeAll(async () => {
  derived = await loadDerived();
});

/** All that an end is: the state, what was seen, and which operations were over when each one began. */
function endOf({ world, initial, lanes }: Machine, kind: Uint8Array): string {
  const words: string[] = [];
  world.words.forEach((value, word) => {
    if (value !== initial[word] && kind[word] !== OWN) words.push(`${word}=${value}`);
  });
  const seen = lanes.map(({ observations }) => observations.map((obs) => obs.join(',')));
  const before = lanes.map(({ begun }) =>
    [...begun].map((step) => lanes.map(({ ended }) => [...ended].map((end) => end < step))),
  );
  return JSON.stringify([words, seen, before]);
}

/** In every schedule with at most one preemption, as many ends are judged as there are different ones. */
function judgedEnds(id: string, plan: RacePlan): number {
  const design = derived.designs.find((each) => each.id === id);
  if (design === undefined) throw new Error(`no design ${id}`);
  const race = new Race(derived, design, plan);
  const bounded = new Bounded(race, 1, 'preemptions');
  const ends = new Set<string>();
  const look = (task: number): void => {
    if (task < 0) ends.add(endOf(race.machine, race.steps.words.kind));
  };
  for (let each = bounded.next(look); each !== undefined; each = bounded.next(look)) {
    expect(['state', 'order', undefined]).toContain(each.failure?.kind);
  }
  expect(race.judge.ends).toBe(ends.size);
  expect(bounded.schedules).toBeGreaterThan(ends.size);
  return ends.size;
}

test.each([
  ['advance', 'opened: map+look | close'],
  ['advance', 'redirected: unmap+look | map-other+close'],
  ['demand-fault', 'mapped: load+store | unmap+load@0'],
  ['v6.12', 'shared: unmap+look | unmap'],
])('%s, %s', (id, text) => {
  expect(judgedEnds(id, parsePlan(text).plan)).toBeGreaterThan(4);
});

test('ends of which only what /proc showed is another', () => {
  const { env, prefix, tasks } = parsePlan('mapped: unmap+map | look').plan;
  for (const seen of ['maps', 'status']) {
    const second = Int32Array.from([...pack('close fd=1'), ...pack(seen)]);
    for (const looks of [pack(seen), second])
      expect(judgedEnds('advance', { env, prefix, tasks: [tasks[0], looks] })).toBeGreaterThan(2);
  }
});

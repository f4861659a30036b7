// What user space has seen of the tasks, and sees when they are over.
import { beforeAll, describe, expect, test } from 'vitest';
import { OBS_WIDTH } from '#model/alphabet/bounds';
import { OK } from '#model/alphabet/observations';
import { DEFAULT_ENV } from '#model/alphabet/system';
import { advance } from '#model/designs/advance';
import type { Design } from '#model/designs/index';
import { type Derived, loadDerived } from '#model/interleaving/derived';
import { Machine } from '#model/interleaving/machine';
import { ModelSystem } from '#model/model-system';
import { firstDifference, type Outcome, outcomeOf, PROBE_OPS, sameOutcome } from '#properties/races/outcome';
import { pack } from '../../support/script.js';

let derived: Derived;
let design: Design;
beforeAll(async () => {
  derived = await loadDerived();
  design = derived.designs.find(({ id }) => id === advance.id) as Design;
});

const PROBES = [0, 1, 2].flatMap((proc) => [`${proc}: maps`, `${proc}: status`, `${proc}: headroom`]);
const operations = (...texts: string[]): Int32Array =>
  Int32Array.from(texts.flatMap((text) => [...pack(text)]));

test('every process is asked for its maps, its status and its headroom', () => {
  expect(PROBE_OPS).toEqual(operations(...PROBES));
});

test('an outcome is what each operation gave and each probe gives, as long as each is', () => {
  const prefix = operations('open fd=0', 'fork child=1', 'mmap fd=0 npages=3 prot=read+write');
  const tasks = [operations('store value=17', 'maps'), operations('1: maps', '1: status', '1: load')];
  const machine = new Machine(derived, design);
  machine.load({ env: DEFAULT_ENV, prefix, tasks });
  for (const task of [0, 1]) while (machine.enabled(task)) machine.step(task);

  // The same one after the other, on the sequential model.
  const system = new ModelSystem(advance);
  system.reset(DEFAULT_ENV);
  const [, first, second, probes] = [prefix, ...tasks, PROBE_OPS].map((ops) =>
    Array.from({ length: ops.length / 8 }, (_, i) => {
      const obs = new Int32Array(OBS_WIDTH);
      system.step(ops, i * 8, obs);
      return obs;
    }),
  );
  const outcome = outcomeOf(machine);
  expect(outcome.seen.map((all) => all.map(({ length }) => length))).toEqual([
    [2, OBS_WIDTH],
    [OBS_WIDTH, 4, 2],
  ]);
  expect(outcome.probes.map(({ length }) => length)).toEqual([
    OBS_WIDTH,
    4,
    2,
    OBS_WIDTH,
    4,
    2,
    OBS_WIDTH,
    4,
    2,
  ]);
  expect(first[0][0]).toBe(OK);
  const cut = (expected: readonly Int32Array[], like: readonly Int32Array[]) =>
    expected.map((obs, i) => obs.slice(0, like[i].length));
  expect(outcome).toEqual({
    seen: [cut(first, outcome.seen[0]), cut(second, outcome.seen[1])],
    probes: cut(probes, outcome.probes),
  });
});

describe('two outcomes', () => {
  const outcome = (seen: number[][][], probes: number[][]): Outcome => ({
    seen: seen.map((all) => all.map((obs) => Int32Array.from(obs))),
    probes: probes.map((obs) => Int32Array.from(obs)),
  });
  const SEEN = [
    [
      [0, 1],
      [0, 2],
    ],
    [[-22, 0]],
  ];
  const PROBED = [
    [0, 5],
    [0, 6, 7],
  ];

  test('that are alike in all of it are the same', () => {
    expect(firstDifference(outcome(SEEN, PROBED), outcome(SEEN, PROBED))).toBeUndefined();
    expect(sameOutcome(outcome(SEEN, PROBED), outcome(SEEN, PROBED))).toBe(true);
  });

  test('differ in the first operation that gave something else', () => {
    const other = outcome(
      [
        [
          [0, 1],
          [0, 3],
        ],
        [[-12, 0]],
      ],
      [
        [1, 1],
        [1, 1, 1],
      ],
    );
    expect(firstDifference(outcome(SEEN, PROBED), other)).toEqual({
      task: 0,
      operation: 1,
      seen: Int32Array.of(0, 2),
      other: Int32Array.of(0, 3),
    });
    expect(sameOutcome(outcome(SEEN, PROBED), other)).toBe(false);
    expect(firstDifference(outcome(SEEN, PROBED), outcome([SEEN[0], [[-12, 0]]], PROBED))).toEqual({
      task: 1,
      operation: 0,
      seen: Int32Array.of(-22, 0),
      other: Int32Array.of(-12, 0),
    });
  });

  test('or in the first probe that shows something else', () => {
    expect(firstDifference(outcome(SEEN, PROBED), outcome(SEEN, [PROBED[0], [0, 6, 8]]))).toEqual({
      probe: 1,
      seen: Int32Array.of(0, 6, 7),
      other: Int32Array.of(0, 6, 8),
    });
    expect(
      firstDifference(
        outcome(SEEN, PROBED),
        outcome(SEEN, [
          [1, 5],
          [1, 1, 1],
        ]),
      ),
    ).toMatchObject({
      probe: 0,
      other: Int32Array.of(1, 5),
    });
  });
});

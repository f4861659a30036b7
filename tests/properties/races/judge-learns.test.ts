// What the judge learns of operations that come one after the other.
import { describe, expect, test } from 'vitest';
import { ACCEPTED, REJECTED, type Specification } from '#model/alphabet/specification';
import { write } from '#model/interleaving/tracking';
import { NEVER_RETURNS } from '#model/kernel/stop';
import type { World } from '#model/kernel/world';
import { PROBE_OPS } from '#properties/races/outcome';
import { Judged } from '../../support/races/judged.js';
import { get, lock, type Program, set } from '../../support/races/programs.js';

/** A program of two steps, which does this if another task comes between them. */
const ifDisturbed = (does: (w: World) => unknown): Program =>
  function* (w) {
    const before = get(w, 0);
    yield 0;
    if (get(w, 0) !== before) does(w);
    return 0;
  };
const disturbs: Program = (w) => set(w, 0, get(w, 0) + 1) * 0;

const charges =
  (user: number): Program =>
  (w) =>
    write(w.user.perf_mlock, user, 3) * 0;
/** Nothing but the end of all processes shows this: process 2 is not there. */
const pins = (w: World): number => write(w.task.pinned_vm, 2, 3) * 0;

describe('one after the other', () => {
  test('the operations are run in every order, and what they give is kept', () => {
    const counts: Program = (w, obs) => {
      obs[1] = set(w, 0, get(w, 0) + 1);
      return 0;
    };
    const judged = new Judged([counts, () => 7], [[0, 1], [0]], {
      headroom: (w, proc) => 10 * proc + w.content[0],
    });
    judged.judge.learn(judged.plan);
    const told = judged.judge.sequential.map(({ order, partOf, outcome: { seen, probes } }) => ({
      order: order.join(''),
      partOf,
      seen: seen.map((all) => all.map((obs) => [...obs])),
      headrooms: probes.filter((_, i) => i % 3 === 2).map((obs) => [...obs]),
    }));
    const partOf = [[0, 1], [0]];
    const headrooms = [
      [0, 2],
      [0, 12],
      [0, 22],
    ];
    const first = {
      partOf,
      headrooms,
      seen: [
        [
          [0, 1],
          [7, 0],
        ],
        [[0, 2]],
      ],
    };
    const last = {
      partOf,
      headrooms,
      seen: [
        [
          [0, 2],
          [7, 0],
        ],
        [[0, 1]],
      ],
    };
    expect(told).toEqual([
      { order: '001', ...first },
      { order: '010', ...first },
      { order: '100', ...last },
    ]);
  });

  test('an operation of several steps is run to its end before the next one', () => {
    const { judge } = Judged.learned(
      [ifDisturbed(pins), disturbs],
      [
        [0, 0],
        [1, 1],
      ],
    );
    expect([judge.sequential.length, judge.unfit, [...judge.brokenAnyway]]).toEqual([6, undefined, []]);
  });

  test('what is broken then is no race, and is not looked at any more', () => {
    const judged = Judged.learned(
      [
        (w) => write(w.task.mmap_lock, 0, 1) * 0,
        charges(1),
        ifDisturbed((w) => {
          pins(w);
          write(w.sys.page_field_writes, 0, 1);
        }),
        disturbs,
      ],
      [
        [0, 2],
        [1, 3],
      ],
    );
    expect([...judged.judge.brokenAnyway]).toEqual(['locks-released', 'charges-match', 'nothing-left']);
    expect(judged.judge.unfit).toBeUndefined();
    // What is left at the end is broken anyway; what else there is is told.
    expect(judged.verdict('01010')?.rule).toBe('page-fields-untouched');
    expect(judged.verdict('01001')).toBeUndefined();
  });

  test('what is wrong in the middle makes the plan unfit', () => {
    const warns: Program = (w) => write(w.sys.warned, 0, get(w, 0)) * 0;
    const judged = Judged.learned([disturbs, warns], [[1], [0]]);
    // Nothing is wrong where the warning comes first, as its number is that of none.
    expect(judged.judge.unfit).toMatchObject({
      kind: 'warning',
      detail: 'refcount_t: addition on 0; use-after-free',
    });
    expect(judged.judge.sequential.map(({ order }) => order)).toEqual([[0, 1]]);
    expect([...judged.judge.brokenAnyway]).toEqual([]);
  });

  test('an operation that cannot go on is left where it is', () => {
    const keeps: Program = function* (w) {
      yield* lock(w.rb.aux_mutex, 0);
      return 0;
    };
    const { judge } = Judged.learned([keeps], [[0], [0]]);
    expect(judge.sequential.map(({ order }) => order)).toEqual([
      [0, 1],
      [1, 0],
    ]);
    expect(judge.unfit).toBeUndefined();
  });

  test('what the invariant of a moment says is asked again when it is broken anyway, and is no race', () => {
    const judged = new Judged(
      [
        (w) => {
          write(w.pte.pfn, 40, 6);
          w.watch.pageFreed(w, 5);
          return 0;
        },
      ],
      [[0]],
    );
    judged.judge.brokenAnyway.add('no-page-freed-while-mapped');
    judged.along('0');
    expect([judged.judge.failure(), judged.steps.failed]).toEqual([undefined, false]);
  });

  test('a hang in the middle of an order makes the plan unfit', () => {
    const hangs: Program = () => {
      throw NEVER_RETURNS;
    };
    const { judge } = Judged.learned([hangs], [[0], [0]]);
    expect([judge.unfit?.kind, judge.sequential]).toEqual(['hang', []]);
  });
});

describe('the specification', () => {
  /** Accepts all but what is named: the place of the operation in what it is asked. */
  function asked(refused: number) {
    const heard: unknown[] = [];
    let count = 0;
    const accept: Specification['accept'] = (ops, at, obs) => {
      heard.push([ops === PROBE_OPS ? 'probe' : ops[0], at, ...obs.subarray(0, 2)]);
      return count++ === refused ? REJECTED : ACCEPTED;
    };
    const spec = (): Specification => {
      heard.push('anew');
      return { accept } as Specification;
    };
    return { heard, spec };
  }
  const value: Program = (w, obs) => {
    obs[1] = set(w, 0, get(w, 0) + 1);
    return 0;
  };

  function brokenBy(refused: number) {
    const judged = new Judged([value], [[0, 0], [0]], { headroom: (_w, proc) => 5 + proc });
    const { heard, spec } = asked(refused);
    judged.judge.learn(judged.plan, spec);
    return { heard, broken: [...judged.judge.brokenAnyway], load: judged.plan.tasks[0][0] };
  }

  test('is asked of every operation in its order, and of what is there at the end', () => {
    const { heard, broken, load } = brokenBy(-1);
    const probes = Array.from({ length: 9 }, (_, i) => [
      'probe',
      i * 8,
      0,
      i % 3 === 2 ? 5 + (i - 2) / 3 : 0,
    ]);
    expect(heard).toEqual([
      ...['anew', [load, 0, 0, 1], [load, 8, 0, 2], [load, 0, 0, 3], ...probes],
      ...['anew', [load, 0, 0, 1], [load, 0, 0, 2], [load, 8, 0, 3], ...probes],
      ...['anew', [load, 0, 0, 1], [load, 0, 0, 2], [load, 8, 0, 3], ...probes],
    ]);
    expect(broken).toEqual([]);
  });

  test('is broken where it accepts an operation not, or a probe', () => {
    expect([0, 1, 2, 3, 11, 12, 35, 36].map((refused) => brokenBy(refused).broken)).toEqual([
      ...Array(7).fill(['spec']),
      [],
    ]);
    // Nothing more is asked of an order that is refused.
    expect(brokenBy(1).heard.slice(0, 4).map(String)).toEqual([
      'anew',
      expect.any(String),
      expect.any(String),
      'anew',
    ]);
  });
});

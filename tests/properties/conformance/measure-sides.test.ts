import { describe, expect, it } from 'vitest';
import { UNOBSERVED } from '#model/alphabet/observations';
import { OP } from '#model/alphabet/operations';
import { traceLength } from '#model/alphabet/trace';
import type { SideResult } from '#model/conformance';
import { findingsOfKernel, flavourOfKernel, KNOWN_FINDINGS, VARIATION_POINTS } from '#model/spec/index';
import { measureSides } from '#properties/conformance/measure-sides';
import { type Alter, KERNEL_FLAVOUR } from '../checkers/fakes.js';
import { bitOf, specKernel } from './kernels.js';

const START = { gift: 5, rlimit: 6 };
const AUX = 'aux-refunds-other-user';
const TABLES = 'tables-made-by-mmap';
/** What no machine like this one can show, and why. */
const UNSEEN: Readonly<Record<string, string>> = {
  [AUX]: 'no PMU with AUX buffers',
  [TABLES]: 'a real kernel takes no injected failures',
};
/** Where a kernel has this finding the specification says nothing, so a specification cannot play such a kernel. */
const KEPT = 'kept-mapping-stays-locked';
/** A kernel of this release without it. */
const PLAYED = KERNEL_FLAVOUR & ~bitOf(KEPT);

async function measure(flavour: number, alter?: Alter, expected = PLAYED) {
  const real: Alter = (ops, at, obs) => {
    if (ops[at] === OP.inject) obs[0] = UNOBSERVED;
    alter?.(ops, at, obs);
  };
  const kernel = await specKernel(flavour, real).open(START);
  return measureSides(kernel, expected, { stop: () => false });
}

const byId = (results: readonly SideResult[], id: string): SideResult | undefined =>
  results.find((each) => each.id === id);

describe('measureSides', { timeout: 120_000 }, () => {
  it('finds a kernel on the sides of its release, each with a witness, and says what it cannot observe', async () => {
    const { results, flavour } = await measure(PLAYED);
    expect(flavour).toBe(PLAYED);
    expect(results.map(({ id }) => id)).toEqual([...VARIATION_POINTS, ...KNOWN_FINDINGS].map(({ id }) => id));
    for (const { id, expected, measured, witness, notObservable, unexplained } of results) {
      expect(unexplained, id).toBeUndefined();
      if (UNSEEN[id] !== undefined) {
        expect([id, measured, witness, notObservable]).toEqual([id, undefined, undefined, UNSEEN[id]]);
        continue;
      }
      expect(notObservable, id).toBeUndefined();
      expect(measured, id).toBe(expected);
      expect(witness?.repeats).toBe(10);
      expect(witness?.observations.length).toBe(traceLength(witness?.trace.ops ?? new Int32Array()));
    }
  });

  it('finds the sides of an old kernel, whatever was expected of it', async () => {
    const old = flavourOfKernel('6.1.192') | findingsOfKernel('6.1.192');
    const { results, flavour } = await measure(old);
    expect(flavour & ~bitOf(TABLES)).toBe(old & ~bitOf(TABLES));
    const wrong = results.filter(({ expected, measured }) => measured !== undefined && measured !== expected);
    expect(wrong.length).toBeGreaterThan(14);
    const { results: right } = await measure(old, undefined, old);
    for (const { id, measured } of right) expect(measured, id).toBe(byId(results, id)?.measured);
  });

  it.each(['gup-refused', 'not-resident', 'dead-target-enodev'])(
    'finds a kernel that differs in %s alone',
    async (id) => {
      const { results, flavour } = await measure(PLAYED ^ bitOf(id));
      expect(flavour).toBe(PLAYED ^ bitOf(id));
      for (const each of results)
        if (UNSEEN[each.id] === undefined)
          expect(each.measured === each.expected, each.id).toBe(each.id !== id);
    },
  );

  it('says where neither side explains what a kernel does', async () => {
    const { results } = await measure(PLAYED, (ops, at, obs) => {
      if (ops[at] === OP.mlock) obs[0] = -99;
    });
    const row = byId(results, 'mlock-ignored');
    expect(row).toMatchObject({
      expected: 1,
      unexplained: { detail: 'process 0: mlock gave errno 99, allowed ok' },
    });
    expect(row?.measured).toBeUndefined();
    expect(byId(results, 'gup-refused')?.measured).toBe(1);
  });

  it('looks for another sequence when the machine cannot do the shortest one', async () => {
    const { results } = await measure(PLAYED, (ops, at, obs) => {
      if ([OP.mem_read, OP.direct_write, OP.fork].some((kind) => ops[at] === kind)) obs[0] = UNOBSERVED;
    });
    const { witness, measured } = byId(results, 'gup-refused') ?? {};
    expect(measured).toBe(1);
    expect([OP.vmsplice, OP.futex]).toContain(witness?.trace.ops[2 * 8]);
    expect(byId(results, 'dead-target-enodev')?.notObservable).toBe('not possible here');
  });
});

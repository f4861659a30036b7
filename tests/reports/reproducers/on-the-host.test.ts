// Reproducers on the kernel of this machine, beside the agent: they must see the same.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Recorded } from '#bench/recorded';
import { type HostSystem, openHost } from '#model/linux/host';
import { REPRODUCERS, reproducerOf } from '#reports/reproducers/index';
import { Workshop } from '../../support/c-compiler.js';

const workshop = new Workshop();
let host: HostSystem;
let recorded: Recorded;
beforeAll(async () => {
  host = await openHost({ gift: 5, rlimit: 6 });
  recorded = new Recorded(host);
});
afterAll(async () => {
  workshop.clear();
  await host?.close();
});

describe('a reproducer', () => {
  it('sees what the agent sees', async () => {
    const differing = (await recorded.drawn(25, 1)).flatMap(({ trace, recording }, i) => {
      const { exitCode, out } = workshop.try(reproducerOf(recorded.asSeen(trace, recording)));
      return exitCode === 0 ? [] : [`${i}: ${exitCode} ${out}`];
    });
    expect(differing).toEqual([]);
  }, 240_000);

  it('comes to the same verdict, as a program and as a test for the kernel', async () => {
    for (const [i, { trace, recording }] of (await recorded.drawn(15, 2)).entries()) {
      const scenario = recorded.asSpecified(trace, recording);
      for (const format of ['c', 'kselftest'])
        expect([i, format, workshop.try(REPRODUCERS[format]?.(scenario) ?? '').exitCode]).toEqual([
          i,
          format,
          recorded.verdict(trace, recording),
        ]);
    }
  }, 240_000);

  it('catches a difference at any step', async () => {
    const [{ trace, recording }] = await recorded.drawn(1, 3);
    const scenario = recorded.asSeen(trace, recording);
    let caught = 0;
    scenario.expectations.forEach(({ allowed }, step) => {
      const [first] = allowed;
      if (first === undefined || first.obs[0] !== 0 || step % 4 !== 0) return;
      if ([trace.ops[step * 8]].some((kind) => [33, 34, 35, 40, 41, 42].includes(kind ?? 0))) return;
      const wrong = scenario.expectations.map((each, i) =>
        i === step ? { allowed: [{ obs: Int32Array.of(-77, 0), rule: 'wrong' }] } : each,
      );
      const { exitCode, out } = workshop.try(reproducerOf({ ...scenario, expectations: wrong }));
      expect([exitCode, out]).toEqual([
        1,
        expect.stringContaining(`step ${step + 1}: ok, should be errno 77`),
      ]);
      caught++;
    });
    expect(caught).toBeGreaterThan(1);
  }, 240_000);
});

// Reproducers on the kernel of this machine, beside the agent: they must see the same.
import { release } from 'node:os';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Recording } from '#model/alphabet/system';
import type { Trace } from '#model/alphabet/trace';
import { type HostSystem, openHost } from '#model/linux/host';
import { findingsOfKernel, flavourOfKernel, Spec } from '#model/spec/index';
import { expectationsOf, factsOf } from '#properties/checkers/expectations';
import { splitObservations } from '#properties/checkers/explain';
import { KernelOracle } from '#properties/checkers/kernel-oracle';
import { KernelSequences } from '#properties/checkers/kernel-sequences';
import { REPRODUCERS, reproducerOf, type Scenario } from '#reports/reproducers/index';
import { Workshop } from '../../support/c-compiler.js';

const workshop = new Workshop();
let host: HostSystem;
beforeAll(async () => {
  host = await openHost({ gift: 5, rlimit: 6 });
});
afterAll(async () => {
  workshop.clear();
  await host?.close();
});

const FLAVOUR = flavourOfKernel(release());

function drawn(count: number, seed: number): Trace[] {
  const known = new Spec(FLAVOUR | findingsOfKernel(release()));
  const sequences = new KernelSequences(known, host.env, 25);
  return Array.from({ length: count }, (_, i) => sequences.draw({ high: seed, low: i }));
}

/** Exactly what the agent saw, right or wrong. */
function asSeen(trace: Trace, recording: Recording): Scenario {
  const expectations = splitObservations(trace.ops, recording.obs, recording.steps).map((obs) => ({
    allowed: [{ obs, rule: 'as the agent saw it' }],
  }));
  return { trace, expectations, title: 'As seen.', like: host.id, system: host.id, facts: [] };
}

function asSpecified(trace: Trace, recording: Recording): Scenario {
  const seen = splitObservations(trace.ops, recording.obs, recording.steps);
  const facts = factsOf(FLAVOUR, trace);
  const expectations = expectationsOf(FLAVOUR, trace, seen);
  return { trace, expectations, title: 'As specified.', like: host.id, system: host.id, facts };
}

describe('a reproducer', () => {
  it('sees what the agent sees', async () => {
    const traces = drawn(25, 1);
    const recordings = await host.run(traces.map(({ ops }) => ops));
    const differing = traces.flatMap((trace, i) => {
      const recording = recordings[i];
      if (recording === undefined) throw new Error('no recording');
      const { exitCode, out } = workshop.try(reproducerOf(asSeen(trace, recording)));
      return exitCode === 0 ? [] : [`${i}: ${exitCode} ${out}`];
    });
    expect(differing).toEqual([]);
  }, 240_000);

  it('comes to the same verdict, as a program and as a test for the kernel', async () => {
    const traces = drawn(15, 2);
    const recordings = await host.run(traces.map(({ ops }) => ops));
    const oracle = new KernelOracle(release());
    traces.forEach((trace, i) => {
      const recording = recordings[i];
      if (recording === undefined) throw new Error('no recording');
      const wrong =
        oracle.judge(trace, recording).failure !== undefined || oracle.witnesses(trace, recording).length > 0;
      const scenario = asSpecified(trace, recording);
      for (const format of ['c', 'kselftest'])
        expect([i, format, workshop.try(REPRODUCERS[format]?.(scenario) ?? '').exitCode]).toEqual([
          i,
          format,
          wrong ? 1 : 0,
        ]);
    });
  }, 240_000);

  it('catches a difference at any step', async () => {
    const [trace] = drawn(1, 3);
    if (trace === undefined) throw new Error('no trace');
    const [recording] = await host.run([trace.ops]);
    if (recording === undefined) throw new Error('no recording');
    const scenario = asSeen(trace, recording);
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

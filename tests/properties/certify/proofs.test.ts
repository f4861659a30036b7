// What a certificate says, of counterexamples so short that all sequences before them are soon searched.
import { describe, expect, it } from 'vitest';
import { OP_WIDTH } from '#model/alphabet/bounds';
import { OP } from '#model/alphabet/operations';
import type { Design } from '#model/designs/design';
import type { World } from '#model/kernel/world';
import { mapfail_minimal_forgets_unmapped } from '#model/mutants/advance-mapping/mapfail-minimal-forgets-unmapped';
import { mapfail_no_undo } from '#model/mutants/advance-mapping/mapfail-no-undo';
import { vma_split } from '#model/mutants/advance-mapping/vma-split';
import { shared_prot } from '#model/mutants/rejected/shared-prot';
import type { Counterexample } from '#model/verdict';
import { certify, certifyVerdict } from '#properties/certify/certify';
import { uncertified } from '#properties/certify/uncertified';
import { replayOnDesign } from '#properties/checkers/replay';
import { traceOf } from '../../shrinkers/traces.js';

const LIMITS = { timeMs: 120_000, bytes: 1e9 };

type Steps = Parameters<typeof traceOf>[0];

function fails(design: Design, steps: Steps): Counterexample {
  const { counterexample } = replayOnDesign(design, traceOf(steps));
  if (counterexample === undefined) throw new Error(`${design.id} passes`);
  return counterexample;
}

const WRITABLE: Steps = [
  ['open', 0, 0, 0, -1],
  ['mmap', 0, 0, 0, 2, 3],
];
const AND_MORE: Steps = [
  ['open', 0, 1, 0, -1],
  ['status', 0],
  ['mmap', 0, 1, 3, 3, 3],
];
const FAILS_LATE: Steps = [
  ['open', 0, 0, 0, -1],
  ['mmap', 0, 0, 0, 1, 1],
  ['inject', 0, 1, 0],
  ['mmap', 0, 0, 1, 1, 1],
];
const SPLIT: Steps = [
  ['open', 0, 0, 0, -1],
  ['mmap', 0, 0, 0, 2, 1],
  ['munmap', 0, 0, 1],
];

describe('a certificate', () => {
  it('says for which bounds there is no shorter sequence, and what was searched', async () => {
    const counterexample = fails(shared_prot.design, WRITABLE);
    expect(await certify(shared_prot.design, counterexample, LIMITS)).toEqual({
      ...counterexample,
      certificate: {
        proven: true,
        bounds: 'wide around the trace',
        operations: 392,
        states: 7,
        transitions: 392,
      },
    });
  });

  it('is for a shorter sequence where there is one, which is shrunk and keeps its history', async () => {
    const { design } = shared_prot;
    const before = { ...fails(design, AND_MORE), foundWith: 40, shrinkRuns: 7 };
    const after = await certify(design, before, LIMITS);
    expect(after).toEqual({
      ...fails(design, WRITABLE),
      foundWith: 40,
      shrinkRuns: after.shrinkRuns,
      certificate: after.certificate,
    });
    expect(after.shrinkRuns).toBeGreaterThan(50);
    expect(after.certificate).toMatchObject({ proven: true, bounds: 'wide around the trace', states: 7 });
  });

  it('is not about another failure', async () => {
    const { design } = mapfail_minimal_forgets_unmapped;
    const late: Steps = [...FAILS_LATE.slice(0, 3), ['mmap', 0, 0, 0, 1, 1]];
    const counterexample = fails(design, late);
    expect(counterexample.failure.rule).not.toBe(fails(design, late.toSpliced(1, 1)).failure.rule);
    const { trace, certificate } = await certify(design, counterexample, LIMITS);
    expect(trace.ops.length).toBe(4 * OP_WIDTH);
    expect(certificate?.proven).toBe(true);
  });
});

describe('what could not be proven', () => {
  it('for want of time', async () => {
    const counterexample = fails(vma_split.design, SPLIT);
    const { trace, certificate } = await certify(vma_split.design, counterexample, { ...LIMITS, timeMs: 0 });
    expect(certificate).toEqual({
      proven: false,
      bounds: 'near around the trace',
      reason: 'the time of 0 s was over when no sequence of up to 0 operations had shown it',
      operations: 6,
      states: 1,
      transitions: 0,
    });
    expect(trace).toBe(counterexample.trace);
  });

  /** A design whose first mmap of a search takes 300 ms. */
  function slowed(design: Design): { readonly slow: Design; readonly rest: () => void } {
    let waits = 0;
    const slow: Design = {
      ...design,
      calc_limits(w, mm, pages, charge) {
        for (const end = performance.now() + 300; waits > 0 && performance.now() < end; );
        waits--;
        return design.calc_limits(w, mm, pages, charge);
      },
    };
    return {
      slow,
      rest: () => {
        waits = 1;
      },
    };
  }

  it('in the time that was given, which is told in tenths of a second', async () => {
    const { slow, rest } = slowed(mapfail_no_undo.design);
    const counterexample = fails(slow, FAILS_LATE);
    rest();
    const { certificate } = await certify(slow, counterexample, { ...LIMITS, timeMs: 240 });
    expect(certificate?.reason).toBe(
      'the time of 0.2 s was over when no sequence of up to 2 operations had shown it',
    );
  });

  it('in the time that is left, of which there may be none', async () => {
    const { slow, rest } = slowed(vma_split.design);
    const counterexample = fails(slow, SPLIT);
    rest();
    const { certificate } = await certify(slow, counterexample, { ...LIMITS, timeMs: 240 });
    expect(certificate?.reason).toBe(
      'wide around the trace: the time of 0 s was over when no sequence of up to 0 operations had shown it',
    );
  });

  it('when it was interrupted', async () => {
    const limits = { ...LIMITS, signal: AbortSignal.abort() };
    const { certificate } = await certify(vma_split.design, fails(vma_split.design, SPLIT), limits);
    expect(certificate?.reason).toBe('interrupted when no sequence of up to 0 operations had shown it');
  });

  it('for wide bounds, when it is for near ones', async () => {
    const { design } = mapfail_no_undo;
    const { certificate } = await certify(design, fails(design, FAILS_LATE), { ...LIMITS, bytes: 1e5 });
    expect(certificate).toEqual({
      proven: true,
      bounds: 'near around the trace',
      reason:
        'wide around the trace: the set of states has 0 MB when no sequence of up to 2 operations had shown it',
      operations: 5,
      states: 9,
      transitions: 30,
    });
  });

  it('behind states that have no normal form', async () => {
    const { design } = vma_split;
    const strange: Design = {
      ...design,
      calc_limits(w, mm, pages, charge) {
        w.page.mapcount[w.page.mapcount.length - 1] = 1;
        return design.calc_limits(w, mm, pages, charge);
      },
    };
    const { certificate } = await certify(strange, fails(strange, SPLIT), LIMITS);
    expect(certificate).toMatchObject({ proven: false, reason: '2 states were not followed' });
  });
});

it('an interruption ends the shrinking of what was found, too', async () => {
  const { design } = shared_prot;
  const controller = new AbortController();
  const worlds = new Set<World>();
  const watched: Design = {
    ...design,
    calc_limits(w, mm, pages, charge) {
      // In the world after that of the search what was found is run once more.
      if (worlds.add(w).size === 3) controller.abort();
      return design.calc_limits(w, mm, pages, charge);
    },
  };
  const before = fails(watched, AND_MORE);
  const { signal } = controller;
  const { shrinkRuns, certificate } = await certify(watched, before, { ...LIMITS, signal });
  expect(shrinkRuns).toBe(0);
  expect(certificate?.reason).toMatch(/^interrupted/);
});

describe('verdicts', () => {
  it('that have a counterexample are certified', async () => {
    const { design } = shared_prot;
    const verdict = replayOnDesign(design, traceOf(WRITABLE));
    const { counterexample, ...rest } = await certifyVerdict(design, verdict, LIMITS);
    expect({ ...rest, counterexample: verdict.counterexample }).toEqual(verdict);
    expect(counterexample?.certificate?.proven).toBe(true);
  });

  it('that have none stay as they are', async () => {
    const passed = replayOnDesign(shared_prot.design, traceOf([['status', 0]]));
    expect(await certifyVerdict(shared_prot.design, passed, LIMITS)).toBe(passed);
    expect(uncertified(passed)).toBe(passed);
  });

  it('on real kernels say that nothing is proven', () => {
    const verdict = replayOnDesign(shared_prot.design, traceOf(WRITABLE));
    expect(uncertified(verdict)).toEqual({
      ...verdict,
      counterexample: {
        ...verdict.counterexample,
        certificate: {
          proven: false,
          bounds: 'none',
          reason: 'a real kernel cannot be searched: it is the shortest that shrinking found',
          operations: 0,
          states: 0,
          transitions: 0,
        },
      },
    });
    expect(verdict.counterexample?.trace.ops[0]).toBe(OP.open);
  });
});

import { describe, expect, it } from 'vitest';
import type { Verdict } from '#model/verdict';
import { counterexamplesOf, EXIT_CODE, effectiveShare, outcomeOf, vacuousInvariants } from '#reports/outcome';
import { COUNTEREXAMPLE, FAILED, KERNEL, NOT_RUN, PASSED } from './examples.js';

const asked = (verdict: Verdict) => ({ verdict, optional: false });
const optional = (verdict: Verdict) => ({ verdict, optional: true });

describe('the outcome of a run', () => {
  it('is failed with any counterexample', () => {
    expect(outcomeOf([asked(PASSED), asked(FAILED), asked(NOT_RUN)], false)).toBe('failed');
  });

  it('is interrupted, whatever was found', () => {
    expect(outcomeOf([asked(FAILED)], true)).toBe('interrupted');
    expect(outcomeOf([asked(PASSED)], true)).toBe('interrupted');
    expect(outcomeOf([], true)).toBe('interrupted');
  });

  it('is passed without a System that nobody asked for by name', () => {
    expect(outcomeOf([asked(PASSED), optional(NOT_RUN)], false)).toBe('passed');
    expect(outcomeOf([asked(PASSED), asked(NOT_RUN)], false)).toBe('not-run');
  });

  it('is never passed when nothing was checked', () => {
    expect(outcomeOf([optional(NOT_RUN)], false)).toBe('not-run');
    expect(outcomeOf([], false)).toBe('not-run');
  });

  it('has an exit code', () => {
    expect(EXIT_CODE).toEqual({ passed: 0, failed: 1, 'not-run': 3, interrupted: 130 });
  });
});

it('invariants that were never looked at are vacuous', () => {
  expect(vacuousInvariants(PASSED)).toEqual(['aux-charge']);
});

it('a System may have several counterexamples', () => {
  const further = [COUNTEREXAMPLE];
  expect(counterexamplesOf(PASSED)).toEqual([]);
  expect(counterexamplesOf(FAILED)).toEqual([COUNTEREXAMPLE]);
  expect(counterexamplesOf({ ...FAILED, further })).toEqual([COUNTEREXAMPLE, COUNTEREXAMPLE]);
});

it('operations that name what is there are effective', () => {
  expect(effectiveShare(KERNEL)).toBe(0.9);
  expect(effectiveShare(PASSED)).toBe(0.95);
  expect(effectiveShare(NOT_RUN)).toBe(0);
});

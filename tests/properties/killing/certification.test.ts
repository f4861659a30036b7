import { describe, expect, it } from 'vitest';
import type { Counterexample } from '#model/verdict';
import { certificationOf } from '#properties/killing/certification';
import { failureAt, traceOf } from '../../shrinkers/traces.js';

const FOUND: Counterexample = {
  system: 'advance',
  trace: traceOf([['maps', 0]]),
  failure: failureAt(0),
  observations: [],
  foundWith: 1,
  shrinkRuns: 0,
  token: '',
};
const certificate = { bounds: 'wide', operations: 1, states: 1, transitions: 1 };

describe('certificationOf', () => {
  it('tells what is proven from what is not, and from what nobody asked', () => {
    expect(certificationOf(FOUND)).toBe('not asked');
    expect(certificationOf({ ...FOUND, certificate: { ...certificate, proven: true } })).toBe('certified');
    expect(certificationOf({ ...FOUND, certificate: { ...certificate, proven: false } })).toBe('not proven');
  });
});

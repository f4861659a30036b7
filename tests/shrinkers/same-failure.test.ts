import { describe, expect, it } from 'vitest';
import { OP } from '#model/alphabet/operations';
import type { Failure } from '#model/verdict';
import { failureClass, sameFailure } from '#shrinkers/same-failure';
import { traceOf } from './traces.js';

const invariant = (detail: string, rule = 'mappings-counted'): Failure => ({
  kind: 'invariant',
  rule,
  text: 'Counts match.',
  step: 0,
  detail,
});
const rejected = (detail: string, text: string): Failure => ({
  ...invariant(detail, 'spec'),
  kind: 'spec',
  text,
});
const same = (a: Failure, b: Failure): boolean => failureClass(OP.munmap, a) === failureClass(OP.munmap, b);

describe('failureClass', () => {
  it('is the same whatever the numbers', () => {
    expect(
      same(invariant('buffer 0: mmap_count is 2, VMAs: 1'), invariant('buffer 3: mmap_count is 9, VMAs: 4')),
    ).toBe(true);
  });

  it.each([
    ['which count', 'buffer 0: aux_mmap_count is 2, VMAs: 1'],
    ['too few instead of too many', 'buffer 0: mmap_count is 0, VMAs: 1'],
    ['too few, below zero', 'buffer 0: mmap_count is -1, VMAs: 0'],
  ])('tells apart: %s', (_, detail) => {
    expect(same(invariant('buffer 0: mmap_count is 2, VMAs: 1'), invariant(detail))).toBe(false);
  });

  it('tells what was seen apart, and the rule of the specification', () => {
    const one = rejected('process 0: munmap gave ok, allowed EINVAL', 'it cannot be cut');
    expect(same(one, rejected('process 1: munmap gave ok, allowed EINVAL', 'it cannot be cut'))).toBe(true);
    expect(same(one, rejected('process 0: munmap gave ENOMEM, allowed EINVAL', 'it cannot be cut'))).toBe(
      false,
    );
    expect(same(one, rejected('process 0: munmap gave ok, allowed EINVAL', 'it needs a length'))).toBe(false);
  });

  it('tells rules and kinds of operation apart', () => {
    const one = invariant('event 0: mmap_count is 2, VMAs: 1');
    expect(same(one, { ...one, rule: 'another' })).toBe(false);
    expect(failureClass(OP.munmap, one)).not.toBe(failureClass(OP.mmap, one));
    const [a, b] = [traceOf([['munmap', 0, 0, 1]]), traceOf([['munmap', 2, 5, 3]])];
    expect(sameFailure({ trace: a, failure: one }, { trace: b, failure: one })).toBe(true);
  });
});

import { describe, expect, it } from 'vitest';
import { OP } from '#model/alphabet/operations';
import type { Failure } from '#model/verdict';
import { detailClass, failureClass, sameFailure } from '#shrinkers/same-failure';
import { read, traceOf } from './traces.js';

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

describe('detailClass', () => {
  it.each([
    ['buffer 0: mmap_count is 2, VMAs: 1', 'buffer #: mmap_count is #, VMAs: # more'],
    ['buffer 10: mmap_count is 10, VMAs: 9', 'buffer #: mmap_count is #, VMAs: # more'],
    ['mmap_count is 9, VMAs: 10', 'mmap_count is #, VMAs: # less'],
    ['locked_vm is -1, charged: 0', 'locked_vm is #, charged: # less'],
    ['locked_vm is -1, charged: -20', 'locked_vm is #, charged: # more'],
    ['locked_vm is -20, charged: -1', 'locked_vm is #, charged: # less'],
  ])('leaves out the numbers, and tells too many from too few: %s', (detail, told) => {
    expect(detailClass(detail)).toBe(told);
  });

  it.each([
    ['page 3 is writable', 'page # is writable'],
    ['event 1 is 12', 'event # is #'],
    ['word 2 is 12th of 3', 'word # is #th of #'],
    ['axis 3 of 1', 'axis # of #'],
    ['', ''],
  ])('has no direction where no count is told with what it should be: %s', (detail, told) => {
    expect(detailClass(detail)).toBe(told);
  });
});

describe('failureClass', () => {
  it('names the rule, the kind of operation and what is wrong; of the specification why it objects', () => {
    expect(failureClass(OP.munmap, invariant('event 4: mmap_count is 2, VMAs: 1'))).toBe(
      `invariant mappings-counted | ${OP.munmap} | event #: mmap_count is #, VMAs: # more`,
    );
    expect(failureClass(OP.mmap, rejected('process 0: ok, allowed EINVAL', 'it cannot be cut'))).toBe(
      `spec spec | ${OP.mmap} | process #: ok, allowed EINVAL | it cannot be cut`,
    );
  });

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
    // The operation that counts is the one at which it shows.
    const later = { trace: read('mmap 0 -1 0 1 1; munmap 0 0 1'), failure: { ...one, step: 1 } };
    expect(sameFailure({ trace: a, failure: one }, later)).toBe(true);
    expect(sameFailure({ trace: a, failure: one }, { ...later, failure: one })).toBe(false);
  });
});

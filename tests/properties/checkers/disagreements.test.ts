import { describe, expect, it } from 'vitest';
import type { OpName } from '#model/alphabet/operations';
import type { Failure } from '#model/verdict';
import { Disagreements } from '#properties/checkers/disagreements';
import type { KernelFind } from '#properties/checkers/kernel-counterexample';
import { failureAt, traceOf } from '../../shrinkers/traces.js';

const NOTHING = { obs: new Int32Array(0), steps: 0 };

/** A find in which the operation after so many others fails. */
function find(step: number, more: Partial<Failure> = {}, kind: OpName = 'load'): KernelFind {
  const trace = traceOf([...Array.from({ length: step }, () => ['maps', 0] as const), [kind, 0]]);
  return { trace, failure: { ...failureAt(step), ...more }, recording: NOTHING };
}

function groups(...finds: KernelFind[]): [number, number][] {
  const disagreements = new Disagreements();
  for (const each of finds) disagreements.add(each);
  const all = disagreements.all();
  expect(disagreements.kinds).toBe(all.length);
  return all.map(({ find: { failure }, count }) => [failure.step, count]);
}

describe('disagreements', () => {
  it('that look alike are one group, of which the shortest stands for all', () => {
    expect(groups()).toEqual([]);
    expect(groups(find(4), find(2), find(3))).toEqual([[2, 3]]);
    expect(groups(find(2), find(4))).toEqual([[2, 2]]);
  });

  it('of the same length are told by the one that was seen first', () => {
    const first = find(2);
    const disagreements = new Disagreements();
    disagreements.add(first);
    disagreements.add(find(2));
    expect(disagreements.all()[0].find).toBe(first);
  });

  it('are apart by rule, by kind, by what they say, and by operation', () => {
    const apart = [{ rule: 'other' }, { kind: 'spec' as const }, { text: 'Another rule.' }];
    expect(groups(find(1), ...apart.map((more) => find(1, more)), find(1, {}, 'store')).length).toBe(5);
  });

  it('that have the same explanation are one, whatever else is said of them', () => {
    const explainedBy = ['one', 'two'];
    const alike = find(3, { explainedBy, rule: 'other', text: 'Another rule.' }, 'store');
    expect(groups(find(1, { explainedBy }), alike)).toEqual([[1, 2]]);
    expect(groups(find(1, { explainedBy }), find(1, { explainedBy: ['one'] })).length).toBe(2);
    // Each alone, or only together.
    expect(groups(find(1, { explainedBy }), find(1, { explainedBy, explainedTogether: true })).length).toBe(
      2,
    );
  });

  it('come in the order of how often they were seen', () => {
    const often = { rule: 'often' };
    expect(groups(find(1), find(2, often), find(3, often))).toEqual([
      [2, 2],
      [1, 1],
    ]);
  });

  it('can be put into a group by name', () => {
    const disagreements = new Disagreements();
    disagreements.addAs('mine', find(1));
    disagreements.addAs('mine', find(1, { rule: 'other' }));
    expect(disagreements.all().map(({ key, count }) => [key, count])).toEqual([['mine', 2]]);
  });
});

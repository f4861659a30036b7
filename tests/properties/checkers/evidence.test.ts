import { describe, expect, it } from 'vitest';
import { v6_14 } from '#model/designs/v6.14';
import type { Counterexample } from '#model/verdict';
import { evidenceOf } from '#properties/checkers/evidence';
import { replayOnDesign } from '#properties/checkers/replay';
import { traceOf } from '../../shrinkers/traces.js';

/** v6.14 lets a mapping be unmapped in part. */
function broken(): Counterexample {
  const trace = traceOf([
    ['open', 0, 0, 0, -1],
    ['mmap', 0, 0, 0, 2, 1],
    ['munmap', 0, 0, 1],
  ]);
  const { counterexample } = replayOnDesign(v6_14, trace);
  if (counterexample === undefined) throw new Error('it passes');
  return counterexample;
}

describe('the evidence of a counterexample', () => {
  it('has what was allowed at each step, and what each changed', () => {
    const evidence = evidenceOf(broken());
    expect(evidence?.allowed.map(([first]) => first?.obs[0])).toEqual([0, 0, -22]);
    expect(evidence?.allowed[2]?.[0]?.rule).toContain('cannot be unmapped in part');
    expect(evidence?.changes).toHaveLength(4);
    expect(evidence?.changes[0]?.set).toHaveProperty('task 0');
    expect(evidence?.changes[3]?.gone).toContain('vma 0.0');
    expect(evidence?.drawnFrom).toBeUndefined();
  });

  it('of a kernel is judged by its release, and drawn from the design that it is most like', () => {
    const of = (system: string) => evidenceOf({ ...broken(), system });
    expect(of('linux-6.18.44')?.drawnFrom).toBe('advance');
    expect(of('linux-6.1.0-debian')?.drawnFrom).toBe('demand-fault');
    // Pages are mapped in advance since 6.14.
    expect(of('linux-6.13.9')?.drawnFrom).toBe('demand-fault');
    expect(of('linux-6.14.0')?.drawnFrom).toBe('advance');
  });

  it('ends where the specification does not follow', () => {
    const [first = new Int32Array(2)] = broken().observations;
    const refused = Int32Array.of(-1, 0);
    const evidence = evidenceOf({ ...broken(), observations: [refused, first, first] });
    expect(evidence?.allowed).toHaveLength(1);
  });

  it('has each step where all of them are allowed, as when an invariant is broken', () => {
    const all = broken();
    const evidence = evidenceOf({ ...all, observations: all.observations.slice(0, 2) });
    expect(evidence?.allowed).toHaveLength(2);
    expect(evidence?.changes).toHaveLength(3);
  });

  it('of a System that is not known is none', () => {
    for (const system of ['mine', 'linux-', 'linux-next'])
      expect(evidenceOf({ ...broken(), system })).toBeUndefined();
  });
});

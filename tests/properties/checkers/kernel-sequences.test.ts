import { describe, expect, it } from 'vitest';
import { OBS_WIDTH, OP_WIDTH, PROCS } from '#model/alphabet/bounds';
import { BOUND } from '#model/alphabet/observations';
import { OP, OP_NAMES } from '#model/alphabet/operations';
import { type Trace, traceLength } from '#model/alphabet/trace';
import { Spec } from '#model/spec/index';
import { closeTrace } from '#properties/checkers/closing';
import { KernelSequences } from '#properties/checkers/kernel-sequences';
import { FakeKernel, KERNEL_FLAVOUR } from './fakes.js';

const { env } = new FakeKernel();
const LENGTH = 12;

const kindsOf = ({ ops }: Trace): string[] =>
  Array.from({ length: traceLength(ops) }, (_, i) => OP_NAMES[ops[i * OP_WIDTH]]);

function draw(count: number, spec = new Spec(KERNEL_FLAVOUR), length = LENGTH): Trace[] {
  const sequences = new KernelSequences(spec, env, length);
  return Array.from({ length: count }, (_, low) => sequences.draw({ high: 3, low }));
}

/** Who lives after the trace, in a specification that does it. */
function living({ ops }: Trace): number[] {
  const spec = new Spec(KERNEL_FLAVOUR);
  const obs = new Int32Array(OBS_WIDTH);
  spec.reset(env);
  for (let at = 0; at < ops.length; at += OP_WIDTH) spec.step(ops, at, obs);
  return Array.from({ length: PROCS }, (_, proc) => proc).filter((proc) => spec.view.alive(proc));
}

describe('sequences for a kernel', () => {
  it('start from its environment, and do not ask for what it cannot do', () => {
    for (const trace of draw(60)) {
      expect(trace.env).toBe(env);
      expect(kindsOf(trace)).not.toContain('inject');
    }
  });

  it('are so many operations, and what closes them, so that nobody lives at the end', () => {
    for (const trace of draw(60)) {
      expect(living(trace)).toEqual([]);
      const drawn = { env, ops: trace.ops.slice(0, LENGTH * OP_WIDTH) };
      if (living(drawn).length > 0) expect(trace).toEqual(closeTrace(new Spec(KERNEL_FLAVOUR), drawn));
    }
    expect(draw(3, undefined, 0).map(kindsOf)).toEqual(
      Array.from({ length: 3 }, () => ['maps', 'status', 'headroom', 'exit']),
    );
  });

  it('are the same for the same seed', () => {
    const all = draw(20);
    expect(draw(20)).toEqual(all);
    expect(new Set(all.map(({ ops }) => ops.join())).size).toBe(20);
  });

  it('count what names nothing that is mapped', () => {
    const sequences = new KernelSequences(new Spec(KERNEL_FLAVOUR), env, LENGTH);
    expect(sequences.unmapped).toBe(0);
    for (let low = 0; low < 300; low++) sequences.draw({ high: 3, low });
    expect(sequences.unmapped).toBeGreaterThan(0);
    expect(sequences.unmapped).toBeLessThan(300);
  });

  it('end where the specification cannot follow', () => {
    class Bounded extends Spec {
      readonly #kind: number;

      constructor(kind: number) {
        super(KERNEL_FLAVOUR);
        this.#kind = kind;
      }

      override step(ops: Int32Array, at: number, obs: Int32Array): void {
        super.step(ops, at, obs);
        if (ops[at] === this.#kind) obs[0] = BOUND;
      }
    }
    // One that is drawn, and one that closes.
    const forks = draw(60, new Bounded(OP.fork)).map(kindsOf);
    expect(forks.some((kinds) => kinds.includes('fork'))).toBe(true);
    for (const kinds of forks) {
      if (!kinds.includes('fork')) continue;
      // What was drawn ends with it; what there is by then is closed.
      expect(kinds.indexOf('fork')).toBe(kinds.lastIndexOf('fork'));
    }
    for (const kinds of draw(20, new Bounded(OP.status)).map(kindsOf)) expect(kinds.at(-1)).toBe('status');
  });
});

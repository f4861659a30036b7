import { expect } from 'vitest';
import { OP_WIDTH } from '#model/alphabet/bounds';
import { OP, type OpName } from '#model/alphabet/operations';
import { DEFAULT_ENV, type Env } from '#model/alphabet/system';
import { type Trace, traceLength } from '#model/alphabet/trace';
import type { Failure } from '#model/verdict';
import type { Pass } from '#shrinkers/edit';
import { isSimpler } from '#shrinkers/order';

/** A trace from names: `['mmap', process, ...operands]`. */
export function traceOf(steps: readonly (readonly [OpName, ...number[]])[], env: Env = DEFAULT_ENV): Trace {
  const ops = new Int32Array(steps.length * OP_WIDTH);
  steps.forEach(([name, ...ints], i) => {
    ops.set([OP[name], ...ints], i * OP_WIDTH);
  });
  return { env, ops };
}

export function failureAt(step: number, rule = 'rule'): Failure {
  return { kind: 'invariant', rule, text: 'A rule.', step, detail: '' };
}

export const kindAt = ({ ops }: Trace, step: number): number => ops[step * OP_WIDTH];

export const intAt = ({ ops }: Trace, step: number, slot: number): number => ops[step * OP_WIDTH + slot];

/** Fails at the first operation that `wrong` says of, given the steps before it. */
export function failsWhere(wrong: (trace: Trace, step: number) => boolean) {
  return (trace: Trace): Failure | undefined => {
    for (let step = 0; step < traceLength(trace.ops); step++) {
      if (wrong(trace, step)) return failureAt(step);
    }
    return undefined;
  };
}

/** The pass proposes this, and it is simpler. */
export function expectCandidate(pass: Pass, from: Trace, to: Trace): void {
  expect([...pass(from)].filter((each) => isSimpler(each, from))).toContainEqual(to);
}

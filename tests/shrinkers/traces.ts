import { expect } from 'vitest';
import { OP_WIDTH } from '#model/alphabet/bounds';
import { OP, OP_NAMES, type OpName } from '#model/alphabet/operations';
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

/** A trace in words, an operation each with its process and operands: `fork 0 1; exit 1`. Ints that are left out are 0. */
export function read(text: string, env: Env = DEFAULT_ENV): Trace {
  const steps = text.split('; ').filter((step) => step !== '');
  return traceOf(
    steps.map((step) => {
      const [name, ...ints] = step.split(' ');
      if (!(name in OP)) throw new Error(`no operation: ${step}`);
      return [name as OpName, ...ints.map(Number)];
    }),
    env,
  );
}

/** The other way round: the words of a trace, in each operation all ints up to the last that is not 0. */
export function told({ ops }: Trace): string {
  return Array.from({ length: traceLength(ops) }, (_, step) => {
    const [kind, ...ints] = ops.subarray(step * OP_WIDTH, (step + 1) * OP_WIDTH);
    return [OP_NAMES[kind], ...ints.slice(0, Math.max(1, ints.findLastIndex((int) => int !== 0) + 1))].join(
      ' ',
    );
  }).join('; ');
}

/** All that a pass proposes, in order, each in its words; in the environment of the trace, which is left as it is. */
export function proposals(pass: Pass, text: string): string[] {
  const trace = read(text);
  const all = [...pass(trace)];
  expect(trace).toEqual(read(text));
  for (const each of all) expect(each.env).toBe(trace.env);
  return all.map(told);
}

// Any trace of the alphabet: every operand anywhere in its domain, whether or not it makes sense.
import fc from 'fast-check';
import { OP_WIDTH } from '#model/alphabet/bounds';
import { ANY, obsWidth, UNLIMITED } from '#model/alphabet/observations';
import { OP_NAMES } from '#model/alphabet/operations';
import type { Env, Recording } from '#model/alphabet/system';
import type { Trace } from '#model/alphabet/trace';
import { FIELDS } from '#model/trace/layout';

export const operation: fc.Arbitrary<number[]> = fc.oneof(
  ...OP_NAMES.map((_, kind) => {
    const operands = (FIELDS[kind] ?? []).map(({ domain }) =>
      fc.integer({ min: domain.min, max: domain.max }),
    );
    return fc.tuple(...operands).map((values) => {
      const packed = [kind, ...values];
      return [...packed, ...new Array<number>(OP_WIDTH - packed.length).fill(0)];
    });
  }),
);

const env: fc.Arbitrary<Env> = fc.record({
  gift: fc.oneof(fc.nat(64), fc.nat()),
  rlimit: fc.oneof(fc.nat(64), fc.nat()),
  paranoid: fc.integer({ min: -128, max: 127 }),
  pku: fc.boolean(),
  thp: fc.boolean(),
  ksm: fc.boolean(),
  aux: fc.boolean(),
});

export const trace: fc.Arbitrary<Trace> = fc
  .record({ env, operations: fc.array(operation, { maxLength: 40 }) })
  .map(({ env, operations }) => ({ env, ops: Int32Array.from(operations.flat()) }));

const int = fc.oneof(
  fc.integer({ min: -600, max: 0x10003 }),
  fc.constantFrom(ANY, UNLIMITED),
  fc.integer({ min: -0x80000000, max: 0x7fffffff }),
);

/** A recording of a first part of the trace, with any ints in it. */
export function recordingOf(trace: Trace): fc.Arbitrary<Recording & { system: string }> {
  const kinds = Array.from({ length: trace.ops.length / OP_WIDTH }, (_, i) => trace.ops[i * OP_WIDTH] ?? 0);
  return fc.nat(kinds.length).chain((steps) => {
    const ints = kinds.slice(0, steps).reduce((sum, kind) => sum + obsWidth(kind), 0);
    return fc
      .record(
        {
          steps: fc.constant(steps),
          obs: fc.array(int, { minLength: ints, maxLength: ints }).map((list) => Int32Array.from(list)),
          system: fc.constantFrom('advance', 'linux-6.18.44'),
          ended: fc.string({ maxLength: 100 }),
        },
        { requiredKeys: ['steps', 'obs', 'system'] },
      )
      .map((made) => ({ ...made }));
  });
}

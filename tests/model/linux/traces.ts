// Sequences by chance: every operand anywhere in its domain, with a liking for what fits together.
import fc from 'fast-check';
import { OP_WIDTH } from '#model/alphabet/bounds';
import type { Domain } from '#model/alphabet/operands';
import { OP_NAMES, OPERATIONS } from '#model/alphabet/operations';

const SMALL = 6;

function value(name: string, domain: Domain): fc.Arbitrary<number> {
  const any = fc.integer({ min: domain.min, max: domain.max });
  if (!/page|fd/.test(name)) return any;
  return fc.oneof(any, fc.integer({ min: domain.min, max: Math.min(domain.max, SMALL) }));
}

const operation: fc.Arbitrary<number[]> = fc.oneof(
  ...OP_NAMES.map((name, kind) => {
    const values = Object.entries<Domain>(OPERATIONS[name].operands).map(([key, domain]) =>
      value(key, domain),
    );
    const proc = name === 'exit' ? fc.constant(1) : fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 2 }));
    return fc
      .tuple(proc, ...values)
      .map((said) => [kind, ...said, ...Array<number>(OP_WIDTH - 1 - said.length).fill(0)]);
  }),
);

/** Packed sequences of at most so many operations. */
function traces(maxLength: number): fc.Arbitrary<Int32Array> {
  return fc.array(operation, { maxLength, size: 'max' }).map((ops) => Int32Array.from(ops.flat()));
}

/** So many of them, the same ones for the same seed. */
export function sample(count: number, maxLength: number, seed: number): Int32Array[] {
  return fc.sample(traces(maxLength), { numRuns: count, seed });
}

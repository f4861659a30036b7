import { afterAll, describe, expect, it } from 'vitest';
import { OBS_WIDTH } from '#model/alphabet/bounds';
import { ANY, OK, obsWidth, RECORD_BYTES, SIGBUS_ADRERR, SKIP } from '#model/alphabet/observations';
import { ADVICE, type Domain } from '#model/alphabet/operands';
import { OP, OP_NAMES, OPERATIONS, type OpName } from '#model/alphabet/operations';
import { DEFAULT_ENV } from '#model/alphabet/system';
import type { Trace } from '#model/alphabet/trace';
import { libraryNames } from '#reports/reproducers/c-library';
import { REPRODUCERS, type Scenario } from '#reports/reproducers/index';
import { traceOf } from '../../shrinkers/traces.js';
import { Workshop } from '../../support/c-compiler.js';

const workshop = new Workshop();
afterAll(() => workshop.clear());

const { c, kselftest } = REPRODUCERS;

function scenario(trace: Trace, observed: readonly (readonly number[])[], title = 'A title.'): Scenario {
  const expectations = observed.map((ints, i) => {
    const obs = new Int32Array(OBS_WIDTH);
    obs.set(ints);
    return { allowed: [{ obs: obs.slice(0, obsWidth(trace.ops[i * 8] ?? 0)), rule: 'a rule' }] };
  });
  return { trace, expectations, title, like: 'v6.18', system: 'v6.18', facts: ['pku', 'thp', 'ksm'] };
}

/** An operation of this kind with the least operands. */
function least(name: OpName): readonly [OpName, ...number[]] {
  const domains: Domain[] = Object.values(OPERATIONS[name].operands);
  return [name, 0, ...domains.map(({ min }) => min)];
}

/** Every kind of operation but those that no program can do, with what each kind of check is for. */
const EVERYTHING = traceOf([
  ...OP_NAMES.filter((name) => !['inject', 'gift', 'exit', 'fork', 'mincore'].includes(name)).map(least),
  ['fork', 0, 1],
  ['mincore', 0, 0, 3],
  ['mincore', 0, 0, 3],
  ...[1, 3, 4, 6].map((word) => ['load', 0, 0, word] as const),
  ['munmap', 2, 0, 1],
  ['load', 0, 0, 0],
  ['load', 0, 0, 5],
  ['load', 0, 0, 2],
  ['load', 0, 30, 0],
  ['exit', 1],
  ['exit', 0],
]);

function everything(): Scenario {
  const steps = EVERYTHING.ops.length / 8;
  const observed: number[][] = Array.from({ length: steps }, () => [OK, 0]);
  observed[steps - 13] = [OK, 0b101];
  observed[steps - 12] = [OK, ANY];
  observed[steps - 7] = [SKIP, 0];
  observed[steps - 6] = [OK, RECORD_BYTES];
  observed[steps - 5] = [OK, 3];
  observed[steps - 4] = [OK, 2];
  observed[steps - 3] = [SIGBUS_ADRERR, 0];
  const made = scenario(EVERYTHING, observed);
  const [first, ...rest] = made.expectations;
  const either = { allowed: [...(first?.allowed ?? []), { obs: Int32Array.of(-12, 0), rule: 'or not' }] };
  return { ...made, expectations: [either, ...rest] };
}

describe('a program in C', () => {
  it.each(Object.entries({ c, kselftest }))(
    '%s: compiles without a warning, whatever it does',
    (_, write) => {
      expect(() => workshop.compile(write?.(everything()) ?? '')).not.toThrow();
    },
  );

  it('compiles with any single operation: what the others need is not in it', () => {
    const wrong: string[] = [];
    for (const name of OP_NAMES) {
      const text = c?.(scenario(traceOf([least(name)]), [[OK, 0]])) ?? '';
      try {
        workshop.compile(text);
      } catch (error) {
        wrong.push(`${name}: ${String(error)}`);
      }
    }
    expect(wrong).toEqual([]);
  }, 120_000);

  it('knows every advice by name, however old the headers', () => {
    const advices = ADVICE.names ?? [];
    const trace = traceOf(advices.map((_, advice) => ['madvise', 0, 0, 1, advice]));
    const text =
      c?.(
        scenario(
          trace,
          advices.map(() => [OK, 0]),
        ),
      ) ?? '';
    for (const advice of advices) expect(text).toContain(`MADV_${advice.toUpperCase()}))`);
    expect(() => workshop.compile(text)).not.toThrow();
  });

  it('has nothing in its library that no program uses', () => {
    const used = c?.({ ...everything(), trace: { ...EVERYTHING, env: { ...DEFAULT_ENV, pku: true } } }) ?? '';
    expect(libraryNames().filter((name) => !new RegExp(`\\b${name}\\b`).test(used))).toEqual([]);
  });

  it('lets nothing out of its comments', () => {
    const evil = '*/ int main(void) { return 0; } /* \u202e \n#error here\r\n\\\n??/ "\u2028 */';
    const text = c?.(scenario(traceOf([['munlockall', 0]]), [[OK, 0]], evil)) ?? '';
    expect(text).toMatch(/^[\t\n -~]*$/);
    expect(text.match(/\bint main\(/g)).toHaveLength(2);
    expect(() => workshop.compile(text)).not.toThrow();
    expect(text.split('\n').some((line) => line.startsWith('#error'))).toBe(false);
  });

  it('says at each step what it should show, and where the System showed something else', () => {
    const trace = traceOf([['munmap', 0, 3, 0]]);
    const made = scenario(trace, [[-22, 0]]);
    const [expectation] = made.expectations;
    const seen = {
      ...made,
      expectations: [{ allowed: expectation?.allowed ?? [], seen: Int32Array.of(0, 0) }],
    };
    const text = c?.(seen) ?? '';
    expect(text).toContain('/* 1. P0: munmap(page 3, 0 pages): EINVAL (a rule). On v6.18 it was: ok. */');
    expect(text).toContain('expect(-EINVAL, result(munmap(page(3), pages(0))));');
  });

  it('says what no program can do, and ends with 4', () => {
    const trace = traceOf([
      ['inject', 0, 1, 2],
      ['munlockall', 0],
    ]);
    const made = scenario(trace, [
      [OK, 0],
      [OK, 0],
    ]);
    const { exitCode, out } = workshop.try(c?.(made) ?? '');
    expect([exitCode, out]).toEqual([
      4,
      'step 1 makes an allocation of the kernel fail, which no program can\n',
    ]);
    expect(workshop.try(kselftest?.(made) ?? '').exitCode).toBe(4);
  });

  it('says where the specification leaves the rest open', () => {
    const trace = traceOf([
      ['munlockall', 0],
      ['munlockall', 0],
    ]);
    expect(c?.(scenario(trace, [[OK, 0]]))).toContain('leaves open what follows: 1 more operation');
  });

  it('needs all kinds of the alphabet', () => {
    expect(new Set(EVERYTHING.ops.filter((_, i) => i % 8 === 0)).size).toBe(OP_NAMES.length - 2);
    expect(OP.inject).toBeDefined();
  });
});

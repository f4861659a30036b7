import { describe, expect, it } from 'vitest';
import { OP_WIDTH } from '#model/alphabet/bounds';
import { OP_NAMES } from '#model/alphabet/operations';
import { DEFAULT_ENV } from '#model/alphabet/system';
import type { Trace } from '#model/alphabet/trace';
import { Spec } from '#model/spec/index';
import { closeTrace } from '#properties/checkers/closing';
import { traceOf } from '../../shrinkers/traces.js';
import { FLAVOUR } from './fakes.js';

const close = (trace: Trace): string[] => {
  const { ops } = closeTrace(new Spec(FLAVOUR), trace);
  expect(ops.slice(0, trace.ops.length)).toEqual(trace.ops);
  const words = Array.from({ length: ops.length / OP_WIDTH }, (_, i) => ops.subarray(i * OP_WIDTH));
  return words.slice(trace.ops.length / OP_WIDTH).map((op) => `${OP_NAMES[op[0]]} ${op[1]}`);
};

describe('closeTrace', () => {
  it('looks at all that a sequence has come to, and lets every process exit', () => {
    const trace = traceOf([
      ['open', 0, 0, 0, -1],
      ['mmap', 0, 0, 4, 2, 1, 0, 0],
      ['fork', 0, 2],
    ]);
    const looks = (proc: number): string[] => ['maps', 'status', 'headroom'].map((kind) => `${kind} ${proc}`);
    expect(close(trace)).toEqual([...looks(0), 'load 0', 'load 0', 'exit 0', ...looks(2), 'exit 2']);
  });

  it('adds nothing where nobody lives any more, where a table is full, or where there is no room', () => {
    expect(close(traceOf([['exit', 0]]))).toEqual([]);
    const maps = Array.from({ length: 25 }, (_, page) => [
      ['open', 0, 0, 0, -1] as const,
      ['mmap', 0, 0, page, 1, 1, 0, 0] as const,
      ['close', 0, 0] as const,
    ]);
    const full = traceOf(maps.flat(), { ...DEFAULT_ENV, gift: 64 });
    expect(close(full)).toEqual([]);
    expect(close(traceOf(maps.slice(0, 20).flat(), full.env)).length).toBe(3 + 20 + 1);
    const long = traceOf(Array.from({ length: 9_990 }, () => ['munlockall', 0] as const));
    expect(close(long)).toEqual([]);
  });
});

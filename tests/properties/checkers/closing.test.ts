import { describe, expect, it } from 'vitest';
import { OP_WIDTH } from '#model/alphabet/bounds';
import { VIEW_ANON, VIEW_NONE, VIEW_PERF } from '#model/alphabet/observations';
import { WORDS } from '#model/alphabet/operands';
import { OP, OP_NAMES } from '#model/alphabet/operations';
import type { SequenceView } from '#model/alphabet/specification';
import { DEFAULT_ENV } from '#model/alphabet/system';
import type { Trace } from '#model/alphabet/trace';
import { Spec } from '#model/spec/index';
import { MAX_OPERATIONS } from '#model/trace/layout';
import { Closing, closeTrace, MAX_CLOSING } from '#properties/checkers/closing';
import { traceOf } from '../../shrinkers/traces.js';
import { through } from '../arbitraries/drafts.js';
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

  it('has the specification do the operations of the trace that it gives, and no others', () => {
    const done: number[] = [];
    class Heard extends Spec {
      override step(ops: Int32Array, at: number, obs: Int32Array): void {
        done.push(...ops.subarray(at, at + OP_WIDTH));
        super.step(ops, at, obs);
      }
    }
    const trace = traceOf([
      ['open', 0, 0, 0, -1],
      ['mmap', 0, 0, 4, 2, 1, 0, 0],
    ]);
    const { env, ops } = closeTrace(new Heard(FLAVOUR), trace);
    expect(done).toEqual([...ops]);
    expect(env).toBe(trace.env);
  });

  it('closes what leaves just enough room for it', () => {
    const room = MAX_OPERATIONS - MAX_CLOSING;
    const long = (length: number): Trace => traceOf(Array.from({ length }, () => ['munlockall', 0] as const));
    expect(close(long(room))).toEqual(['maps 0', 'status 0', 'headroom 0', 'exit 0']);
    expect(close(long(room + 1))).toEqual([]);
  });
});

describe('Closing', () => {
  /** The operations that close such a state, with all their ints; those of a process that exits have been executed. */
  function closing(view: Partial<SequenceView>, everyWord: boolean): number[][] {
    const ops = new Int32Array(2 * OP_WIDTH);
    const of = new Closing({ ...new Spec(FLAVOUR).view, ...view } as SequenceView);
    const all: number[][] = [];
    of.begin(everyWord);
    // What stood there before does not shine through.
    while (of.next(ops.fill(9), OP_WIDTH)) {
      expect([...ops.subarray(0, OP_WIDTH)]).toEqual(Array.from({ length: OP_WIDTH }, () => 9));
      all.push([...ops.subarray(OP_WIDTH)]);
    }
    return all;
  }

  const isAlive = (proc: number) => proc === 1;
  const first = (proc: number) =>
    [OP.maps, OP.status, OP.headroom].map((kind) => [kind, proc, 0, 0, 0, 0, 0, 0]);
  const load = (page: number, word: number) => [OP.load, 1, page, word, 0, 0, 0, 0];
  const exit = (proc: number) => [OP.exit, proc, 0, 0, 0, 0, 0, 0];
  const pageKind = (_: number, page: number) => (page === 2 ? VIEW_PERF : page === 5 ? VIEW_ANON : VIEW_NONE);

  it('loads a word of each mapped page, or every word of a page of perf', () => {
    const words = through(0, WORDS - 1).map((word) => load(2, word));
    expect(closing({ alive: isAlive, pageKind }, false)).toEqual([
      ...first(1),
      load(2, 0),
      load(5, 0),
      exit(1),
    ]);
    expect(closing({ alive: isAlive, pageKind }, true)).toEqual([...first(1), ...words, load(5, 0), exit(1)]);
  });

  it('keeps to the pages of the process, and begins anew with each sequence', () => {
    const other = {
      alive: () => true,
      pageKind: (proc: number, page: number) => (proc * 32 + page === 32 ? VIEW_ANON : VIEW_NONE),
    };
    const expected = [...first(0), exit(0), ...first(1), load(0, 0), exit(1), ...first(2), exit(2)];
    expect(closing(other, false)).toEqual(expected);
    const again = new Closing(other as unknown as SequenceView);
    const ops = new Int32Array(OP_WIDTH);
    for (let i = 0; i < 3; i++) {
      again.begin(true);
      let count = 0;
      while (again.next(ops, 0)) count++;
      expect(count).toBe(expected.length);
    }
    again.begin(true);
    for (let i = 0; i < 6; i++) again.next(ops, 0);
    again.begin(true);
    expect(again.next(ops, 0)).toBe(true);
    expect([...ops.subarray(0, 2)]).toEqual([OP.maps, 0]);
  });

  it('takes as many operations as are reserved for it at most', () => {
    const full = { alive: () => true, pageKind: () => VIEW_PERF };
    expect(closing(full, true).length).toBe(MAX_CLOSING);
  });
});

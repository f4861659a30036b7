import { describe, expect, it } from 'vitest';
import * as o from '#model/alphabet/observations';
import type { OperationJson } from '#model/trace/operation-json';
import { outcomeOf } from '#reports/terminal/outcome';
import { tokenWriters } from '#reports/terminal/steps';

const short = (
  op: OperationJson['op'],
  operands: Record<string, number | string>,
  ...obs: number[]
): string =>
  outcomeOf({ op, proc: 0, ...operands } as OperationJson, Int32Array.from(obs), (token) =>
    token === 20 ? ' of step 1' : '',
  ).short;

describe('an outcome', () => {
  it('is ok, an error or a signal', () => {
    expect(short('munmap', {}, 0, 0)).toBe('ok');
    expect(short('munmap', {}, 0, 5)).toBe('ok, 5');
    expect(short('munmap', {}, -22, 0)).toBe('EINVAL');
    expect(short('store', {}, o.SIGBUS_ADRERR, 0)).toBe('SIGBUS/BUS_ADRERR');
  });

  it('may be that nothing was done', () => {
    expect(short('close', {}, o.SKIP, 0)).toBe('skipped: not there');
    expect(short('inject', {}, o.UNOBSERVED, 0)).toBe('not possible here');
    expect(short('mmap', {}, o.BOUND, 0)).toBe('a table of the model is full');
    expect(short('mmap', {}, o.HANG, 0)).toBe('does not return');
    expect(short('mmap', {})).toBe('no answer');
  });

  it('tells what a word holds', () => {
    const load = (word: string, value: number): string => short('load', { word }, 0, value);
    expect(load('scratch', 0)).toBe('0');
    expect(load('scratch', 20)).toBe('token 20 of step 1');
    expect(load('scratch', 21)).toBe('token 21');
    expect(load('scratch', o.RECORD_BYTES)).toBe("bytes of the kernel's record");
    expect(load('scratch', o.ANY)).toBe('ok, any value');
    expect(load('aux_size', 1)).toBe('1 page');
    expect(load('data_size', 4)).toBe('4 pages');
    expect(load('data_head', -3)).toBe('-3 records');
    expect(load('data_head', 1)).toBe('1 record');
    expect(load('first', 16)).toBe('16');
    expect(short('xchg', { value: 30 }, 0, 20)).toBe('token 20 of step 1');
  });

  it('tells what the observing operations show', () => {
    expect(short('mincore', { page: 0, npages: 4 }, 0, 0b0101)).toBe('ok, resident: #.#.');
    expect(short('mincore', { page: 0, npages: 4 }, 0, o.ANY)).toBe('ok, resident: any');
    expect(short('headroom', {}, 0, 9)).toBe('9 pages');
    expect(short('headroom', {}, 0, o.UNLIMITED)).toBe('unlimited');
    expect(short('status', {}, 0, 0, 3, o.ANY)).toBe('VmPin 3 pages, VmLck any number of pages');
  });
});

describe('the writer of a token', () => {
  const store = (value: number): OperationJson => ({ op: 'store', proc: 0, page: 1, word: 'scratch', value });

  it('is named when there is only one', () => {
    const offset: OperationJson = { op: 'store', proc: 0, page: 1, word: 'aux_offset', value: 19 };
    const poke: OperationJson = { op: 'ptrace_poke', proc: 0, target: 1, page: 1, value: 20 };
    const wroteAt = tokenWriters([store(17), store(18), store(17), offset, poke]);
    expect([17, 18, 19, 20, 21].map(wroteAt)).toEqual(['', ' of step 2', '', ' of step 5', '']);
  });
});

import { describe, expect, it } from 'vitest';
import { OP_WIDTH } from '#model/alphabet/bounds';
import { DEFAULT_ENV } from '#model/alphabet/system';
import { TraceError } from '#model/trace/trace-error';
import { alphabetOf, environmentOf } from '#properties/explorer/alphabet';
import type { Bounds } from '#properties/explorer/bounds';
import { pack } from '../../support/script.js';

const bounds = (operations: Bounds['operations'], processes = 2): Bounds => ({
  name: 'some',
  processes,
  records: 'unseen',
  operations,
});

const rows = (ops: Int32Array): number[][] =>
  Array.from({ length: ops.length / OP_WIDTH }, (_, i) => [
    ...ops.subarray(i * OP_WIDTH, (i + 1) * OP_WIDTH),
  ]);

/** The operations of the bounds, and these lines. */
const expectLines = (these: Bounds, lines: readonly string[]): void =>
  expect(rows(alphabetOf(these))).toEqual(lines.map((line) => [...pack(line)]));

describe('the alphabet of bounds', () => {
  it('has each combination of the values of each operation, done by every process', () => {
    expectLines(bounds([{ op: 'munmap', with: { page: [4, 0], npages: [1, 2] } }]), [
      'munmap page=0 npages=1',
      'munmap page=0 npages=2',
      'munmap page=4 npages=1',
      'munmap page=4 npages=2',
      '1: munmap page=0 npages=1',
      '1: munmap page=0 npages=2',
      '1: munmap page=4 npages=1',
      '1: munmap page=4 npages=2',
    ]);
  });

  it('takes 0, no output, or the least that there can be for operands that are left out', () => {
    const one = (op: Bounds['operations'][number]['op']) => bounds([{ op }], 1);
    expectLines(one('open'), ['open fd=0 output=-1']);
    expectLines(one('mmap'), ['mmap fd=0']);
    expectLines(one('set_output'), ['set_output fd=0 target=0']);
    expectLines(one('record'), ['record count=1']);
    expectLines(one('exit'), ['exit']);
  });

  it('is in order by kind, process and operands, whatever the order of the entries, and has nothing twice', () => {
    const lines = ['close', 'close fd=1', '1: close fd=1', 'load page=2', '1: exit'];
    const entries: Bounds['operations'] = [
      { op: 'exit', with: { proc: [1] } },
      { op: 'load', with: { proc: [0], page: [2, 2] } },
      { op: 'close', with: { proc: [1, 0], fd: [1] } },
      { op: 'close', with: { proc: [0], fd: [1, 0] } },
    ];
    expectLines(bounds(entries), lines);
    expectLines(bounds(entries.toReversed()), lines);
  });

  it('has names for choices and for bits', () => {
    const advice = ['DONTNEED', 'COLD'];
    expectLines(bounds([{ op: 'madvise', with: { npages: [1], advice } }], 1), [
      'madvise npages=1 advice=DONTNEED',
      'madvise npages=1 advice=COLD',
    ]);
    expectLines(bounds([{ op: 'mprotect', with: { npages: [1], prot: [[], ['read', 'exec']] } }], 1), [
      'mprotect npages=1',
      'mprotect npages=1 prot=read+exec',
    ]);
  });

  it('is of processes within the bounds', () => {
    const beyond = (operation: Bounds['operations'][number]) => () => alphabetOf(bounds([operation]));
    expect(beyond({ op: 'exit', with: { proc: [2] } })).toThrow(
      new TraceError('2 is not below 2', '/operations/exit/proc'),
    );
    expect(beyond({ op: 'fork', with: { child: [1, 2] } })).toThrow(
      new TraceError('2 is not below 2', '/operations/fork/child'),
    );
    expect(beyond({ op: 'vm_readv', with: { target: [2] } })).toThrow(
      new TraceError('2 is not below 2', '/operations/vm_readv/target'),
    );
    // That target is a descriptor.
    expect(alphabetOf(bounds([{ op: 'set_output', with: { target: [2] } }])).length).toBe(2 * OP_WIDTH);
  });

  it('is refused where an operation has no such operand, or not of that value', () => {
    const refused = (op: Bounds['operations'][number]['op'], operands: Record<string, number[]>) => () =>
      alphabetOf(bounds([{ op, with: operands }]));
    expect(refused('load', { npages: [1] })).toThrow(
      new TraceError('load has no operand of this name', '/operations/load/npages'),
    );
    expect(refused('load', { page: [32] })).toThrow('32 is not in 0..31');
  });
});

describe('the environment of bounds', () => {
  it('is the usual one, but for what they say', () => {
    expect(environmentOf(bounds([]))).toEqual(DEFAULT_ENV);
    expect(environmentOf({ ...bounds([]), env: { gift: 3 } })).toEqual({ ...DEFAULT_ENV, gift: 3 });
  });
});

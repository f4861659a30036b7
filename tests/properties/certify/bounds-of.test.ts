import { describe, expect, it } from 'vitest';
import { ARENA_PAGES } from '#model/alphabet/bounds';
import type { OpName } from '#model/alphabet/operations';
import { DEFAULT_ENV } from '#model/alphabet/system';
import { boundsAround } from '#properties/certify/bounds-of';
import type { Width } from '#properties/certify/values';
import { traceOf } from '../../shrinkers/traces.js';

type Step = readonly [OpName, ...number[]];

const OPEN: Step = ['open', 0, 0, 0, -1];
const map = (page: number, npages: number, fd = 0): Step => ['mmap', 0, fd, page, npages, 1, 0, 0];

/** What an operation may name in the bounds around these steps. */
function operands(steps: readonly Step[], width: Width, name: OpName) {
  const found = boundsAround(traceOf(steps), width).operations.find(({ op }) => op === name);
  if (found === undefined) throw new Error(`${name} is not within the bounds`);
  return { ...found.with };
}

const kinds = (steps: readonly Step[], width: Width): string[] =>
  boundsAround(traceOf(steps), width).operations.map(({ op }) => op);

describe('bounds around a trace', () => {
  it('have its kinds of operation in the order of the alphabet, and those that build or change mappings', () => {
    expect(kinds([['maps', 0]], 'near')).toEqual(['open', 'mmap', 'maps']);
    expect(kinds([['maps', 0], ['maps', 0], OPEN], 'near')).toEqual(['open', 'mmap', 'maps']);
    expect(kinds([['maps', 0]], 'wide')).toEqual([
      'open',
      'close',
      'set_output',
      'mmap',
      'munmap',
      'mremap',
      'mprotect',
      'load',
      'store',
      'fork',
      'exit',
      'exec',
      'maps',
    ]);
  });

  it('say what they are', () => {
    const env = { ...DEFAULT_ENV, gift: 3 };
    const bounds = boundsAround(traceOf([['maps', 2]], env), 'wide');
    expect(bounds).toMatchObject({ name: 'wide around the trace', env, processes: 3, records: 'counted' });
    expect(boundsAround(traceOf([['maps', 0]]), 'near')).toMatchObject({
      name: 'near around the trace',
      processes: 1,
    });
    expect(boundsAround(traceOf([['maps', 0]]), 'wide').processes).toBe(2);
  });

  it('name hardly anything beside the trace when they are near', () => {
    const named = { fd: [0], page: [0], npages: [1], prot: [1], flags: [0], pgoff: [0] };
    expect(operands([['exit', 0]], 'near', 'mmap')).toEqual(named);
    expect(operands([['exit', 0]], 'near', 'open')).toEqual({ fd: [0], flags: [0], output: [-1, 0] });
  });

  it('name usual values beside the trace when they are wide', () => {
    expect(operands([['exit', 0]], 'wide', 'mmap')).toEqual({
      fd: [0, 1],
      page: [0],
      npages: [1, 2],
      prot: [1, 3],
      flags: [0, 4, 8],
      pgoff: [0, 1],
    });
    expect(operands([['exit', 0]], 'wide', 'open')).toEqual({
      fd: [0, 1],
      flags: [0, 1, 2, 4],
      output: [-1, 0, 1],
    });
    expect(operands([['exit', 0]], 'wide', 'mremap')).toMatchObject({ mode: [0, 2, 3] });
    expect(operands([['exit', 0]], 'wide', 'load')).toEqual({ page: [0], word: [0] });
    expect(operands([['exit', 0]], 'wide', 'store')).toEqual({ page: [0], word: [0], value: [16] });
    expect(operands([['exit', 0]], 'wide', 'fork')).toEqual({ child: [0, 1] });
  });

  it('let any operand be what the trace names of its sort, in order', () => {
    const steps: Step[] = [OPEN, map(9, 4), ['munmap', 0, 3, 2]];
    expect(operands(steps, 'near', 'mmap')).toMatchObject({ page: [0, 3, 9], npages: [1, 2, 4] });
    expect(operands(steps, 'near', 'munmap')).toEqual({ page: [0, 3, 9], npages: [1, 2, 4] });
    const remapped: Step[] = [['mremap', 0, 3, 2, 5, 2, 8]];
    expect(operands(remapped, 'near', 'mremap')).toEqual({
      page: [0, 3, 8],
      npages: [1, 2, 5],
      new_npages: [1, 2, 5],
      mode: [2],
      new_page: [0, 3, 8],
    });
  });

  it('let a descriptor or process be any up to the greatest', () => {
    const steps: Step[] = [
      ['open', 0, 2, 0, -1],
      ['fork', 0, 2],
      ['vm_readv', 0, 2, 0, 0],
    ];
    expect(operands(steps, 'near', 'open')).toMatchObject({ fd: [0, 1, 2], output: [-1, 0, 1, 2] });
    expect(operands(steps, 'near', 'fork')).toEqual({ child: [0, 1, 2] });
    expect(operands(steps, 'near', 'vm_readv')).toMatchObject({ target: [0, 1, 2] });
    // The process that does it counts as well.
    expect(
      operands(
        [
          ['fork', 0, 1],
          ['exit', 1],
        ],
        'near',
        'fork',
      ),
    ).toEqual({ child: [0, 1] });
  });

  it('count a descriptor that something else than an open names', () => {
    expect(operands([map(0, 1, 2)], 'near', 'open')).toMatchObject({ fd: [0, 1, 2], output: [-1, 0, 1, 2] });
    expect(operands([['set_output', 0, 0, 1]], 'near', 'mmap')).toMatchObject({ fd: [0, 1] });
  });

  it('map anonymous memory where the trace does', () => {
    expect(operands([OPEN, map(0, 2)], 'near', 'mmap')).toMatchObject({ fd: [0] });
    expect(operands([OPEN, map(0, 2), map(4, 1, -1)], 'near', 'mmap')).toMatchObject({ fd: [-1, 0] });
    // No descriptor of another operation is none of mmap.
    expect(operands([OPEN, ['set_output', 0, 0, -1]], 'near', 'mmap')).toMatchObject({ fd: [0] });
    expect(operands([OPEN, ['set_output', 0, 0, -1]], 'near', 'set_output')).toMatchObject({
      target: [-1, 0],
    });
  });

  it('store the tokens of the trace, where a token is what can be stored', () => {
    const steps: Step[] = [
      ['store', 0, 0, 1, 3],
      ['xchg', 0, 0, 20],
    ];
    expect(operands(steps, 'near', 'store')).toMatchObject({ word: [1], value: [3, 20] });
    expect(operands(steps, 'near', 'xchg')).toMatchObject({ value: [20] });
  });

  it('have room behind all mappings of the trace when they are wide', () => {
    const pages = (steps: readonly Step[], width: Width) => operands(steps, width, 'mmap')['page'];
    expect(pages([OPEN, map(9, 4), map(2, 3)], 'wide')).toEqual([0, 2, 9, 13]);
    expect(pages([OPEN, map(9, 4), map(2, 3)], 'near')).toEqual([0, 2, 9]);
    expect(pages([OPEN, map(30, 2)], 'wide')).toEqual([0, 30, ARENA_PAGES - 1]);
    expect(pages([OPEN, ['munmap', 0, 9, 4]], 'wide')).toEqual([0, 9]);
  });
});

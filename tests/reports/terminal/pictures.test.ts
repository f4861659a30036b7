import { describe, expect, it } from 'vitest';
import { foldRow, pictureSteps } from '#reports/terminal/pictures';

describe('the pictures of a story', () => {
  const [a, b, none] = [['a'], ['b'], []];
  const steps = (
    pictures: string[][],
    failed: number,
    procs: number[] = [],
    op: 'load' | 'mmap' = 'load',
  ): number[] => {
    const operations = pictures.map((_, step) => ({ op, proc: procs[step] ?? 0 }));
    return [...pictureSteps(pictures, operations, failed).keys()];
  };

  it('are those where the address space changed, and where it failed', () => {
    expect(steps([a, a, b, b, a, a], 5)).toEqual([2, 4, 5]);
    expect(steps([a, b], 0)).toEqual([0, 1]);
  });

  it('begin at the first step of a process only when it is a mapping', () => {
    expect(steps([a, a, a], 2, [], 'mmap')).toEqual([0, 2]);
    expect(steps([a, a, a], 2)).toEqual([2]);
  });

  it('are compared with the last one of the same process', () => {
    expect(steps([a, b, a, b, a, a], 5, [0, 1, 0, 1, 0, 1])).toEqual([5]);
  });

  it('leave out steps without one', () => {
    expect(steps([none, none], 1)).toEqual([]);
    expect(steps([], 3)).toEqual([]);
  });
});

describe('a row of a picture', () => {
  it('goes on under its legend when it is too long', () => {
    const row = `vma   ${'.'.repeat(32)}  A=event 0 rw-s  B=event 1 r--s  C=event 0 r--s`;
    expect(foldRow(row, 68)).toEqual([
      `vma   ${'.'.repeat(32)}  A=event 0 rw-s`,
      `${' '.repeat(40)}B=event 1 r--s`,
      `${' '.repeat(40)}C=event 0 r--s`,
    ]);
    expect(foldRow(row, 200)).toEqual([row]);
  });

  it('is cut where it has no part that could go below', () => {
    expect(foldRow('x'.repeat(100), 68)).toEqual([`${'x'.repeat(67)}>`]);
  });
});

import { expect, it } from 'vitest';
import { reachOf } from '#reports/html/reach';

it.each([
  [{ op: 'mmap', proc: 0, fd: 0, page: 3, npages: 2, prot: ['read'], flags: [], pgoff: 0 }, [[0, 3, 2]]],
  [{ op: 'store', proc: 2, page: 5, word: 'scratch', value: 7 }, [[2, 5, 1]]],
  [{ op: 'vm_readv', proc: 0, target: 1, page: 4, word: 'scratch' }, [[1, 4, 1]]],
  [{ op: 'mremap', proc: 1, page: 1, npages: 2, new_npages: 3, mode: 'maymove', new_page: 9 }, [[1, 1, 2]]],
  [
    { op: 'mremap', proc: 1, page: 1, npages: 2, new_npages: 3, mode: 'fixed', new_page: 9 },
    [
      [1, 1, 2],
      [1, 9, 3],
    ],
  ],
  [{ op: 'close', proc: 0, fd: 1 }, []],
  [{ op: 'of another version', proc: 0, page: 'first' }, []],
  [undefined, []],
])('what %j names', (operation, reaches) => {
  expect(reachOf(operation).map(({ proc, page, pages }) => [proc, page, pages])).toEqual(reaches);
});

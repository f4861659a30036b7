import { expect, test } from 'vitest';
import { ColumnAllocator, shape, sizeOf } from '#model/kernel/columns';

const PAIRS = shape(3, ['left', 'right']);
const ONE = shape(1, ['only']);

test('tables stand one after the other in one buffer, column by column', () => {
  const columns = new ColumnAllocator(sizeOf(PAIRS) + sizeOf(ONE));
  const pairs = columns.table(PAIRS);
  const one = columns.table(ONE);
  pairs.left[0] = 1;
  pairs.right[2] = 2;
  one.only[0] = 3;
  expect([...columns.words]).toEqual([1, 0, 0, 0, 0, 2, 3]);
  expect(pairs.left.buffer).toBe(one.only.buffer);
});

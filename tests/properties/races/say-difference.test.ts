import { expect, test } from 'vitest';
import { Lane } from '#model/interleaving/lane';
import { PROBE_OPS } from '#properties/races/outcome';
import { sayDifference } from '#properties/races/say-difference';
import { pack } from '../../support/script.js';

const lanes = [['close fd=0'], ['load page=0', 'munmap npages=2']].map(
  (texts, i) => new Lane(i, Int32Array.from(texts.flatMap((text) => [...pack(text)])), 0),
);
const of = (...ints: number[]): Int32Array => Int32Array.from(ints);

test('a task that got another status, or another value', () => {
  expect(sayDifference({ task: 1, operation: 0, seen: of(0x0702, 3), other: of(0, 4) }, lanes)).toBe(
    'load of task 2 gives SIGBUS/BUS_ADRERR, in order ok',
  );
  expect(sayDifference({ task: 1, operation: 1, seen: of(0, 3), other: of(0, 4) }, lanes)).toBe(
    'munmap of task 2 gives 3, in order 4',
  );
  expect(sayDifference({ task: 0, operation: 0, seen: of(-9, 0), other: of(0, 0) }, lanes)).toBe(
    'close of task 1 gives EBADF, in order ok',
  );
});

test('what shows when the tasks are over', () => {
  expect(PROBE_OPS.length).toBe(9 * 8);
  expect(sayDifference({ probe: 5, seen: of(0, 14), other: of(0, 16) }, lanes)).toBe(
    'headroom of process 1 shows 14, in order 16',
  );
  expect(sayDifference({ probe: 0, seen: of(0, 1, 7, 7, 8), other: of(0, 1, 7, 7, 9) }, lanes)).toBe(
    'maps of process 0 shows another view at 2: 8, in order 9',
  );
  expect(sayDifference({ probe: 7, seen: of(0, 1, 7), other: of(0, 1, 8) }, lanes)).toBe(
    'status of process 2 shows another view at 0: 7, in order 8',
  );
});

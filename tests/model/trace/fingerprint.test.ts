import { expect, it } from 'vitest';
import { OP, OP_NAMES } from '#model/alphabet/operations';
import { fingerprint } from '#model/trace/fingerprint';

it('a fingerprint is of the kinds of operations, in any order and number', () => {
  const print = fingerprint([OP.open, OP.mmap, OP.store]);
  expect(fingerprint([OP.store, OP.open, OP.mmap, OP.open])).toBe(print);
  expect(fingerprint([OP.mmap, OP.open, OP.store])).toBe(print);
  expect(fingerprint([OP.open, OP.mmap])).not.toBe(print);
});

it('each kind of operation has one of 16 bits', () => {
  const prints = OP_NAMES.map((_, kind) => fingerprint([kind]));
  expect(new Set(prints).size).toBe(OP_NAMES.length);
  for (const print of prints) expect(print & 0xffff).toBe(print);
});

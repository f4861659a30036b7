import { expect, test } from 'vitest';
import { OP_NAMES } from '#model/alphabet/operations';
import { loadDerived } from '#model/interleaving/derived';
import { INTERLEAVINGS, MUTANTS } from '#model/mutants/index';

test('the derived model is loaded whole: operations, designs, mutants, points', async () => {
  const derived = await loadDerived();
  expect(derived.handlers).toHaveLength(OP_NAMES.length);
  expect(derived.names_nothing).toBeInstanceOf(Function);
  expect(derived.designs.length).toBeGreaterThan(0);
  expect(derived.mutants.map(({ id }) => id)).toEqual([...MUTANTS, ...INTERLEAVINGS].map(({ id }) => id));
  expect(derived.sites.length).toBeGreaterThan(0);
  expect(derived.charge).toEqual({ user: expect.any(Number), pinned: expect.any(Number) });
});

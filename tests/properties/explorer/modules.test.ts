import { expect, it } from 'vitest';

// A module that cannot be loaded fails a test here; elsewhere it would be no test at all. Part `explorer` of mutation/ names it last:
// where modules are loaded first, StrykerJS takes for the only test of them.
it('the tables of bounds and renamings can be made', async () => {
  const { parseBounds } = await import('#properties/explorer/bounds');
  expect(() => parseBounds('{}', 'my.json')).toThrow('my.json: /name');
  const { Symmetry } = await import('#properties/explorer/symmetry');
  expect(new Symmetry(new Int32Array(), 1, true).size).toBe(1);
});

import { expect, it } from 'vitest';

// A module that cannot be loaded fails a test here; elsewhere it would be no test at all. Part `alphabet` of mutation/ names it last:
// where modules are loaded first, StrykerJS takes for the only test of them.
it('the tables of the alphabet can be made', async () => {
  const { ERRNO, errnoName } = await import('#model/alphabet/errno');
  expect(errnoName(ERRNO.EBUSY)).toBe('EBUSY');
  const { OP, OPERATIONS } = await import('#model/alphabet/operations');
  expect(Object.keys(OPERATIONS)[OP.maps]).toBe('maps');
});

import { expect, it } from 'vitest';

// A module that cannot be loaded fails a test here; elsewhere it would be no test at all. Part `linux` of mutation/ names it last:
// where modules are loaded first, StrykerJS takes for the only test of them.
it('what is said to agents can be made', async () => {
  const { PROTOCOL } = await import('#model/linux/protocol');
  const { encodeFrame } = await import('#model/linux/frames');
  expect(encodeFrame(PROTOCOL.HELLO, 0)).toHaveLength(4 * PROTOCOL.HEADER_INTS);
  const { ALPHABET_HASH } = await import('#model/linux/header');
  expect(ALPHABET_HASH).toBeGreaterThan(0);
});

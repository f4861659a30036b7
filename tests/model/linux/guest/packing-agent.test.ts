// Packed words, here and in the agent: the same bytes.
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { packed } from '#model/linux/guest/packing';
import { type CProgram, compiled } from '../c-program.js';

const bytesOf = (words: readonly number[]): Buffer => Buffer.from(Int32Array.from(words).buffer);

describe('the agent', () => {
  let program: CProgram;
  beforeAll(async () => {
    program = await compiled('packing.c', ['main.c']);
  }, 60_000);
  afterAll(() => program?.remove());

  it('packs and unpacks alike', async () => {
    const some = fc.sample(fc.integer(), { numRuns: 40, seed: 5 });
    const words = [0, 1, -1, 63, 64, -64, -65, 8191, 8192, 2 ** 31 - 1, -(2 ** 31), ...some];
    expect(await program.run(words.join(','))).toBe(
      `${packed(bytesOf(words)).toString('hex')} ${words.join(' ')}`,
    );
  });
});

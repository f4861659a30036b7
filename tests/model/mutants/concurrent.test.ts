import { expect, test } from 'vitest';
import { assertPassed } from '#cli/assert-passed';
import { INTERLEAVINGS } from '#model/mutants/index';
import { checkRandom } from '#properties/checkers/random';

// What each needs to be found is another task: tests/properties/races finds them.
test.each(INTERLEAVINGS)('$id, alone, shows nothing: it needs interleavings indeed', async ({ design }) => {
  const verdict = await checkRandom(design, { seed: 1, runs: 1_500, length: 30, timeMs: 60_000 });
  await assertPassed(verdict);
  expect(Object.values(verdict.invariants).every((times) => times > 0)).toBe(true);
});

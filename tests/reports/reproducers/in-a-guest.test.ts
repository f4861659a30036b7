// Reproducers on Debian's kernels, beside the agent there: they must come to the same.
import { afterAll, describe, expect, it } from 'vitest';
import { Recorded } from '#bench/recorded';
import { runInGuest } from '#model/linux/guest/guest-programs';
import { imageOf, openKernel } from '#model/linux/kernels';
import { reproducerOf } from '#reports/reproducers/index';
import { Workshop } from '../../support/c-compiler.js';

const COUNT = 6;
const RUN_MS = 600_000;

const workshop = new Workshop(['-static']);
afterAll(() => workshop.clear());

/** What the agent of this kernel saw, or undefined, and why is said: there is no such kernel here. */
async function recordedOn(name: string) {
  try {
    const kernel = await openKernel(name, { gift: 5, rlimit: 6 });
    const recorded = new Recorded(kernel);
    const drawn = await recorded.drawn(COUNT, 4);
    await kernel.close();
    return { recorded, drawn };
  } catch (error) {
    if (process.env['CI'] !== undefined) throw error;
    process.stderr.write(`\nWARNING: REPRODUCERS ON ${name} WERE NOT CHECKED: ${String(error)}\n\n`);
    return undefined;
  }
}

describe.each(['debian:6.1', 'debian:6.12'])('a reproducer on %s', (name) => {
  it(
    'sees what the agent sees, and comes to the verdict of mapahead',
    async () => {
      const found = await recordedOn(name);
      if (found === undefined) return;
      const { recorded, drawn } = found;
      const scenarios = drawn.flatMap(({ trace, recording }) => [
        recorded.asSeen(trace, recording),
        recorded.asSpecified(trace, recording),
      ]);
      const wanted = drawn.flatMap(({ trace, recording }) => [0, recorded.verdict(trace, recording)]);
      const programs = scenarios.map((scenario) => workshop.compile(reproducerOf(scenario)));
      const runs = await runInGuest(await imageOf(name), programs);
      const differing = runs.flatMap(({ exitCode, said }, i) =>
        exitCode === wanted[i] ? [] : [`${i}: ${exitCode}, not ${wanted[i]}: ${said.join(' ')}`],
      );
      expect(differing).toEqual([]);
      expect(runs).toHaveLength(2 * COUNT);
    },
    RUN_MS,
  );
});

// What a kernel is asked in a moment: two sequences, a cover of thirteen features, forty short random sequences.
import { DEFAULT_ENV } from '#model/alphabet/system';
import type { ConformOptions } from '#properties/conformance/conform';
import { traceOf } from '../../shrinkers/traces.js';
import type { Opened } from './kernels.js';
import { ADVISED, SINGLE } from './tiny-bounds.js';

const ENV = { ...DEFAULT_ENV, gift: 5, rlimit: 6 };
export const OPENED = { name: 'open.json', trace: traceOf([['open', 0, 0, 0, -1]], ENV) };
const AUX = { name: 'aux.json', trace: traceOf([['open', 0, 0, 4, -1]], ENV) };
export const ADVICE = {
  name: 'advice.json',
  trace: traceOf(
    [
      ['open', 0, 0, 0, -1],
      ['mmap', 0, 0, 0, 2, 1, 0, 0],
      ['madvise', 0, 0, 2, 17],
    ],
    ENV,
  ),
};
export const many = (count: number) => Array.from({ length: count }, () => OPENED);
export const FEATURES = 13;
export const DRAWN = { seed: 7, runs: 40, length: 6, timeMs: 60_000 };
export const OPTIONS: ConformOptions = {
  ...DRAWN,
  sources: ['corpus', 'cover', 'random'],
  corpus: [OPENED, AUX],
  matrix: false,
  coverBounds: [{ bounds: SINGLE, depth: 3 }],
  pointBounds: [ADVISED],
};

/** A kernel that does something each time that it runs sequences. */
export function whenRun(kernel: Opened, at: (sequences: number, gift: number) => void): Opened {
  const open = kernel.open.bind(kernel);
  kernel.open = async (start) => {
    const system = await open(start);
    const run = system.run.bind(system);
    system.run = async (traces) => {
      at(traces.length, start.gift);
      return run(traces);
    };
    return system;
  };
  return kernel;
}

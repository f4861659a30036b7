import { cpus } from 'node:os';
import { advance } from '../model/designs/advance.js';
import { openHost } from '../model/linux/host.js';
import { KernelJudge } from '../properties/checkers/kernel-judge.js';
import { KernelOracle } from '../properties/checkers/kernel-oracle.js';
import { KernelRandom } from '../properties/checkers/kernel-random.js';
import { modelSubject } from '../properties/checkers/model-subject.js';
import { searchRandom } from '../properties/checkers/random.js';
import { releaseOf } from '../properties/checkers/release.js';
import { START } from '../properties/conformance/conform.js';
import { type Contender, measure, median } from './rounds.js';

/** Operations drawn for a sequence, before those that close it. */
const LENGTH = 30;
const ROUNDS = 5;
const ROUND_MS = 3_000;
/** Sequences between two looks at the clock. */
const HOST_RUNS = 256;
const MODEL_RUNS = 2_000;

/** Operations that were done on each, with those that close sequences: sequences are counted as work, and these shown beside. */
const operations = { host: 0, model: 0 };
const sequences = { host: 0, model: 0 };

const options = (seed: number, runs: number) => ({
  seed,
  runs,
  length: LENGTH,
  timeMs: Number.POSITIVE_INFINITY,
});

const kernel = await openHost(START);
const subject = modelSubject(advance);

const host: Contender = {
  name: kernel.id,
  async work(seed) {
    // Without the verdict: what known findings take to be shrunk is not a part of the rate.
    const judge = new KernelJudge(new KernelOracle(releaseOf(kernel)));
    const random = new KernelRandom(kernel, judge, options(seed, HOST_RUNS));
    const incomplete = await random.search();
    if (judge.disagreed > 0) throw new Error(`${kernel.id} disagrees: nothing can be measured`);
    if (incomplete !== undefined) throw new Error(incomplete);
    operations.host += judge.tally.operations;
    sequences.host += judge.tally.sequences;
    return judge.tally.sequences;
  },
};

const model: Contender = {
  name: `model of ${advance.id}`,
  async work(seed) {
    const { outcome, counts } = await searchRandom(subject, options(seed, MODEL_RUNS));
    if (outcome !== 'passed') throw new Error(`${subject.id} ${outcome}: nothing can be measured`);
    operations.model += counts.operations;
    sequences.model += counts.sequences;
    return counts.sequences;
  },
};

const whole = (value: number): string => Math.round(value).toLocaleString('en-US');

try {
  const [ours, theirs] = await measure([host, model], ROUNDS, ROUND_MS);
  const row = (name: string, wall: readonly number[], perSequence: number): string =>
    `  ${name.padEnd(28)}${whole(median(wall)).padStart(10)}  ${`${whole(Math.min(...wall))} to ${whole(Math.max(...wall))}`.padEnd(20)}${perSequence.toFixed(1).padStart(12)}`;
  const ratios = ours.wall.map((rate, round) => theirs.wall[round] / rate);
  const lines = [
    `Sequences a second (${cpus()[0].model}, ${cpus().length} CPUs, Node ${process.version}), ${LENGTH} operations drawn for each and what`,
    'closes it, each answer judged by the specification. The host: a fresh child and a fresh uid a sequence, the',
    'headroom observed at its end. The model: every invariant after every operation, one thread.',
    '',
    `  ${''.padEnd(28)}${'median'.padStart(10)}  ${'range'.padEnd(20)}${'operations'.padStart(12)}`,
    row(host.name, ours.wall, operations.host / sequences.host),
    row(model.name, theirs.wall, operations.model / sequences.model),
    '',
    `  host : model, median of ${ROUNDS} rounds: 1 : ${median(ratios).toFixed(1)} (${Math.min(...ratios).toFixed(1)} to ${Math.max(...ratios).toFixed(1)})`,
    '',
    `Method: ${ROUNDS} rounds of ${ROUND_MS / 1000} s for each after one to warm up, the first one in turn.`,
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
} finally {
  await kernel.close();
}

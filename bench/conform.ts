// Sequences a second on this machine's kernel, beside bare C loops that make the same calls, beside a model, and on kernels in guests.
// Arguments: names of kernels, as --kernel takes them (debian:6.12).
import { cpus, release } from 'node:os';
import { advance } from '../model/designs/advance.js';
import { openHost } from '../model/linux/host.js';
import type { KernelSystem } from '../model/linux/kernel-system.js';
import { openKernel } from '../model/linux/kernels.js';
import { KernelJudge } from '../properties/checkers/kernel-judge.js';
import { KernelOracle } from '../properties/checkers/kernel-oracle.js';
import { KernelRandom } from '../properties/checkers/kernel-random.js';
import { modelSubject } from '../properties/checkers/model-subject.js';
import { searchRandom } from '../properties/checkers/random.js';
import { releaseOf } from '../properties/checkers/release.js';
import { START } from '../properties/conformance/conform.js';
import { BareLoops } from './bare-loop.js';
import { type Contender, measure, median, type Rates } from './rounds.js';

/** Operations drawn for a sequence, before those that close it. */
const LENGTH = 30;
const ROUNDS = 5;
const ROUND_MS = 3_000;
/** Sequences between two looks at the clock. */
const HOST_RUNS = 256;
const GUEST_RUNS = 64;
const MODEL_RUNS = 2_000;
/** Sequences that bare loops are made of, loops at a time (as many as the host has agents), times that one does at once, and how often. */
const LOOPS = 12;
const AT_A_TIME = 8;
const TIMES = 8;
const AGAIN = 4;

const options = (seed: number, runs: number) => ({
  seed,
  runs,
  length: LENGTH,
  timeMs: Number.POSITIVE_INFINITY,
});

/** Operations that a contender did, with those that close sequences: sequences are counted as work, and these shown beside. */
interface Counted extends Contender {
  readonly done: { operations: number; sequences: number };
}

/** Random sequences, judged. Without the verdict: what known findings take to be shrunk is not a part of the rate. */
function randomOn(kernel: KernelSystem, name: string, runs: number): Counted {
  const done = { operations: 0, sequences: 0 };
  return {
    name,
    done,
    async work(seed) {
      const judge = new KernelJudge(new KernelOracle(releaseOf(kernel)));
      const incomplete = await new KernelRandom(kernel, judge, options(seed, runs)).search();
      if (judge.disagreed > 0) throw new Error(`${kernel.id} disagrees: nothing can be measured`);
      if (incomplete !== undefined) throw new Error(incomplete);
      done.operations += judge.tally.operations;
      done.sequences += judge.tally.sequences;
      return judge.tally.sequences;
    },
  };
}

function modelContender(): Counted {
  const subject = modelSubject(advance);
  const done = { operations: 0, sequences: 0 };
  return {
    name: `model of ${advance.id}`,
    done,
    async work(seed) {
      const { outcome, counts } = await searchRandom(subject, options(seed, MODEL_RUNS));
      if (outcome !== 'passed') throw new Error(`${subject.id} ${outcome}: nothing can be measured`);
      done.operations += counts.operations;
      done.sequences += counts.sequences;
      return counts.sequences;
    },
  };
}

/** The sequences of the loops through the agents, judged, each as often as the loops do it at once. */
function sameOn(kernel: KernelSystem, loops: BareLoops): Counted {
  const done = { operations: 0, sequences: 0 };
  const oracle = new KernelOracle(releaseOf(kernel));
  const traces = loops.traces.flatMap((trace) => Array.from({ length: TIMES * AGAIN }, () => trace));
  return {
    name: `${kernel.id}, ${LOOPS} of them`,
    done,
    async work() {
      const recordings = await kernel.run(traces.map(({ ops }) => ops));
      for (const [i, trace] of traces.entries()) {
        const { failure } = oracle.judge(trace, recordings[i]);
        if (failure !== undefined) throw new Error(`${kernel.id} disagrees: ${failure.detail}`);
        done.operations += trace.ops.length / 8;
      }
      done.sequences += traces.length;
      return traces.length;
    },
  };
}

function bareContender(loops: BareLoops): Counted {
  const done = { operations: 0, sequences: 0 };
  return {
    name: 'bare C loops of these',
    done,
    async work() {
      // Each of them as often, whatever the clock says: all contenders do the same mix. Who is done takes the next one.
      let left = LOOPS * AGAIN;
      const worker = async (): Promise<void> => {
        while (left-- > 0) await loops.work(TIMES);
      };
      await Promise.all(Array.from({ length: AT_A_TIME }, worker));
      const sequences = TIMES * AGAIN * LOOPS;
      done.operations += TIMES * AGAIN * loops.traces.reduce((sum, { ops }) => sum + ops.length / 8, 0);
      done.sequences += sequences;
      return sequences;
    },
  };
}

const whole = (value: number): string => Math.round(value).toLocaleString('en-US');

function row({ name, done }: Counted, { wall }: Rates): string {
  const range = `${whole(Math.min(...wall))} to ${whole(Math.max(...wall))}`;
  const each = (done.operations / done.sequences).toFixed(1);
  return `  ${name.padEnd(34)}${whole(median(wall)).padStart(9)}  ${range.padEnd(18)}${each.padStart(12)}`;
}

function ratio(what: string, ours: Rates, theirs: Rates): string {
  const ratios = ours.wall.map((rate, round) => rate / theirs.wall[round]);
  return `  ${what}, median of ${ROUNDS} rounds: ${median(ratios).toFixed(2)} (${Math.min(...ratios).toFixed(2)} to ${Math.max(...ratios).toFixed(2)})`;
}

const names = process.argv.slice(2);
const host = await openHost(START);
const opened = [host];
let loops: BareLoops | undefined;
try {
  loops = new BareLoops(release(), host.env, LENGTH, LOOPS);
  const guests: Counted[] = [];
  for (const name of names) {
    const guest = await openKernel(name, START);
    opened.push(guest);
    guests.push(randomOn(guest, `${name}, ${guest.machine}`, GUEST_RUNS));
  }
  const contenders = [
    randomOn(host, host.id, HOST_RUNS),
    sameOn(host, loops),
    bareContender(loops),
    modelContender(),
    ...guests,
  ];
  const rates = await measure(contenders, ROUNDS, ROUND_MS);
  const [random, same, bare, model] = rates;
  const lines = [
    `Sequences a second (${cpus()[0].model}, ${cpus().length} CPUs, Node ${process.version}), ${LENGTH} operations drawn for each and what`,
    'closes it, each answer judged by the specification. The host: a fresh child and a fresh uid a sequence, the',
    'headroom observed at its end. Bare loops: C programs that fork and make the calls of some of these sequences again',
    'and again, under one uid, and judge nothing. The model: every invariant after every operation, one thread.',
    '',
    `  ${''.padEnd(34)}${'median'.padStart(9)}  ${'range'.padEnd(18)}${'operations'.padStart(12)}`,
    ...contenders.map((contender, i) => row(contender, rates[i])),
    '',
    ratio('host : bare loops of the same sequences', same, bare),
    ratio('model : host', model, random),
    '',
    `Method: ${ROUNDS} rounds of ${ROUND_MS / 1000} s for each after one to warm up, the first one in turn.`,
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
} finally {
  loops?.close();
  for (const each of opened) await each.close();
}

import { cpus } from 'node:os';
import { advance } from '../model/designs/advance.js';
import { modelSubject } from '../properties/checkers/model-subject.js';
import { searchRandom } from '../properties/checkers/random.js';
import { CommandsHarness, commandCounts } from './commands.js';
import { type Contender, measure, median, type Rates } from './rounds.js';

/** Operations drawn for a sequence. Of the harness's most cannot run, so it draws more for one of about the same effect. */
const LENGTH = 60;
const COMMANDS = 300;
const ROUNDS = 9;
const ROUND_MS = 1_000;
/** What the project claims of the lockstep check. */
const GOAL_RATE = 1_000_000;
const GOAL_RATIO = 10;

/** What the lockstep check has done. */
const done = { operations: 0, missing: 0, sequences: 0 };

function lockstep(): Contender {
  const subject = modelSubject(advance);
  return {
    name: 'random lockstep check',
    async work(seed) {
      const limits = { seed, runs: 500, length: LENGTH, timeMs: Number.POSITIVE_INFINITY };
      const { outcome, counts } = await searchRandom(subject, limits);
      if (outcome !== 'passed') throw new Error(`${subject.id} fails: nothing can be measured`);
      done.operations += counts.operations;
      done.missing += counts.missing ?? 0;
      done.sequences += counts.sequences;
      return counts.operations;
    },
  };
}

function commands(): Contender {
  const harness = new CommandsHarness(modelSubject(advance), COMMANDS);
  return { name: 'plain fc.commands harness', work: (seed) => harness.run(seed, 10) };
}

const whole = (value: number): string => Math.round(value).toLocaleString('en-US');
const percent = (part: number, all: number): string => `${((100 * part) / all).toFixed(1)} %`;

function row(name: string, { wall, cpu }: Rates): string {
  const range = `${whole(Math.min(...wall))} to ${whole(Math.max(...wall))}`;
  return `  ${name.padEnd(27)}${whole(median(wall)).padStart(11)}  ${range.padEnd(24)}${whole(median(cpu)).padStart(12)}`;
}

function ratios(a: readonly number[], b: readonly number[]): string {
  const each = a.map((rate, round) => rate / b[round]);
  const [least, most] = [Math.min(...each), Math.max(...each)].map((ratio) => ratio.toFixed(1));
  return `${median(each).toFixed(1)} (${least} to ${most})`;
}

function report(contenders: readonly Contender[], [ours, theirs]: readonly Rates[]): string[] {
  const rate = median(ours.wall);
  const ratio = median(ours.wall.map((each, round) => each / theirs.wall[round]));
  const verdict = (met: boolean): string => (met ? 'met' : 'MISSED');
  return [
    `Operations a second on one thread (${cpus()[0].model}, Node ${process.version}), each judged by`,
    `the specification, on the design "${advance.id}", with every invariant after every operation.`,
    '',
    `  ${''.padEnd(27)}${'median'.padStart(11)}  ${'range'.padEnd(24)}${'per CPU second'.padStart(12)}`,
    row(contenders[0].name, ours),
    row(contenders[1].name, theirs),
    '',
    `  ratio, median of ${ROUNDS} rounds: ${ratios(ours.wall, theirs.wall)}; by CPU time ${ratios(ours.cpu, theirs.cpu)}`,
    `  goals: ${whole(GOAL_RATE)} a second ${verdict(rate >= GOAL_RATE)}; ${GOAL_RATIO} times ${verdict(ratio >= GOAL_RATIO)}`,
    '',
    `  The lockstep check did ${whole(done.operations)} operations in ${whole(done.sequences)} sequences of ${LENGTH} and what closes`,
    `  them; ${percent(done.missing, done.operations)} of the operations named something missing. The harness drew`,
    `  ${whole(commandCounts.drawn)} commands, of which ${percent(commandCounts.run, commandCounts.drawn)} could run.`,
    '',
    `Method: ${ROUNDS} rounds of ${ROUND_MS / 1000} s for each after one to warm up, the first one in turn. An operation counts when`,
    'it was executed and judged. The harness, bench/commands.ts, is written as the documentation of',
    'fast-check teaches: a command class for each kind, operands from fc.integer, check() on the state.',
  ];
}

const contenders = [lockstep(), commands()];
process.stdout.write(`${report(contenders, await measure(contenders, ROUNDS, ROUND_MS)).join('\n')}\n`);

import { cpus } from 'node:os';
import { advance } from '../model/designs/advance.js';
import { modelSubject } from '../properties/checkers/model-subject.js';
import { searchRandom } from '../properties/checkers/random.js';
import { CommandsHarness } from './commands.js';
import { type Contender, measure, median, type Rates } from './rounds.js';

/** Operations in a sequence, of both contenders. */
const LENGTH = 60;
const ROUNDS = 9;
const ROUND_MS = 1_000;
/** What the project claims of the lockstep check. */
const GOAL_RATE = 1_000_000;
const GOAL_RATIO = 10;

/** Operations that the lockstep check has done, and how many of them could do nothing since what they name was missing. */
const done = { operations: 0, missing: 0, sequences: 0 };

function lockstep(): Contender {
  const subject = modelSubject(advance);
  return {
    name: 'random lockstep check',
    async work(seed) {
      const { outcome, counts } = await searchRandom(subject, {
        seed,
        runs: 500,
        length: LENGTH,
        timeMs: 60_000,
      });
      if (outcome !== 'passed') throw new Error(`${subject.id} fails: nothing can be measured`);
      done.operations += counts.operations;
      done.missing += counts.missing ?? 0;
      done.sequences += counts.sequences;
      return counts.operations;
    },
  };
}

function commands(): Contender {
  const harness = new CommandsHarness(modelSubject(advance), LENGTH);
  return { name: 'plain fc.commands harness', work: (seed) => harness.run(seed, 20) };
}

const whole = (value: number): string => Math.round(value).toLocaleString('en-US');

function row(name: string, rates: readonly number[]): string {
  const range = `${whole(Math.min(...rates))} to ${whole(Math.max(...rates))}`;
  return `  ${name.padEnd(28)}${whole(median(rates)).padStart(12)}   ${range}`;
}

function report(contenders: readonly Contender[], rates: Rates): string[] {
  const ratios = rates[0].map((rate, round) => rate / rates[1][round]);
  const ratio = median(ratios);
  const rate = median(rates[0]);
  return [
    `Operations a second on one thread (${cpus()[0].model}, Node ${process.version}), each with the`,
    `specification, the design "${advance.id}" and every invariant after every operation.`,
    '',
    `  ${'median'.padStart(40)}   range`,
    ...contenders.map(({ name }, i) => row(name, rates[i])),
    '',
    `  ratio, median of ${ratios.length} rounds: ${ratio.toFixed(1)} (${Math.min(...ratios).toFixed(1)} to ${Math.max(...ratios).toFixed(1)})`,
    `  goals: ${whole(GOAL_RATE)} a second ${rate >= GOAL_RATE ? 'met' : 'MISSED'}; ${GOAL_RATIO} times ${ratio >= GOAL_RATIO ? 'met' : 'MISSED'}`,
    '',
    `  the lockstep check did ${whole(done.operations)} operations in ${whole(done.sequences)} sequences of ${LENGTH} and closing`,
    `  observations; ${((100 * done.missing) / done.operations).toFixed(1)} % of them named something missing`,
    '',
    `Method: ${ROUNDS} rounds of ${ROUND_MS / 1000} s after one to warm up; in each both contenders run one after the other, the`,
    'first one in turn. An operation counts when it was executed and judged. The harness is',
    'bench/commands.ts: a command class for each kind, operands from fc.integer, check() on the state.',
  ];
}

const contenders = [lockstep(), commands()];
const rates = await measure(contenders, ROUNDS, ROUND_MS);
process.stdout.write(`${report(contenders, rates).join('\n')}\n`);

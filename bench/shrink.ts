// How well shrinking works: every mutant, many seeds. Arguments: file of results, seeds, seconds for each certificate, mutants.
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { OP_WIDTH } from '../model/alphabet/bounds.js';
import { traceLength } from '../model/alphabet/trace.js';
import { MUTANTS } from '../model/mutants/index.js';
import { encodeToken } from '../model/trace/token.js';
import { modelSubject } from '../properties/checkers/model-subject.js';
import { findRandom } from '../properties/checkers/random.js';
import { TraceRunner } from '../properties/checkers/run-trace.js';
import { failureClass } from '../shrinkers/same-failure.js';
import { shrink } from '../shrinkers/shrink.js';
import { reportLines } from './shrink-report.js';
import type { ShrunkOnce } from './shrink-results.js';

const LIMITS = { runs: 20_000, length: 30, timeMs: 60_000 };
const [file = 'shrink.jsonl', seeds = '200', seconds = '60', chosen = ''] = process.argv.slice(2);

const results: ShrunkOnce[] = existsSync(file)
  ? readFileSync(file, 'utf8')
      .split('\n')
      .filter(Boolean)
      .map((line): ShrunkOnce => JSON.parse(line))
  : [];
const done = new Set(results.map(({ id, seed }) => `${id} ${seed}`));
const mutants = MUTANTS.filter(({ id }) => chosen === '' || chosen.split(',').includes(id));

const subjects = mutants.map(({ id, design }) => {
  const subject = modelSubject(design);
  return { id, subject, runner: new TraceRunner(subject) };
});
// All mutants with one seed, then with the next: what was interrupted says something about each.
for (let seed = 1; seed <= Number(seeds); seed++) {
  for (const { id, subject, runner } of subjects) {
    if (done.has(`${id} ${seed}`)) continue;
    const { found } = await findRandom(subject, { ...LIMITS, seed });
    let result: ShrunkOnce = { id, seed };
    if (found !== undefined) {
      const { trace, runs } = shrink(found, runner.fails);
      result = {
        ...result,
        from: traceLength(found.trace.ops),
        length: traceLength(trace.ops),
        runs,
        failure: failureClass(found.trace.ops[found.failure.step * OP_WIDTH], found.failure),
        token: encodeToken(id, trace),
      };
    }
    appendFileSync(file, `${JSON.stringify(result)}\n`);
    results.push(result);
    process.stderr.write(`\rseed ${seed} of ${seeds}: ${id}                    `);
  }
}
process.stderr.write('\n');
const about = results.filter(
  ({ id, seed }) => seed <= Number(seeds) && mutants.some((each) => each.id === id),
);
for await (const line of reportLines(about, 1000 * Number(seconds))) process.stdout.write(`${line}\n`);

import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { traceLength } from '../model/alphabet/trace.js';
import { MUTANTS } from '../model/mutants/index.js';
import { encodeToken } from '../model/trace/token.js';
import { modelSubject } from '../properties/checkers/model-subject.js';
import { findRandom } from '../properties/checkers/random.js';
import { TraceRunner } from '../properties/checkers/run-trace.js';
import { failureClass } from '../shrinkers/same-failure.js';
import { shrink } from '../shrinkers/shrink.js';

const [out = 'shrink.jsonl', seeds = '200', only = ''] = process.argv.slice(2);
const done = new Set<string>();
if (existsSync(out))
  for (const line of readFileSync(out, 'utf8').split('\n').filter(Boolean)) {
    const { id, seed } = JSON.parse(line);
    done.add(`${id} ${seed}`);
  }
for (const { id, design } of MUTANTS) {
  if (only !== '' && !only.split(',').includes(id)) continue;
  const subject = modelSubject(design);
  const runner = new TraceRunner(subject);
  const start = Date.now();
  for (let seed = 1; seed <= Number(seeds); seed++) {
    if (done.has(`${id} ${seed}`)) continue;
    const { found } = await findRandom(subject, { seed, runs: 20_000, length: 30, timeMs: 60_000 });
    if (found === undefined) {
      appendFileSync(out, `${JSON.stringify({ id, seed })}\n`);
      continue;
    }
    const kind = found.trace.ops[found.failure.step * 8];
    const shrunk = shrink(found, runner.fails);
    appendFileSync(
      out,
      `${JSON.stringify({
        id,
        seed,
        from: traceLength(found.trace.ops),
        length: traceLength(shrunk.trace.ops),
        runs: shrunk.runs,
        cls: failureClass(kind, found.failure),
        token: encodeToken(id, shrunk.trace),
      })}\n`,
    );
  }
  process.stderr.write(`${id} ${Date.now() - start}\n`);
}

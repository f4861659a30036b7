import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { MUTANTS } from '../../model/mutants/index.js';
import { svgOf } from './plot.js';
import type { Cell, Results, Task } from './results.js';
import { STRATEGIES, type Strategy } from './strategies.js';
import { markdownOf } from './table.js';

const USAGE = `npm run bench:effectiveness -- [options]
  --seeds <number>  searches of each task by each strategy (default 30)
  --cap <number>    operations after which a search is given up (default 100000)
  --task <id>       mutant to search; can be repeated (default: all)
  --json <file>     write every search
  --svg <file>      write a plot
The table is printed in Markdown. Ctrl-C prints, and writes, the tasks that are done.`;

function wrong(text: string): never {
  console.error(`${text}\n${USAGE}`);
  process.exit(2);
}

function options() {
  try {
    const { values } = parseArgs({
      options: {
        seeds: { type: 'string', default: '30' },
        cap: { type: 'string', default: '100000' },
        task: { type: 'string', multiple: true },
        json: { type: 'string' },
        svg: { type: 'string' },
      },
    });
    return values;
  } catch (error) {
    return wrong(error instanceof Error ? error.message : String(error));
  }
}

function number(name: string, text: string): number {
  return /^[1-9]\d{0,8}$/.test(text) ? Number(text) : wrong(`--${name}: ${text} is not a number above 0`);
}

const given = options();
const seeds = number('seeds', given.seeds);
const cap = number('cap', given.cap);
const unknown = given.task?.find((id) => !MUTANTS.some((mutant) => mutant.id === id));
if (unknown !== undefined) wrong(`--task: there is no mutant ${unknown}`);
const mutants = MUTANTS.filter(({ id }) => given.task?.includes(id) ?? true);

const interrupt = new AbortController();
process.once('SIGINT', () => interrupt.abort());
process.once('SIGTERM', () => interrupt.abort());

async function cellOf(strategy: Strategy, mutant: (typeof mutants)[number]): Promise<Cell> {
  const operations: (number | undefined)[] = [];
  for (let seed = 1; seed <= seeds && !interrupt.signal.aborted; seed++)
    operations.push(await strategy.search(mutant.design, seed, cap, interrupt.signal));
  return { strategy: strategy.id, operations };
}

const tasks: Task[] = [];
for (const mutant of mutants) {
  const cells: Cell[] = [];
  for (const strategy of STRATEGIES) {
    process.stderr.write(`${tasks.length + 1} of ${mutants.length}: ${mutant.id}, ${strategy.id}\n`);
    cells.push(await cellOf(strategy, mutant));
    if (interrupt.signal.aborted) break;
  }
  if (interrupt.signal.aborted) break;
  tasks.push({ id: mutant.id, cells });
}

const results: Results = {
  seeds,
  cap,
  strategies: STRATEGIES.map(({ id }) => id),
  tasks,
  planned: mutants.length,
};
process.stdout.write(markdownOf(results));
if (given.json !== undefined) writeFileSync(given.json, `${JSON.stringify(results, null, 2)}\n`);
if (given.svg !== undefined) writeFileSync(given.svg, svgOf(results));
if (interrupt.signal.aborted) process.exitCode = 130;

import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { svgOf } from '#bench/effectiveness/plot';
import { quantile, type Results, ratios } from '#bench/effectiveness/results';
import { STRATEGIES } from '#bench/effectiveness/strategies';
import { markdownOf } from '#bench/effectiveness/table';
import { advance } from '#model/designs/advance';
import { planted } from '../support/planted-designs.js';

const cell = (strategy: string, ...operations: (number | undefined)[]) => ({ strategy, operations });

const RESULTS: Results = {
  seeds: 3,
  cap: 10_000,
  strategies: ['ours', 'theirs'],
  tasks: [
    { id: 'easy', cells: [cell('ours', 20, 10, 30), cell('theirs', 100, 80, 90)] },
    { id: 'hard', cells: [cell('ours', 500, 400, undefined), cell('theirs', undefined, 7, undefined)] },
    { id: 'given <up>', cells: [cell('ours', undefined, undefined, 1), cell('theirs', 1, 1, 1)] },
  ],
  planned: 4,
};

describe('results', () => {
  it('count what found nothing as more than everything', () => {
    const some = cell('', 5, undefined, 1, 9, 3);
    expect(quantile(some, 0.5)).toBe(5);
    expect(quantile(some, 0.95)).toBe(Number.POSITIVE_INFINITY);
    expect(quantile(cell('', 7), 0.95)).toBe(7);
  });

  it('compare the first strategy with the others, never in its favour', () => {
    expect(ratios(RESULTS)).toEqual([{ strategy: 'theirs', median: 4.5, givenUp: 1 }]);
  });

  it('are a table', () => {
    expect(markdownOf(RESULTS)).toBe(`\
Operations up to the first failure, 3 seeds a task, given up after 10,000.

INCOMPLETE: 1 of 4 tasks were not done.

| task | ours, median | 95 % | theirs, median | 95 % |
|---|---:|---:|---:|---:|
| easy | 20 | 30 | 90 | 100 |
| hard | 500 | > 10,000 | > 10,000 | > 10,000 |
| given <up> | > 10,000 | > 10,000 | 1 | 1 |

- On the median task \`theirs\` takes 4.5 times the operations of \`ours\`, at least: in 1 of 3 tasks it was given up.
`);
  });

  it('are a plot, in which names are text', () => {
    const svg = svgOf(RESULTS);
    expect(svg).toMatch(/^<svg [\s\S]*<\/svg>\n$/);
    expect(svg).toContain('given &lt;up&gt;');
    expect(svg.match(/<path /g)).toHaveLength(2 + 3 * 2);
    expect(svg.match(/fill="white" stroke/g)).toHaveLength(2);
  });
});

describe('each strategy', () => {
  const never = new AbortController().signal;

  it.each(STRATEGIES)('$id finds what is easy, the same for the same seed', async ({ search }) => {
    const first = await search(planted('extra-grows'), 1, 100_000, never);
    expect(first).toBeGreaterThan(0);
    expect(await search(planted('extra-grows'), 1, 100_000, never)).toBe(first);
  });

  it.each(STRATEGIES)('$id gives up where there is nothing, and when it is told to', async ({ search }) => {
    expect(await search(advance, 1, 2_000, never)).toBeUndefined();
    expect(await search(advance, 1, Number.POSITIVE_INFINITY, AbortSignal.abort())).toBeUndefined();
  });
});

describe('npm run bench:effectiveness', () => {
  const folder = mkdtempSync(join(tmpdir(), 'mapahead-effectiveness-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const run = (...args: string[]) =>
    spawnSync(process.execPath, ['dist/bench/effectiveness/main.js', ...args], { encoding: 'utf8' });

  it('prints a table and writes a plot and every search', () => {
    const [svg, json] = [join(folder, 'plot.svg'), join(folder, 'all.json')];
    const args = ['--seeds', '2', '--cap', '500', '--task', 'shared-prot', '--svg', svg, '--json', json];
    const { status, stdout, stderr } = run(...args);
    expect(status, stderr).toBe(0);
    expect(stderr).toContain('1 of 1: shared-prot, swarm\n');
    expect(stdout).toMatch(/\| shared-prot \| \d+ \|/);
    expect(readFileSync(svg, 'utf8')).toContain('shared-prot</text>');
    expect(JSON.parse(readFileSync(json, 'utf8')).tasks[0].cells[0].operations).toHaveLength(2);
  });

  it.each([
    [['--seeds', '0'], '--seeds: 0 is not a number above 0'],
    [['--task', 'nothing'], '--task: there is no mutant nothing'],
    [['--sed', '1'], "Unknown option '--sed'"],
  ])('%j is wrong usage', (args, says) => {
    const { status, stderr } = run(...args);
    expect(status).toBe(2);
    expect(stderr).toContain(says);
  });
});

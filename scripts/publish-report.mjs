// Writes everything that CI publishes into the folder of results: the page as index.html, JUnit XML, SARIF, the summary, the badges, lcov. Fails when one
// of them is missing, or the page is too large; what can be written is written all the same, for a run that failed is read most.
// Usage: publish-report.mjs [--results FOLDER] [--coverage FILE] [--history FILE] [--revision ID]
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

/** Bytes that a page may have without its data (docs/REPORTS.md). */
const PAGE_BYTES = 1_000_000;
const DATA = /<script type="application\/json" id="data">([^<]*)<\/script>/;

const { values: flags } = parseArgs({
  options: {
    results: { type: 'string', default: 'results' },
    coverage: { type: 'string', default: 'coverage/coverage-final.json' },
    history: { type: 'string' },
    revision: { type: 'string' },
  },
});
const PROGRAM = join(import.meta.dirname, '../dist/cli/main.js');
const hasCoverage = existsSync(flags.coverage);
const covered = hasCoverage ? [flags.coverage] : [];
const all = [flags.results, ...covered];
const given = (name) => (flags[name] === undefined ? [] : [`--${name}`, flags[name]]);

/** What is written: a file's name, the format, and what it is made from. */
const FILES = [
  ['index.html', 'html', [...all, ...given('history'), ...given('revision')]],
  ['junit.xml', 'junit', [flags.results]],
  ['mapahead.sarif', 'sarif', [flags.results]],
  ['summary.md', 'markdown', [flags.results]],
  ['verdict.svg', 'badge', [flags.results]],
  ...(hasCoverage
    ? [
        ['coverage.svg', 'coverage-badge', covered],
        ['lcov.info', 'lcov', covered],
      ]
    : []),
];

/** @returns what is wrong with the file, if something is */
function written([name, format, from]) {
  const out = join(flags.results, name);
  const command = [PROGRAM, 'report', ...from, '--format', format, '--out', out];
  const { status, stderr } = spawnSync(process.execPath, command, { encoding: 'utf8' });
  if (status !== 0) return `${name} was not written: ${stderr.trim()}`;
  return statSync(out).size === 0 ? `${name} is empty` : undefined;
}

/** @returns what is wrong with the page, if something is */
function pageProblem() {
  const path = join(flags.results, 'index.html');
  if (!existsSync(path)) return 'there is no page';
  const page = readFileSync(path, 'utf8');
  const [, data] = DATA.exec(page) ?? [];
  if (data === undefined) return 'the page holds no data';
  const { results } = JSON.parse(data);
  const bytes = Buffer.byteLength(page) - Buffer.byteLength(data);
  if (bytes > PAGE_BYTES) return `the page has ${bytes} bytes without its data, ${PAGE_BYTES} are allowed`;
  console.log(`published ${path}: ${results.length} results, ${bytes} bytes without its data`);
  return undefined;
}

const problems = [
  hasCoverage ? undefined : `there is no ${flags.coverage}: nothing is said of coverage`,
  ...FILES.map(written),
  pageProblem(),
].filter((problem) => problem !== undefined);
for (const problem of problems) console.error(`publish: ${problem}`);
if (problems.length > 0) process.exitCode = 1;

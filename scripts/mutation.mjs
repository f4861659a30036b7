// Changes the code in small ways and asks whether the tests notice (StrykerJS). Usage: mutation.mjs [--again] [--ci | PART...]
// No PART: all. --again: takes from the last run what neither the code nor its tests changed since. Quick, but blind to
// helpers of the tests and to code beside: the verdict that counts is that of a run without it.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { verdictOn } from './mutation-verdict.mjs';

const ROOT = join(import.meta.dirname, '..');
const STRYKER = join(
  dirname(fileURLToPath(import.meta.resolve('@stryker-mutator/core'))),
  '../../bin/stryker.js',
);
const RUNNER = fileURLToPath(import.meta.resolve('@stryker-mutator/vitest-runner'));
const REPORTS = join(ROOT, 'coverage/mutation');

const read = (path) => JSON.parse(readFileSync(join(ROOT, path), 'utf8'));

/** @type {{ goal: number, stryker: object }} */
const { goal, stryker } = read('mutation.json');

/** Each file of mutation/ is a part. No source file may be in two: its survivors stand in one place.
 * @type {Record<string, { ci?: boolean, mutate: string[], tests: string[], survivors: object[] }>} */
const parts = Object.fromEntries(
  readdirSync(join(ROOT, 'mutation'))
    .sort()
    .map((file) => [basename(file, '.json'), read(join('mutation', file))]),
);

/** Names of the parts that the command line asks for. */
function chosen(args) {
  const names = Object.keys(parts);
  if (args.includes('--ci')) return names.filter((name) => parts[name].ci === true);
  const unknown = args.find((name) => !names.includes(name));
  if (unknown !== undefined) {
    console.error(`mutation: there is no part ${unknown}: choose from ${names.join(', ')}`);
    process.exit(2);
  }
  return args.length === 0 ? names : args;
}

/** Run one part. @returns the report, or undefined: Stryker did not come to an end */
function run(name, again) {
  const { mutate, tests } = parts[name];
  console.log(`\n== ${name}: ${mutate.join(', ')}`);
  const report = `coverage/mutation/${name}.json`;
  const config = join(REPORTS, `${name}.config.json`);
  mkdirSync(REPORTS, { recursive: true });
  writeFileSync(
    config,
    JSON.stringify({
      ...stryker,
      plugins: [RUNNER],
      mutate,
      jsonReporter: { fileName: report },
      incremental: true,
      incrementalFile: `coverage/mutation/${name}.last.json`,
      force: !again,
    }),
  );
  const { status } = spawnSync(process.execPath, [STRYKER, 'run', config], {
    cwd: ROOT,
    stdio: 'inherit',
    env: { ...process.env, MUTATION_TESTS: tests.join(';') },
  });
  return status === 0 ? read(report) : undefined;
}

const args = process.argv.slice(2);
const again = args.includes('--again');
const names = chosen(args.filter((arg) => arg !== '--again'));
const verdicts = names.map((name) => {
  const report = run(name, again);
  if (report === undefined) return { text: `${name}: NOT RUN to its end`, passed: false };
  return verdictOn(name, report, parts[name].survivors, goal);
});
const left = Object.keys(parts).filter((name) => !names.includes(name));
const passed = verdicts.length > 0 && verdicts.every((verdict) => verdict.passed);
console.log(`\n${verdicts.map(({ text }) => text).join('\n')}`);
if (left.length > 0) console.log(`not run: ${left.join(', ')}`);
console.log(passed ? 'PASSED' : 'FAILED');
process.exitCode = passed ? 0 : 1;

// Changes the code in small ways and asks whether the tests notice (StrykerJS). Usage: mutation.mjs [--ci | PART...]; no PART: all.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
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

/** @type {{ goal: number, stryker: object, parts: Record<string, { ci?: boolean, mutate: string[], tests: string[] }>, survivors: object[] }} */
const { goal, stryker, parts, survivors } = read('mutation.json');

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
function run(name) {
  const { mutate, tests } = parts[name];
  console.log(`\n== ${name}: ${mutate.join(', ')}`);
  const report = `coverage/mutation/${name}.json`;
  const config = join(REPORTS, 'config.json');
  mkdirSync(REPORTS, { recursive: true });
  writeFileSync(
    config,
    JSON.stringify({ ...stryker, plugins: [RUNNER], mutate, jsonReporter: { fileName: report } }),
  );
  const { status } = spawnSync(process.execPath, [STRYKER, 'run', config], {
    cwd: ROOT,
    stdio: 'inherit',
    env: { ...process.env, MUTATION_TESTS: tests.join(';') },
  });
  return status === 0 ? read(report) : undefined;
}

const names = chosen(process.argv.slice(2));
const verdicts = names.map((name) => {
  const report = run(name);
  if (report === undefined) return { text: `${name}: NOT RUN to its end`, passed: false };
  return verdictOn(name, report, survivors, goal);
});
const left = Object.keys(parts).filter((name) => !names.includes(name));
const passed = verdicts.length > 0 && verdicts.every((verdict) => verdict.passed);
console.log(`\n${verdicts.map(({ text }) => text).join('\n')}`);
if (left.length > 0) console.log(`not run: ${left.join(', ')}`);
console.log(passed ? 'PASSED' : 'FAILED');
process.exitCode = passed ? 0 : 1;

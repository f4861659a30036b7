// Is the coverage set-up itself right? The fixture is a small project with known dead lines. It is built
// and run under c8 with the very configuration of this project.
import { execFileSync } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';

interface FileCoverage {
  statementMap: Record<string, { start: { line: number } }>;
  s: Record<string, number>;
  fnMap: Record<string, { name: string }>;
  f: Record<string, number>;
}

const CONFIGURATION = ['package.json', 'tsconfig.json', 'vitest.config.ts', '.c8rc.json', 'tests/setup'];
const KNOWN_LINES = 'model/known-lines.ts';
const PLACES = ['in-process', 'in-worker', 'in-child', 'nowhere'];

const root = join(import.meta.dirname, '..', '..');
let project = '';
let report: Record<string, FileCoverage> = {};

function run(program: string, ...args: string[]): void {
  // The outer run may be under c8 as well: its counts must neither be mixed with ours nor cleaned by us.
  // Node hands the variable down even when it is left out; it has to be there without a value.
  const env = { ...process.env, NODE_V8_COVERAGE: undefined };
  const script = join(root, 'node_modules', program);
  execFileSync(process.execPath, [script, ...args], { cwd: project, env, stdio: 'pipe' });
}

beforeAll(() => {
  project = mkdtempSync(join(tmpdir(), 'mapahead-coverage-'));
  for (const path of CONFIGURATION) cpSync(join(root, path), join(project, path), { recursive: true });
  cpSync(join(import.meta.dirname, 'fixture'), project, { recursive: true });
  for (const place of PLACES) cpSync(join(project, KNOWN_LINES), join(project, `model/${place}.ts`));
  rmSync(join(project, KNOWN_LINES));
  symlinkSync(join(root, 'node_modules'), join(project, 'node_modules'));
  mkdirSync(join(project, 'outer'));
  writeFileSync(join(project, 'outer', 'counts.json'), '{}');
  vi.stubEnv('NODE_V8_COVERAGE', join(project, 'outer'));
  run('typescript/bin/tsc', '-p', 'tsconfig.json');
  run('c8/bin/c8.js', process.execPath, join(root, 'node_modules/vitest/vitest.mjs'), 'run');
  report = JSON.parse(readFileSync(join(project, 'coverage', 'coverage-final.json'), 'utf8'));
}, 120_000);

afterAll(() => {
  vi.unstubAllEnvs();
  if (project !== '') rmSync(project, { recursive: true, force: true });
});

function coverageOf(place: string): FileCoverage {
  const entry = report[join(project, `model/${place}.ts`)];
  if (entry === undefined) throw new Error(`model/${place}.ts is not in the coverage report`);
  return entry;
}

function deadLines({ s, statementMap }: FileCoverage): number[] {
  return Object.keys(statementMap)
    .filter((id) => s[id] === 0)
    .map((id) => statementMap[id]?.start.line ?? 0);
}

function deadFunctions({ f, fnMap }: FileCoverage): string[] {
  return Object.keys(fnMap)
    .filter((id) => f[id] === 0)
    .map((id) => fnMap[id]?.name ?? '');
}

it.each(['in-process', 'in-worker', 'in-child'])('reports exactly the dead lines of code run %s', (place) => {
  const coverage = coverageOf(place);
  expect(deadLines(coverage)).toEqual([8, 9, 10, 15, 16]);
  expect(deadFunctions(coverage)).toEqual(['neverCalled']);
});

it('reports every line of a file that nobody loads', () => {
  expect(deadLines(coverageOf('nowhere'))).toEqual(Array.from({ length: 16 }, (_, index) => index + 1));
});

it('leaves the counts of an outer run alone', () => {
  expect(readdirSync(join(project, 'outer'))).toEqual(['counts.json']);
});

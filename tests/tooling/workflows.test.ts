import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { C8 } from '../reports/c8-example.js';
import { ALL } from '../reports/result-examples.js';

const ROOT = join(import.meta.dirname, '../..');
const FILES = ['.github/workflows/check.yml', '.gitlab-ci.yml'];
const PUBLISHED = [
  'index.html',
  'junit.xml',
  'mapahead.sarif',
  'summary.md',
  'verdict.svg',
  'coverage.svg',
  'lcov.info',
];

/** Every text under these keys, wherever it is. */
function textsUnder(keys: readonly string[], node: unknown, inside = false): string[] {
  if (typeof node === 'string') return inside ? [node] : [];
  if (Array.isArray(node)) return node.flatMap((each) => textsUnder(keys, each, inside));
  if (typeof node !== 'object' || node === null) return [];
  return Object.entries(node).flatMap(([key, value]) => textsUnder(keys, value, keys.includes(key)));
}

const workflow = (file: string): unknown =>
  // A key that is there twice, and the like, is an error, not a guess.
  parse(readFileSync(join(ROOT, file), 'utf8'), { strict: true, uniqueKeys: true });

const commands = (file: string): string[] =>
  textsUnder(['run', 'script', 'before_script', 'after_script'], workflow(file));
const own = (file: string): string[] =>
  commands(file).filter((line) => /^(?:npx mapahead |node scripts\/|cat )/.test(line));
/** The commands that leave results, without how long they may take and which kernels they ask. */
const makers = (lines: readonly string[]): string[] =>
  lines
    .filter((line) => line.includes('--results results'))
    .map((line) => line.replace(/ --time \d+| --quiet| --host| --kernel \S+/g, ''));

const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
  scripts: Record<string, string>;
};

describe.each(FILES)('%s', (file) => {
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'mapahead-workflow-'));
    mkdirSync(join(folder, 'results'));
    mkdirSync(join(folder, 'coverage'));
    for (const { source, result } of ALL) writeFileSync(join(folder, source), JSON.stringify(result));
    writeFileSync(join(folder, 'coverage/coverage-final.json'), JSON.stringify(C8));
    mkdirSync(join(folder, 'bin'));
    const program = join(folder, 'bin/npx');
    writeFileSync(program, `#!/bin/sh\nshift\nexec "${process.execPath}" "${ROOT}/dist/cli/main.js" "$@"\n`, {
      mode: 0o755,
    });
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it('is YAML with the steps that are needed', () => {
    expect(own(file).filter((line) => line.startsWith('node scripts/publish-report.mjs '))).toHaveLength(1);
    expect(own(file).some((line) => line.includes('--history'))).toBe(true);
  });

  it('leaves the results that the pipeline of the project leaves', () => {
    const pipeline = readFileSync(join(ROOT, '.ci/run'), 'utf8')
      .split('\n')
      .map((line) => line.trim().replace(/^"[^"]*" (?=\w+ .*--results)/, 'npx mapahead '));
    expect(makers(own(file))).toEqual(makers(pipeline));
    expect(makers(pipeline)).toHaveLength(5);
    expect(pipeline.some((line) => line.startsWith('node scripts/publish-report.mjs '))).toBe(true);
  });

  it('runs only npm scripts that exist', () => {
    const runs = commands(file).flatMap((line) =>
      [...line.matchAll(/\bnpm (?:run )?([\w:]+)/g)].map(([, name = '']) => name),
    );
    expect(runs).toContain('test');
    for (const name of runs) if (name !== 'ci') expect(scripts).toHaveProperty(name);
  });

  it('has only commands that do what they say', () => {
    for (const line of own(file)) {
      // What is slow is asked for less.
      const short = line
        .replace(/--time \d+/, '--time 1 --no-host')
        .replace('mutants', 'mutants --mutant vma-split --sequences 500')
        .replace('--source corpus --source random --runs 300', '--source random --runs 5')
        .replace(' --matrix', '')
        .replace('explore', 'explore --depth 2')
        .replace('node scripts', `node ${ROOT}/scripts`);
      const { status, stderr } = spawnSync('sh', ['-ec', short], {
        cwd: folder,
        encoding: 'utf8',
        env: {
          ...process.env,
          PATH: `${join(folder, 'bin')}:${process.env['PATH']}`,
          GITHUB_SHA: 'abc',
          CI_COMMIT_SHA: 'abc',
          GITHUB_STEP_SUMMARY: join(folder, 'summary.md'),
        },
      });
      expect(status, `${short}\n${stderr}`).toBe(0);
    }
    for (const made of PUBLISHED) expect(existsSync(join(folder, 'results', made)), made).toBe(true);
  }, 180_000);

  it('publishes only from the main branch', () => {
    const text = JSON.stringify(workflow(file));
    expect(text).toMatch(/refs\/heads\/main|CI_DEFAULT_BRANCH/);
  });
});

import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { C8 } from '../reports/c8-example.js';
import { ALL } from '../reports/result-examples.js';
import { scratch } from './scratch.js';

const SCRIPT = join(import.meta.dirname, '../../scripts/publish-report.mjs');
const RESULTS = Object.fromEntries(
  ALL.map(({ source, result }) => [`results/${source.split('/').pop()}`, JSON.stringify(result)]),
);
const COVERAGE = { 'coverage/coverage-final.json': JSON.stringify(C8) };

const publish = (cwd: string) =>
  spawnSync(process.execPath, [SCRIPT, '--revision', 'abc', '--history', 'results/history.jsonl'], {
    cwd,
    encoding: 'utf8',
  });

it('says how many results are on the page, and how large it is without them', () => {
  const folder = scratch({ ...RESULTS, ...COVERAGE });
  const { status, stdout, stderr } = publish(folder);
  expect(stderr).toBe('');
  expect(status).toBe(0);
  const [, results, bytes] = /index\.html: (\d+) results, (\d+) bytes/.exec(stdout) ?? [];
  expect(Number(results)).toBe(Object.keys(RESULTS).length + 1);
  expect(Number(bytes)).toBeGreaterThan(10_000);
  expect(readFileSync(join(folder, 'results/history.jsonl'), 'utf8')).toContain('"abc"');
}, 60_000);

it('fails without coverage, and publishes the rest', () => {
  const folder = scratch(RESULTS);
  const { status, stderr } = publish(folder);
  expect(status).toBe(1);
  expect(stderr).toBe('publish: there is no coverage/coverage-final.json: nothing is said of coverage\n');
  expect(existsSync(join(folder, 'results/index.html'))).toBe(true);
}, 60_000);

it('fails when a result is broken, and names it', () => {
  const { status, stderr } = publish(
    scratch({ ...COVERAGE, 'results/check.json': '{"format":"mapahead-result"}' }),
  );
  expect(status).toBe(1);
  expect(stderr).toContain('publish: index.html was not written: ');
  expect(stderr).toContain('results/check.json');
  expect(stderr).toContain('publish: there is no page');
}, 60_000);

it('fails when there are no results', () => {
  const { status, stderr } = publish(scratch(COVERAGE));
  expect(status).toBe(1);
  expect(stderr).toContain('publish: there is no page');
}, 60_000);

import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { assertPassed, CounterexampleError } from '#cli/assert-passed';
import { NOT_RUN, PASSED } from '../reports/examples.js';

const ROOT = join(import.meta.dirname, '../..');
const FIXTURE = join(import.meta.dirname, 'fixture');
const folder = mkdtempSync(join(tmpdir(), 'mapahead-property-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe('a property in a test', () => {
  it('that fails prints the story that the command prints, and the address of its report', () => {
    const args = [join(ROOT, 'node_modules/vitest/vitest.mjs'), 'run', '--root', FIXTURE];
    const { NODE_V8_COVERAGE: _, ...env } = process.env;
    const run = spawnSync(process.execPath, args, {
      encoding: 'utf8',
      env: { ...env, REPORTS: folder, NO_COLOR: '1', CI: '' },
    });
    const out = run.stdout + run.stderr;
    expect(run.status, out).toBe(1);
    const token = /npx mapahead (replay ma1:\S+)/.exec(out)?.[1] ?? '';
    const command = spawnSync(
      process.execPath,
      [join(ROOT, 'dist/cli/main.js'), ...token.split(' '), '--quiet'],
      {
        encoding: 'utf8',
        env: { ...env, NO_COLOR: '1' },
      },
    );
    expect(command.status).toBe(1);
    // The story of a replay says nothing of shrinking.
    const steps = /^ {3}1 {2}P\d[\s\S]*?npx mapahead replay \S+/m;
    expect(steps.exec(command.stdout)?.[0]).toBeDefined();
    const indented = out.replace(/^ {0,4}(?=\s)/gm, '');
    expect(indented).toContain('COUNTEREXAMPLE  v6.14');
    const told = steps.exec(command.stdout)?.[0] ?? '';
    for (const line of told.split('\n')) expect(out).toContain(line.trim());
    const address = /file:\/\/\S+\.html/.exec(out)?.[0] ?? '';
    expect(readFileSync(fileURLToPath(address), 'utf8')).toContain(token.split(':')[3]);
  }, 120_000);

  it('that holds is silent', async () => {
    await expect(assertPassed(PASSED, folder)).resolves.toBeUndefined();
  });

  it('that was not run does not hold', async () => {
    await expect(assertPassed(NOT_RUN, folder)).rejects.toThrow(CounterexampleError);
    await expect(assertPassed(NOT_RUN, folder)).rejects.toThrow(/NOT RUN: perf_event_open is denied/);
  });
});

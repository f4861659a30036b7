// Outputs that take nothing: /dev/full answers every write as a full disk does.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, openSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';

const MAIN = join(import.meta.dirname, '..', '..', 'dist', 'cli', 'main.js');
const folder = mkdtempSync(join(tmpdir(), 'mapahead-full-'));
afterAll(() => rmSync(folder, { recursive: true }));

const BROKEN = ['check', '--design', 'v6.14', '--no-host', '--runs', '20', '--seed', '1'];
const SOUND = ['check', '--design', 'advance', '--no-host', '--runs', '2', '--seed', '1'];

const mapahead = (args: readonly string[], out: 'pipe' | number = 'pipe', env = process.env) =>
  spawnSync(process.execPath, [MAIN, ...args], { encoding: 'utf8', stdio: ['ignore', out, 'pipe'], env });

/** A folder of results in which this file takes nothing. */
function fullAt(name: string): string {
  const results = mkdtempSync(join(folder, 'results-'));
  symlinkSync('/dev/full', join(results, name));
  return results;
}

describe('on a full disk', () => {
  it.each(['check.json', 'report.html'])(
    'the verdict is told before %s that cannot be written',
    (name) => {
      const { status, stdout, stderr } = mapahead([...BROKEN, '--results', fullAt(name)]);
      expect(stdout).toContain('COUNTEREXAMPLE  v6.14 ');
      expect(stdout).toContain('npx mapahead replay ma1:');
      expect(stderr).toMatch(/\nmapahead: --results: ENOSPC: no space left on device, write\n$/);
      expect(status).toBe(2);
    },
    60_000,
  );

  it('a trace that cannot be saved is told all the same', () => {
    const { status, stdout, stderr } = mapahead([...BROKEN, '--save', '/dev/full']);
    expect(stdout).toContain('npx mapahead replay ma1:');
    expect(stderr).toMatch(/note: --save: ENOSPC/);
    expect(status).toBe(1);
  }, 60_000);

  it('an output that takes nothing is one line, and no defect of mapahead', () => {
    const { status, stderr } = mapahead([...SOUND, '--quiet'], openSync('/dev/full', 'w'));
    expect(stderr).toMatch(/^mapahead: the output cannot be written: ENOSPC: [^\n]*\n$/);
    expect(status).toBe(3);
  }, 60_000);

  it('a mail that cannot be written is noted, and the kernel is judged all the same', () => {
    const place = join(folder, 'mails');
    mkdirSync(place);
    for (const id of ['second-mapping-charged', 'unmapper-refunded', 'kept-mapping-stays-locked'])
      symlinkSync('/dev/full', join(place, `${id}.txt`));
    const { stdout, stderr, status } = mapahead(['conform', '--source', 'corpus', '--mail', place]);
    expect(stderr).toMatch(/^note: --mail: ENOSPC: no space left on device/m);
    expect(stdout).toMatch(/^PASSED /m);
    expect(status).toBe(0);
  }, 120_000);

  it('an agent that cannot be compiled for want of room says so, and the rest is checked', () => {
    const compiler = join(folder, 'cc');
    writeFileSync(
      compiler,
      '#!/bin/sh\ncase "$1" in --version) echo 1; exit 0;; esac\necho x > /dev/full\necho "fatal error: error writing: No space left on device" >&2\nexit 1\n',
      { mode: 0o755 },
    );
    const { status, stdout, stderr } = mapahead(
      ['check', '--host', '--design', 'advance', '--runs', '2'],
      'pipe',
      { ...process.env, CC: compiler, PATH: `${folder}:${process.env['PATH']}` },
    );
    expect(stdout + stderr).toContain('No space left on device');
    expect(stdout).toContain('advance passed');
    expect(status).toBe(3);
  }, 60_000);
});

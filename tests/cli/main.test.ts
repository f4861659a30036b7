// The real command, in a process of its own, with the real designs and the real kernel.
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { type Report, reportSchema } from '#reports/json/schema';
import { type Ended, MAIN, spawned as mapahead } from '../support/spawned.js';

const folder = mkdtempSync(join(tmpdir(), 'mapahead-main-'));
afterAll(() => rmSync(folder, { recursive: true }));

const reportOf = ({ out }: Ended): Report => reportSchema.parse(JSON.parse(out));

describe('mapahead', () => {
  it('lists the designs, the rules and the operations that there are', async () => {
    const { exitCode, out } = await mapahead(['list', '--json']);
    expect(exitCode).toBe(0);
    const { designs, invariants } = JSON.parse(out);
    const ids = designs.map(({ id }: { id: string }) => id);
    expect(ids).toEqual(expect.arrayContaining(['advance', 'demand-fault', 'v6.12', 'v6.14']));
    expect(invariants.length).toBeGreaterThan(10);
  });

  it('finds what v6.14 did wrong, and replays it from the token and from the file', async () => {
    const path = join(folder, 'v6.14.json');
    const args = ['--design', 'v6.14', '--no-host', '--time', '20', '--seed', '1'];
    const found = await mapahead(['check', ...args, '--json', '--save', path]);
    expect(found.exitCode).toBe(1);
    const [verdict] = reportOf(found).verdicts;
    const { token = '', failure } = verdict?.counterexample ?? {};
    expect(token).toMatch(/^ma1:/);
    for (const source of [token, path]) {
      const again = await mapahead(['replay', source, '--json']);
      expect(again.exitCode).toBe(1);
      expect(reportOf(again).verdicts[0]?.counterexample?.failure).toEqual(failure);
    }
    const told = await mapahead(['replay', token]);
    expect(told.out).toContain('COUNTEREXAMPLE  v6.14');
    expect(told.out.match(/^>/gm)).toHaveLength(1);
    expect(JSON.parse(readFileSync(path, 'utf8')).recording.system).toBe('v6.14');
  });

  it('finds the same again with the same seed', async () => {
    const args = ['check', '--design', 'v6.14', '--no-host', '--time', '20', '--seed', '5', '--json'];
    const { seconds: _, ...first } = reportOf(await mapahead(args));
    const { seconds: _again, ...second } = reportOf(await mapahead(args));
    expect(second).toEqual(first);
  });

  it('passes the intended designs', async () => {
    const { exitCode, out } = await mapahead(['check', '--no-host', '--seed', '1', '--runs', '2000']);
    expect(out).toMatch(/^PASSED {2}advance, demand-fault passed;/m);
    expect(exitCode).toBe(0);
  });

  it('checks the kernel of this machine, or says in one line why not', async () => {
    const ended = await mapahead(['check', '--time', '3', '--json']);
    const kernel = reportOf(ended).verdicts[2];
    if (kernel?.outcome === 'not-run') expect(kernel.reason).toMatch(/^[^\n]+$/);
    else expect(kernel?.sequences).toBeGreaterThan(50);
  });
});

describe('Ctrl-C', () => {
  const interrupt = (times: number) => (child: ChildProcess, err: string) => {
    if (err.endsWith('checking\n'))
      for (let i = 0; i < times; i++) setTimeout(() => child.kill('SIGINT'), 300 + 20 * i);
  };

  it('ends the check, prints what is known and exits with 130', async () => {
    const args = ['check', '--design', 'advance', '--no-host', '--time', '60', '--seed', '1'];
    const { exitCode, signal, out } = await mapahead(args, interrupt(1));
    expect(signal).toBeNull();
    expect(out).toMatch(/^INTERRUPTED {2}advance passed;/m);
    expect(out).toMatch(/incomplete: interrupted after/);
    expect(exitCode).toBe(130);
  });

  it('ends it at once the second time, whatever it is at', async () => {
    const args = ['check', '--design', 'advance', '--no-host', '--time', '60', '--seed', '1'];
    const start = Date.now();
    // The second may meet a process that is ending already: then it is the signal that ends it.
    expect((await mapahead(args, interrupt(2))).exitCode).toBe(130);
    expect(Date.now() - start).toBeLessThan(10_000);
  });
});

it('a reader that has seen enough does not disturb the command', async () => {
  const { exitCode, err } = await mapahead(['list'], undefined);
  expect([exitCode, err]).toEqual([0, '']);
  const closed = await new Promise<number | null>((resolve) => {
    const child = spawn(process.execPath, [MAIN, 'list'], { stdio: ['ignore', 'pipe', 'ignore'] });
    child.stdout.destroy();
    child.on('close', resolve);
  });
  expect(closed).toBe(0);
});

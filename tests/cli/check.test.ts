import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { parseTraceFile } from '#model/trace/trace-file';
import { reportSchema } from '#reports/json/schema';
import { COUNTEREXAMPLE, FAILED, NOT_RUN, PASSED } from '../reports/examples.js';
import { asked, design, kernel, mapahead } from './fake.js';

const folder = mkdtempSync(join(tmpdir(), 'mapahead-cli-'));
afterAll(() => rmSync(folder, { recursive: true }));

const systems = (): string[] => asked.map(({ system }) => system);

describe('check', () => {
  it('checks the intended designs and then the kernel', async () => {
    const { exitCode, out, err } = await mapahead(['check', '--seed', '9']);
    expect(exitCode).toBe(0);
    expect(systems()).toEqual(['advance', 'demand-fault', 'linux-6.18.44', 'closed']);
    expect(out).toMatch(
      /^PASSED {2}advance, demand-fault, linux-6\.18\.44 passed; known findings met: 1;\s.*operations in/m,
    );
    expect(err).toContain(
      'checks advance, demand-fault, linux-6.18.44\nseed 9, 30 operations a sequence, 60 s in all',
    );
  });

  it('shares the time among the systems, twice as much for a kernel, and the rest of it among the later ones', async () => {
    await mapahead(['check', '--time', '30']);
    const times = asked.flatMap(({ options }) => (options === undefined ? [] : [options.timeMs]));
    expect(times[0]).toBeGreaterThan(7_000);
    expect(times[0]).toBeLessThanOrEqual(7_500);
    expect(times[1]).toBeGreaterThan(9_000);
    expect(times[1]).toBeLessThanOrEqual(10_000);
    expect(times[2]).toBeGreaterThan(29_000);
  });

  it('runs what it is told to', async () => {
    const args = '--design v6.14 --design all --design advance --runs 20 --length 12 --no-host'.split(' ');
    expect((await mapahead(['check', ...args])).exitCode).toBe(1);
    expect(systems()).toEqual(['advance', 'demand-fault', 'v6.14']);
    expect(asked[0]?.options).toMatchObject({ runs: 20, length: 12, timeMs: Number.POSITIVE_INFINITY });
  });

  it('draws a new seed each time, and says which', async () => {
    const first = await mapahead(['check', '--no-host']);
    const seeds = new Set([asked[0]?.options?.seed]);
    expect(first.err).toContain(`seed ${asked[0]?.options?.seed},`);
    await mapahead(['check', '--no-host']);
    seeds.add(asked[0]?.options?.seed);
    expect(seeds.size).toBe(2);
  });

  it('tells a counterexample as a story, before the summary', async () => {
    const { exitCode, out } = await mapahead(['check', '--design', 'v6.14', '--no-host']);
    expect(exitCode).toBe(1);
    expect(out).toMatch(
      /COUNTEREXAMPLE[\s\S]*mapahead replay ma1:[\s\S]*verdict\n[\s\S]*\nFAILED {2}v6\.14 failed/,
    );
  });

  it('prints only the story and the last line with --quiet', async () => {
    const { out, err } = await mapahead(['check', '--design', 'v6.14', '--quiet']);
    expect(err).toBe('');
    expect(out).toContain('COUNTEREXAMPLE');
    expect(out).not.toContain('sequences  operations');
    expect((await mapahead(['check', '--quiet'])).out).toMatch(/^PASSED.*\n(?: +.*\n)?$/);
  });

  it('prints one JSON object with --json', async () => {
    const { exitCode, out } = await mapahead(['check', '--design', 'v6.14', '--design', 'advance', '--json']);
    const report = reportSchema.parse(JSON.parse(out));
    expect(report).toMatchObject({ outcome: 'failed', exitCode: 1 });
    expect(report.exitCode).toBe(exitCode);
    expect(report.verdicts.map(({ system }) => system)).toEqual(['advance', 'v6.14', 'linux-6.18.44']);
  });
});

describe('check without a kernel', () => {
  const engines = { openKernel: async () => 'perf_event_open is denied (EACCES)' };

  it('passes, and says loudly what it did not do', async () => {
    const { exitCode, out } = await mapahead(['check'], { engines });
    expect(exitCode).toBe(0);
    expect(out).toContain('host kernel: NOT RUN: perf_event_open is denied (EACCES)');
    expect(out).toContain('PASSED  advance, demand-fault passed; host kernel not run;');
  });

  it('could not check when the kernel was asked for', async () => {
    const { exitCode, out } = await mapahead(['check', '--host'], { engines });
    expect(exitCode).toBe(3);
    expect(out).toContain('COULD NOT CHECK');
  });

  it('could not check when a design did not run', async () => {
    const designs = [design('advance', NOT_RUN), design('demand-fault', PASSED)];
    expect((await mapahead(['check'], { engines: { designs } })).exitCode).toBe(3);
  });
});

describe('an interrupted check', () => {
  it('prints what is known, leaves out the rest and exits with 130', async () => {
    const controller = new AbortController();
    const designs = [design('advance', PASSED, () => controller.abort()), design('demand-fault', PASSED)];
    const { exitCode, out } = await mapahead(['check'], { engines: { designs }, signal: controller.signal });
    expect(exitCode).toBe(130);
    expect(systems()).toEqual(['advance', 'closed']);
    expect(out).toMatch(/^INTERRUPTED {2}advance passed;/m);
  });

  it('keeps the counterexample that it had found', async () => {
    const controller = new AbortController();
    const designs = [design('advance', FAILED, () => controller.abort()), design('demand-fault', PASSED)];
    const { exitCode, out } = await mapahead(['check'], { engines: { designs }, signal: controller.signal });
    expect(exitCode).toBe(130);
    expect(out).toContain('COUNTEREXAMPLE');
    expect(out).toMatch(/^INTERRUPTED {2}advance failed;/m);
  });
});

describe('check --save', () => {
  it('writes the counterexample with what was observed', async () => {
    const path = join(folder, 'found.json');
    const { err } = await mapahead(['check', '--design', 'v6.14', '--save', path]);
    expect(err).toContain(`saved ${path}`);
    const document = parseTraceFile(readFileSync(path, 'utf8'), path);
    expect(document.trace).toEqual(COUNTEREXAMPLE.trace);
    expect(document.system).toBe('v6.14');
    expect(document.note).toMatch(/^spec at step 6: What the System shows/);
    expect(document.recording).toMatchObject({ system: 'v6.14', steps: 6 });
  });

  it('writes further ones beside the first', async () => {
    const path = join(folder, 'several.json');
    const designs = [design('advance', FAILED), design('demand-fault', FAILED)];
    await mapahead(['check', '--no-host', '--save', path], { engines: { designs } });
    expect(parseTraceFile(readFileSync(path, 'utf8'), path).system).toBe('v6.14');
    expect(readFileSync(join(folder, 'several.2.json'), 'utf8')).toContain('mapahead-trace');
  });

  it('tells the story even when the file cannot be written', async () => {
    const path = join(folder, 'gone', 'x.json');
    mkdirSync(join(folder, 'gone'));
    const designs = [design('advance', FAILED, () => rmSync(join(folder, 'gone'), { recursive: true }))];
    const args = ['check', '--design', 'advance', '--no-host', '--save', path];
    const { exitCode, out, err } = await mapahead(args, { engines: { designs } });
    expect(exitCode).toBe(1);
    expect(out).toContain('COUNTEREXAMPLE');
    expect(err).toMatch(/^note: --save: ENOENT/m);
  });

  it('refuses a place where nothing can be written, before any work', async () => {
    const none = await mapahead(['check', '--save', join(folder, 'none', 'x.json')]);
    expect(none.exitCode).toBe(2);
    expect(none.err).toMatch(/^mapahead: --save: no file can be written there \(ENOENT.*\)\n$/);
    const { exitCode, err } = await mapahead(['check', '--save', folder]);
    expect([exitCode, err]).toEqual([2, `mapahead: --save: ${folder} is a folder, name a file\n`]);
    expect(asked).toEqual([]);
  });
});

it('the kernel is let go whatever happens', async () => {
  const broken = { ...kernel(), check: () => Promise.reject(new Error('the agent is gone')) };
  await expect(mapahead(['check'], { engines: { openKernel: async () => broken } })).rejects.toThrow(
    'the agent is gone',
  );
  expect(systems().at(-1)).toBe('closed');
});

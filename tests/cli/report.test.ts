import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openInBrowser } from '#cli/open-file';
import { resultFromJson } from '#reports/results/read';
import type { Result } from '#reports/results/schema';
import { TINY } from '../properties/explorer/tiny.js';
import { C8 } from '../reports/c8-example.js';
import { FAILED, PASSED } from '../reports/examples.js';
import { ALL, BROKEN, exampleOf } from '../reports/result-examples.js';
import { asked, design, mapahead } from './fake.js';

const folder = mkdtempSync(join(tmpdir(), 'mapahead-report-'));
afterAll(() => rmSync(folder, { recursive: true }));
const at = (...names: string[]): string => join(folder, ...names);
const resultAt = (...names: string[]): Result =>
  resultFromJson(JSON.parse(readFileSync(at(...names), 'utf8')), 'x');

/** What a page holds. */
function dataIn(path: string) {
  const html = readFileSync(path, 'utf8');
  return JSON.parse(/<script type="application\/json" id="data">(.*?)<\/script>/.exec(html)?.[1] ?? '');
}

beforeAll(() => {
  mkdirSync(at('results'));
  for (const { source, result } of ALL) writeFileSync(at(source), JSON.stringify(result));
});

describe('report', () => {
  it('writes one page of all results in a folder, whatever they say', async () => {
    const { exitCode, err } = await mapahead(['report', at('results'), '--out', at('a.html')]);
    expect([exitCode, err]).toEqual([0, `mapahead 0.1.0 wrote ${at('a.html')}\n`]);
    expect(dataIn(at('a.html')).results).toHaveLength(ALL.length);
  });

  it('takes files, and the coverage that c8 wrote', async () => {
    mkdirSync(at('coverage'));
    writeFileSync(at('coverage/coverage-final.json'), JSON.stringify(C8));
    const paths = [at('results/check.json'), at('coverage/coverage-final.json')];
    const { exitCode } = await mapahead(['report', ...paths, '--out', at('b.html')]);
    expect(exitCode).toBe(0);
    expect(dataIn(at('b.html')).results.map(({ result }: { result: Result }) => result.kind)).toEqual([
      'check',
      'code-coverage',
    ]);
  });

  it('prints other formats', async () => {
    const { exitCode, out } = await mapahead(['report', at('results'), '--format', 'tap']);
    expect(exitCode).toBe(0);
    expect(out).toMatch(/^TAP version 14\n/);
  });

  it('keeps a history: one line a run, the same run once', async () => {
    const history = at('history.jsonl');
    const args = ['report', at('results'), '--history', history, '--revision', 'abc', '--out', at('c.html')];
    await mapahead(args);
    await mapahead(args);
    const lines = readFileSync(history, 'utf8').trimEnd().split('\n');
    expect(lines).toHaveLength(1);
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({
      format: 'mapahead-history',
      revision: 'abc',
      outcome: 'failed',
      mutants: { killed: 1, survived: 1, notRun: 1 },
      functions: 1,
      branches: 0.5,
      explorations: [{ design: 'advance', states: 1111, perSecond: 3377 }],
    });
    expect(dataIn(at('c.html')).history).toHaveLength(1);
  });

  const wrong: [string, string[], RegExp][] = [
    [
      'a folder that is not there',
      ['nowhere'],
      /^mapahead: nowhere is not there: name result files, or folders that --results wrote\n$/,
    ],
    [
      'a format that is not there',
      [at('results'), '--format', 'junt'],
      /unknown format "junt": did you mean junit\?\n$/,
    ],
    [
      'a folder without results',
      [folder],
      /no results there: make some with mapahead check --results results\n$/,
    ],
    [
      'a place that cannot be written',
      [at('results'), '--out', at('no/such/x.html')],
      /--out: no file can be written there/,
    ],
    [
      'another format to open',
      [at('results'), '--format', 'tap', '--open'],
      /--open: only a page can be opened, leave out --format\n$/,
    ],
  ];
  it.each(wrong)('refuses %s in one line', async (_what, args, message) => {
    const { exitCode, err } = await mapahead(['report', ...args]);
    expect(exitCode).toBe(2);
    expect(err).toMatch(message);
    expect(
      err
        .trimEnd()
        .split('\n')
        .filter((line) => line.startsWith('mapahead: ')),
    ).toHaveLength(1);
  });

  it('says which file is broken, and where', async () => {
    mkdirSync(at('broken'));
    writeFileSync(at('broken/a.json'), readFileSync(at('results/check.json'), 'utf8').slice(0, 5_000));
    const { exitCode, err } = await mapahead(['report', at('broken'), '--out', at('d.html')]);
    expect(exitCode).toBe(2);
    expect(err).toContain(`mapahead: ${at('broken/a.json')}: not JSON (`);
    expect(existsSync(at('d.html'))).toBe(false);
  });

  it('passes over what else is in a folder, and says so', async () => {
    mkdirSync(at('mixed'));
    writeFileSync(at('mixed/a.json'), '{"format":"mapahead-trace"}');
    writeFileSync(at('mixed/b.json'), readFileSync(at('results/check.json')));
    const { exitCode, err } = await mapahead(['report', at('mixed'), '--out', at('e.html')]);
    expect(exitCode).toBe(0);
    expect(err).toContain(`note: ${at('mixed/a.json')} is no result: passed over`);
  });
});

describe('--open', () => {
  it('gives the address of the page to a program', async () => {
    const program = at('opener');
    writeFileSync(
      program,
      `#!/bin/sh\nprintf '%s' "$1" > "${at('opened')}.part" && mv "${at('opened')}.part" "${at('opened')}"\n`,
    );
    chmodSync(program, 0o755);
    expect(await openInBrowser(at('a b.html'), [program])).toBeUndefined();
    await expect.poll(() => existsSync(at('opened')), { timeout: 20_000 }).toBe(true);
    expect(readFileSync(at('opened'), 'utf8')).toBe(`file://${folder}/a%20b.html`);
  });

  it('says where the page is when there is no such program', async () => {
    expect(await openInBrowser('/x.html', [at('none')])).toMatch(
      /^no browser could be opened \(.*\): open file:\/\/\/x\.html$/,
    );
  });
});

describe('--results', () => {
  const designs = [design('advance', PASSED), design('v6.14', { ...BROKEN, seed: 1 })];

  it('writes what a check came to, its evidence, and a report', async () => {
    const args = [
      'check',
      '--design',
      'v6.14',
      '--seed',
      '9',
      '--runs',
      '3',
      '--no-host',
      '--results',
      at('new/results'),
    ];
    const { exitCode, err } = await mapahead(args, { engines: { designs } });
    expect(exitCode).toBe(1);
    expect(err).toContain(`saved ${at('new/results/check.json')}\nsaved ${at('new/results/report.html')}`);
    const result = resultAt('new/results/check.json');
    if (result.kind !== 'check') throw new Error(result.kind);
    expect(result.command).toBe('npx mapahead check --design v6.14 --seed 9 --length 30 --runs 3 --no-host');
    expect(result.report.outcome).toBe('failed');
    const [evidence] = result.evidence;
    expect(evidence?.token).toBe(exampleOf(BROKEN).token);
    expect(evidence?.allowed[2]?.[0]).toMatchObject({ observation: { status: 'EINVAL' } });
    expect(evidence?.changes).toHaveLength(4);
    expect(evidence?.beside.map(({ system }) => system)).toEqual(['advance']);
    expect(dataIn(at('new/results/report.html')).results).toHaveLength(1);
  });

  it('asks the kernel the same, from the limits of the trace, and gives it back', async () => {
    await mapahead(['check', '--design', 'v6.14', '--results', at('host')], { engines: { designs } });
    const result = resultAt('host/check.json');
    if (result.kind !== 'check') throw new Error(result.kind);
    expect(result.evidence[0]?.beside.map(({ system }) => system)).toEqual(['advance', 'linux-6.18.44']);
    expect(asked.filter(({ system }) => system === 'closed').length).toBeGreaterThan(1);
  });

  it('says of a kernel that is not there that it was not run', async () => {
    const engines = { designs, openKernel: async () => 'no compiler' };
    await mapahead(['check', '--design', 'v6.14', '--results', at('none')], { engines });
    const result = resultAt('none/check.json');
    if (result.kind !== 'check') throw new Error(result.kind);
    expect(result.evidence[0]?.beside.at(-1)).toMatchObject({ outcome: 'not-run', reason: 'no compiler' });
  });

  it('is refused before the work when it cannot be written', async () => {
    writeFileSync(at('file'), '');
    for (const args of [
      ['check', '--results', at('file/x')],
      ['explore', '--report', at('no/x.html')],
    ]) {
      const { exitCode, err } = await mapahead(args);
      expect([exitCode, err.split('\n').length]).toEqual([2, 2]);
      expect(err).toMatch(/^mapahead: --(?:results|report): /);
    }
    expect(asked).toEqual([]);
  });

  it('keeps what a search came to, with its counterexample', async () => {
    const bounds = at('bounds.json');
    writeFileSync(bounds, JSON.stringify(TINY));
    const args = [
      'explore',
      '--design',
      'v6.14',
      '--bounds',
      bounds,
      '--results',
      at('explored'),
      '--report',
      at('f.html'),
    ];
    const { exitCode, err } = await mapahead(args);
    expect(exitCode).toBe(1);
    expect(err).toContain(`saved ${at('explored/explore-v6.14-tiny.json')}`);
    const result = resultAt('explored/explore-v6.14-tiny.json');
    if (result.kind !== 'exploration') throw new Error(result.kind);
    expect(result).toMatchObject({ outcome: 'failed', design: 'v6.14', against: 'spec', bounds: 'tiny' });
    expect(result.levels.reduce((sum, count) => sum + count)).toBe(result.states);
    expect(result.evidence[0]?.changes?.length).toBe(1 + (result.counterexample?.operations.length ?? 0));
    expect(result.command).toContain(`--bounds ${bounds}`);
    expect(dataIn(at('f.html')).results).toHaveLength(1);
  });

  it('leaves --report alone with its run', async () => {
    const { err } = await mapahead(
      ['check', '--design', 'v6.14', '--no-host', '--report', at('g.html'), '--quiet'],
      {
        engines: { designs: [design('v6.14', FAILED)] },
      },
    );
    expect(err).toContain(`saved ${at('g.html')}`);
    expect(dataIn(at('g.html')).results[0].source).toBe('check.json');
  });
});

describe('a page', () => {
  it('names the commands that make what is missing, those that this program has', async () => {
    await mapahead(['report', at('results/check.json'), '--out', at('h.html')]);
    const { commands } = dataIn(at('h.html'));
    expect(commands).toEqual(expect.arrayContaining(['check', 'explore', 'mutants']));
    for (const name of commands)
      expect((await mapahead([name, '--help'])).out).toContain('--results <folder>');
  });

  it('comes with the programs that make the calls of a counterexample', async () => {
    await mapahead(['check', '--design', 'v6.14', '--no-host', '--results', at('programs')], {
      engines: { designs: [design('v6.14', BROKEN)] },
    });
    const result = resultAt('programs/check.json');
    if (result.kind !== 'check') throw new Error(result.kind);
    expect(result.evidence[0]?.reproducers?.c).toContain('perf_event_open');
    expect(result.evidence[0]?.reproducers?.kselftest).toContain('TEST_F');
    expect(result.evidence[0]?.reproducers?.syz).toContain('perf_event_open');
  });

  it('has what a search for defects came to', async () => {
    const args = ['mutants', '--mutant', 'vma-split', '--sequences', '200', '--results', at('killed')];
    const { exitCode, err } = await mapahead(args);
    expect(err).toContain(`saved ${at('killed/mutants.json')}`);
    const result = resultAt('killed/mutants.json');
    if (result.kind !== 'mutants') throw new Error(result.kind);
    expect(exitCode).toBe(result.mutants.some(({ outcome }) => outcome === 'survived') ? 1 : 0);
    expect(result.command).toBe(
      'npx mapahead mutants --mutant vma-split --seed 1 --seeds 1 --sequences 200 --time 120',
    );
    expect(result.intended.map(({ outcome }) => outcome)).toContain('passed');
  });

  it('has the races that a search found, with both schedules', async () => {
    const args = ['race', '--design', 'v6.14', '--seed', '1', '--results', at('raced')];
    const { exitCode, err } = await mapahead(args);
    expect(exitCode).toBe(1);
    expect(err).toContain(`saved ${at('raced/race-v6.14.json')}`);
    const result = resultAt('raced/race-v6.14.json');
    if (result.kind !== 'race') throw new Error(result.kind);
    expect(result).toMatchObject({ outcome: 'failed', design: 'v6.14', mode: 'dpor' });
    const [race] = result.races;
    expect(race?.tasks).toHaveLength(2);
    expect(race?.fails.token).toMatch(/^mr1:/);
    expect(race?.fails.steps.at(-1)?.wrong).toBeTruthy();
    expect(race?.fails.steps.slice(0, -1).some(({ wrong }) => wrong !== undefined)).toBe(false);
    expect(race?.passes?.steps.length).toBeGreaterThan(3);
  }, 120_000);
});

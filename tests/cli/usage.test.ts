import { describe, expect, it } from 'vitest';
import { asked, mapahead } from './fake.js';

describe('wrong usage is one line and exit code 2', () => {
  const cases: [string, string][] = [
    ['check --design advanc', 'unknown design "advanc": did you mean advance?'],
    ['check --design v6.15', 'unknown design "v6.15": did you mean v6.14?'],
    ['check --design zzz', 'unknown design "zzz": choose from advance, demand-fault, v6.14, all'],
    ['check --seed -1', '--seed: "-1" is not a whole number from 0 to 4294967295'],
    ['check --seed 4294967296', '--seed: "4294967296" is not a whole number from 0 to 4294967295'],
    ['check --runs 0', '--runs: "0" is not a whole number from 1 to 1000000000'],
    ['check --runs 1e3', '--runs: "1e3" is not a whole number from 1 to 1000000000'],
    ['check --time soon', '--time: "soon" is not a number from 0.1 to 31536000'],
    ['check --length 501', '--length: "501" is not a whole number from 1 to 500'],
    ['check --desing x', "unknown option '--desing' (Did you mean --design?)"],
    ['check --runs', "option '--runs <number>' argument missing"],
    ['chekc', "unknown command 'chekc' (Did you mean check?)"],
    ['check stray', "too many arguments for 'check'. Expected 0 arguments but got 1."],
    ['replay', "missing required argument 'token|file'"],
    ['list invariant', 'unknown list "invariant": did you mean invariants?'],
    ['schema traces', 'unknown format "traces": did you mean trace?'],
  ];

  it.each(cases)('mapahead %s', async (line, message) => {
    expect(await mapahead(line.split(' '))).toEqual({ exitCode: 2, out: '', err: `mapahead: ${message}\n` });
    expect(asked).toEqual([]);
  });

  it('cannot be used to steer the terminal', async () => {
    const { err } = await mapahead(['check', '--design', '\u001b[2J\u009b1m\nx']);
    expect(err).toMatch(/^[\x20-\x7e]+\n$/);
  });
});

describe('help', () => {
  it('is printed, on 80 columns, for every command', async () => {
    for (const command of ['check', 'replay', 'list', 'schema']) {
      const { exitCode, out } = await mapahead([command, '--help']);
      expect(exitCode).toBe(0);
      expect(out).toContain(`Usage: mapahead ${command}`);
      for (const line of out.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
    }
  });

  it('names the exit codes', async () => {
    const { exitCode, out } = await mapahead(['--help']);
    expect(exitCode).toBe(0);
    for (const code of [0, 1, 2, 3, 130]) expect(out).toMatch(new RegExp(`^ {2}${code} +\\w`, 'm'));
  });

  it('is what a command without words gets, as an error', async () => {
    const { exitCode, out, err } = await mapahead([]);
    expect([exitCode, out]).toEqual([2, '']);
    expect(err).toContain('Usage: mapahead');
  });

  it('comes with the version', async () => {
    expect(await mapahead(['--version'])).toEqual({ exitCode: 0, out: '0.1.0\n', err: '' });
  });
});

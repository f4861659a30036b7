import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { encodeToken } from '#model/trace/token';
import { formatTraceFile } from '#model/trace/trace-file';
import { COUNTEREXAMPLE, TRACE } from '../reports/examples.js';
import { asked, kernel, mapahead } from './fake.js';

const folder = mkdtempSync(join(tmpdir(), 'mapahead-replay-'));
const file = join(folder, 'trace.json');
beforeAll(() => writeFileSync(file, formatTraceFile({ trace: TRACE, system: 'v6.14' })));
afterAll(() => rmSync(folder, { recursive: true }));

describe('replay', () => {
  it('runs the trace of a token on the design that it names', async () => {
    const { exitCode, out, err } = await mapahead(['replay', COUNTEREXAMPLE.token]);
    expect([exitCode, err]).toEqual([1, '']);
    expect(out).toContain('COUNTEREXAMPLE');
    expect(asked).toEqual([{ system: 'v6.14', trace: TRACE }]);
  });

  it('runs the trace of a file', async () => {
    expect((await mapahead(['replay', file])).exitCode).toBe(1);
    expect(asked).toEqual([{ system: 'v6.14', trace: TRACE }]);
  });

  it('runs it on another design, or on this kernel', async () => {
    expect((await mapahead(['replay', file, '--system', 'advance'])).exitCode).toBe(0);
    expect(asked[0]?.system).toBe('advance');
    expect((await mapahead(['replay', file, '--system', 'host'])).err).toBe('');
    expect(asked.map(({ system }) => system)).toEqual(['linux-6.18.44', 'closed']);
  });

  it('runs it on any kernel that is named, but not on one that the trace names', async () => {
    const opened: string[] = [];
    const openKernel = async (name: string) => {
      opened.push(name);
      return kernel();
    };
    const { err } = await mapahead(['replay', file, '--system', 'debian:6.12'], { engines: { openKernel } });
    expect([opened, err]).toEqual([['debian:6.12'], '']);
    const hostile = join(folder, 'hostile.json');
    for (const system of ['debian:6.12', '/boot/vmlinuz', './x']) {
      writeFileSync(hostile, formatTraceFile({ trace: TRACE, system }));
      expect((await mapahead(['replay', hostile], { engines: { openKernel } })).exitCode).toBe(2);
    }
    expect(opened).toHaveLength(1);
  });

  it('says when the kernel is not the one of the trace', async () => {
    const { exitCode, err } = await mapahead(['replay', encodeToken('linux-6.12.1', TRACE)]);
    expect(exitCode).toBe(0);
    expect(err).toBe('note: the trace is about linux-6.12.1, this kernel is linux-6.18.44\n');
  });

  it('says when the kernel starts from something else', async () => {
    const trace = { ...TRACE, env: { ...TRACE.env, gift: 3, pku: true } };
    const { err } = await mapahead(['replay', encodeToken('linux-6.18.44', trace)]);
    expect(err).toBe('note: this kernel starts with gift 12 instead of 3, pku false instead of true\n');
  });

  it('could not check without a kernel', async () => {
    const engines = { openKernel: async () => 'no C compiler' };
    const { exitCode, out } = await mapahead(['replay', file, '--system', 'host'], { engines });
    expect(exitCode).toBe(3);
    expect(out).toContain('host: NOT RUN: no C compiler');
  });

  it('prints one JSON object with --json', async () => {
    const { out } = await mapahead(['replay', encodeToken('linux-6.12.1', TRACE), '--json']);
    expect(JSON.parse(out).notes).toEqual(['the trace is about linux-6.12.1, this kernel is linux-6.18.44']);
  });
});

describe('replay of what cannot be read', () => {
  const fails = async (args: string[]): Promise<string> => {
    const { exitCode, out, err } = await mapahead(['replay', ...args]);
    expect([exitCode, out]).toEqual([2, '']);
    return err;
  };

  it('is one line', async () => {
    expect(await fails([`${COUNTEREXAMPLE.token}x`])).toBe(
      'mapahead: token: damaged, its checksum does not fit: copy the whole of it again\n',
    );
    expect(await fails([join(folder, 'none.json')])).toMatch(
      /^mapahead: neither a token \(ma1:\.\.\.\) nor a file that can be read: ENOENT.*\n$/,
    );
    expect(await fails([file, '--system', 'v6.13'])).toBe(
      'mapahead: unknown system "v6.13": did you mean v6.14?\n',
    );
  });

  it('names the file and the place in it', async () => {
    const path = join(folder, 'bad.json');
    writeFileSync(path, formatTraceFile({ trace: TRACE }).replace('"read","write"', '"read","wirte"'));
    expect(await fails([path])).toBe(
      `mapahead: ${path}: /operations/1/prot/1: "wirte" is wrong: did you mean "write"?\n`,
    );
  });

  it('is a trace without a system', async () => {
    const path = join(folder, 'nameless.json');
    writeFileSync(path, formatTraceFile({ trace: TRACE }));
    expect(await fails([path])).toBe('mapahead: the trace names no system: add --system ID\n');
  });
});

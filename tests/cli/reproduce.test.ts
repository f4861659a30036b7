import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { encodeToken } from '#model/trace/token';
import { formatTraceFile, parseTraceFile } from '#model/trace/trace-file';
import { TRACE } from '../reports/examples.js';
import { Workshop } from '../support/c-compiler.js';
import { mapahead } from './fake.js';

const folder = mkdtempSync(join(tmpdir(), 'mapahead-reproduce-'));
const workshop = new Workshop();
afterAll(() => {
  rmSync(folder, { recursive: true });
  workshop.clear();
});

const CORPUS = new URL('../../corpus/', import.meta.url).pathname;

/** Corpus traces with a step that no program can do. */
const CANNOT = /aux|failed-mapping-keeps/;
const corpus = readdirSync(CORPUS).sort();

describe('reproduce', () => {
  it.each(corpus)(
    '%s: as a program, which the kernel of this machine passes, or shows what mapahead knows of it',
    async (file) => {
      const { exitCode, out, err } = await mapahead(['reproduce', join(CORPUS, file), '--system', 'host']);
      expect(exitCode).toBe(0);
      const ran = workshop.try(out);
      expect(err === '').toBe(!CANNOT.test(file));
      // Replayed on the host, none of them is a new disagreement.
      expect([file, ran.exitCode]).toEqual([file, CANNOT.test(file) ? 4 : 0]);
    },
  );

  it('looks behind a failure that no step shows', async () => {
    const file = join(CORPUS, 'v6.14.mappings-counted.munmap-of-a-part.json');
    const { out } = await mapahead(['repro', file]);
    expect(out).toContain('v6.14, step 3: mappings-counted.');
    expect(out).toContain('#define LAST_STEP 9');
    expect(out).toContain('On v6.14 it was: ok.');
  });

  it('writes a file, as a test for the kernel, for syzkaller, or as a trace', async () => {
    const token = encodeToken('v6.14', TRACE);
    for (const [format, begins] of [
      ['c', '// SPDX'],
      ['kselftest', '// SPDX'],
      ['syz', '# '],
      ['json', '{'],
    ] as const) {
      const path = join(folder, format);
      const { exitCode, out, err } = await mapahead(['reproduce', token, '--format', format, '-o', path]);
      expect([exitCode, out]).toEqual([0, '']);
      expect(err).toContain(`saved ${path}`);
      expect(readFileSync(path, 'utf8').startsWith(begins)).toBe(true);
    }
    expect(parseTraceFile(readFileSync(join(folder, 'json'), 'utf8'), 'json').system).toBe('v6.14');
  });

  it.each([
    [['--format', 'rust'], 'unknown format "rust"'],
    [['--system', 'v6.1'], 'unknown system "v6.1"'],
    [['--system', 'linux-six'], 'not a kernel release: six'],
    [['-o', '/no/such/folder/x.c'], '--output:'],
  ])('%j: says in one line what is wrong', async (flags, message) => {
    const { exitCode, err } = await mapahead(['reproduce', encodeToken('v6.14', TRACE), ...flags]);
    expect(exitCode).toBe(2);
    expect(err).toContain(message);
    expect(err.trim().split('\n')).toHaveLength(1);
  });

  it('asks for a system where the trace names none', async () => {
    const file = join(folder, 'nameless.json');
    writeFileSync(file, formatTraceFile({ trace: TRACE }));
    const { exitCode, err } = await mapahead(['reproduce', file]);
    expect([exitCode, err]).toEqual([2, 'mapahead: the trace names no system: add --system ID\n']);
  });
});

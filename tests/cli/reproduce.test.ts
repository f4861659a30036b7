import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { release, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { DEFAULT_ENV } from '#model/alphabet/system';
import { findingsOfKernel, flavourOfKernel, KNOWN_FINDINGS, VP } from '#model/spec/index';
import { encodeToken } from '#model/trace/token';
import { formatTraceFile, parseTraceFile } from '#model/trace/trace-file';
import { pack } from '../model/linux/story.js';
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
/** Those that show, with what closes them, a finding that this kernel is known for. */
const KNOWN: readonly (readonly [file: RegExp, finding: string])[] = [
  [/second-mapping-charged/, 'second-mapping-charged'],
  [/pinned-refunded-to-the-last-unmapper/, 'unmapper-refunded'],
];

function verdictHere(file: string): number {
  if (CANNOT.test(file)) return 4;
  const [, finding] = KNOWN.find(([pattern]) => pattern.test(file)) ?? [];
  if (finding === undefined) return 0;
  const known = KNOWN_FINDINGS.find(({ id }) => id === finding);
  if (known === undefined) throw new Error(`no finding ${finding}`);
  return (findingsOfKernel(release()) >> known.bit) & 1;
}
const corpus = readdirSync(CORPUS).sort();

describe('reproduce', () => {
  it.each(corpus)(
    '%s: as a program, which the kernel of this machine passes, or shows what mapahead knows of it',
    async (file) => {
      const { exitCode, out, err } = await mapahead(['reproduce', join(CORPUS, file), '--system', 'host']);
      expect(exitCode).toBe(0);
      const ran = workshop.try(out);
      expect(err === '').toBe(!CANNOT.test(file));
      expect([file, ran.exitCode]).toEqual([file, verdictHere(file)]);
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
    [['--run', 'host', '--format', 'syz'], '--run: only programs of the format "c" can be run'],
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

  it('runs it on this machine, and says what it came to', async () => {
    const passing = join(CORPUS, 'v6.14.mappings-counted.munmap-of-a-part.json');
    const passed = await mapahead(['reproduce', passing, '--run', 'host']);
    expect(passed).toMatchObject({ exitCode: 0, out: '' });
    expect(passed.err).toBe('as specified\non host: the reproducer ends with 0\n');
    const impossible = join(CORPUS, 'v6.18.no-kernel-warning.aux-of-a-redirected-event.json');
    const skipped = await mapahead(['reproduce', impossible, '--run', 'host']);
    expect(skipped.exitCode).toBe(3);
    expect(skipped.err).toContain('the reproducer ends with 4');
  });

  it('holds the kernel to what another one does, where it is told to', async () => {
    const ops = pack([
      ['open', 0, { fd: 0 }],
      ['mmap', 0, { fd: 0, page: 0, npages: 2, prot: 3 }],
      ['madvise', 0, { page: 0, npages: 2, advice: 'DONTNEED' }],
    ]);
    const token = encodeToken('v6.14', { env: DEFAULT_ENV, ops });
    const path = join(folder, 'kept.c');
    const { exitCode, err } = await mapahead([
      ...['reproduce', token, '--run', 'host', '--system', 'linux-6.1.0', '-o', path],
    ]);
    const refused = (flavourOfKernel(release()) >> VP.dontneedRefused) & 1;
    expect([exitCode, /errno 22 .*, should be ok/.test(err)]).toEqual([refused, refused === 1]);
    expect(err).toContain(`saved ${path}\n`);
    expect(readFileSync(path, 'utf8')).toContain('linux-6.1.0');
  });

  it.each([
    ['/no/such/bzImage', 'ENOENT'],
    ['debian:soon', 'after "debian:" comes a version'],
  ])('--run %s: says in one line why it was not run', async (kernel, message) => {
    const { exitCode, err } = await mapahead(['reproduce', encodeToken('v6.14', TRACE), '--run', kernel]);
    expect(exitCode).toBe(3);
    expect(err).toContain(`NOT RUN  ${kernel}: `);
    expect(err).toContain(message);
    expect(err.trim().split('\n')).toHaveLength(1);
  });
});

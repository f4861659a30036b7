import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { TraceSystem } from '#model/alphabet/system';
import { NoAgentError } from '#model/linux/compile';
import { formatTraceFile, parseTraceFile } from '#model/trace/trace-file';
import { START } from '#properties/conformance/conform';
import type { StartLimits } from '#properties/conformance/kernel-pool';
import { recordsSchema } from '#reports/conformance/record';
import { reportSchema } from '#reports/json/schema';
import { resultSchema } from '#reports/results/schema';
import { KERNEL_FLAVOUR } from '../properties/checkers/fakes.js';
import { bitOf, specKernel } from '../properties/conformance/kernels.js';
import { traceOf } from '../shrinkers/traces.js';
import { type Given, mapahead, type Result } from './fake.js';

const FOLDER = mkdtempSync(join(tmpdir(), 'mapahead-conform-'));
afterAll(() => rmSync(FOLDER, { recursive: true, force: true }));
const inFolder = (name: string): string => join(FOLDER, name);

const CORPUS = inFolder('corpus');
mkdirSync(CORPUS);
const CHARGED = traceOf([
  ['open', 0, 0, 0, -1],
  ['mmap', 0, 0, 0, 2, 1, 0, 0],
  ['mmap', 0, 0, 3, 2, 1, 0, 0],
  ['headroom', 0],
]);
writeFileSync(join(CORPUS, 'charged.json'), formatTraceFile({ trace: CHARGED }));

const good = specKernel();
const bad = specKernel(KERNEL_FLAVOUR ^ bitOf('exec-refused'));

const KERNELS: Readonly<Record<string, (start: StartLimits) => Promise<TraceSystem>>> = {
  host: (start) => good.open(start),
  './bad': (start) => bad.open(start),
  './none': () => Promise.reject(new NoAgentError('no C compiler')),
};
const engines: NonNullable<Given['engines']> = {
  openTraces: (name, { start = START }) => KERNELS[name](start),
};

const conform = (args: string, given: Given = {}): Promise<Result> =>
  mapahead(['conform', ...args.split(' ').filter((each) => each !== '')], { engines, ...given });

const RANDOM = `--source random --runs 300 --seed 1`;

describe('mapahead conform', { timeout: 120_000 }, () => {
  it('passes the host, source by source, and ends with a verdict', async () => {
    const { exitCode, out, err } = await conform(`--source corpus ${RANDOM}`);
    expect(exitCode).toBe(0);
    expect(err).toContain('compares host with the specification');
    expect(out).toContain('corpus    10 sequences');
    expect(out).toContain('random    300 sequences');
    expect(out).not.toContain('cover ');
    expect(out).toContain('not observed: open (aux)');
    expect(out).toMatch(/^PASSED {2}linux-6\.18\.44 passed; known findings met: \d;/m);
    for (const line of out.split('\n'))
      if (!line.includes('npx mapahead replay')) expect(line.length).toBeLessThanOrEqual(80);
  });

  it('takes a corpus of its own', async () => {
    const { exitCode, out } = await conform(`--source corpus --corpus ${CORPUS}`);
    expect(exitCode).toBe(0);
    expect(out).toContain('corpus    1 sequences');
    expect(out).toContain('known finding second-mapping-charged in 1 of 1 sequences');
  });

  it('fails a kernel that disagrees, and tells each cause once', async () => {
    const { exitCode, out } = await conform(`--kernel ./bad ${RANDOM}`);
    expect(exitCode).toBe(1);
    expect(out.match(/COUNTEREXAMPLE/g)?.length).toBe(1);
    expect(out).toContain('it is a kernel on the other side of exec-refused');
  });

  it('compares several kernels, and cannot check without one that was asked for', async () => {
    const { exitCode, out } = await conform(`--kernel host --kernel ./none --source corpus`);
    expect(exitCode).toBe(3);
    expect(out).toContain('./none: NOT RUN: no C compiler');
    expect(out).toContain('COULD NOT CHECK');
    expect((await conform('--kernel ./none --source corpus --quiet')).exitCode).toBe(3);
  });

  it('prints the matrix as text, JSON and Markdown, and keeps it beside others', async () => {
    const file = inFolder('kernels.json');
    const matrix = `--matrix --source corpus --corpus ${CORPUS}`;
    const text = await conform(`${matrix} --record ${file}`);
    expect(text.exitCode).toBe(0);
    expect(text.out).toMatch(/^exec-refused {15}1$/m);
    const first = recordsSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
    expect(first.kernels.map(({ release }) => release)).toEqual(['6.18.44']);
    writeFileSync(file, JSON.stringify({ ...first, kernels: [{ ...first.kernels[0], release: '6.1.192' }] }));

    const json = await conform(`${matrix} --kernel ./bad --json --record ${file}`);
    const { kernels = [], outcome } = reportSchema.parse(JSON.parse(json.out));
    expect(outcome).toBe('passed');
    expect(kernels[0]?.sides.find(({ id }) => id === 'exec-refused')).toMatchObject({
      expected: 1,
      measured: 0,
    });
    const second = recordsSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
    expect(second.kernels.map(({ release }) => release)).toEqual(['6.1.192', '6.18.44']);

    const markdown = await conform(`${matrix} --kernel ./bad --markdown`);
    expect(markdown.exitCode).toBe(0);
    expect(markdown.out).toContain('| `exec-refused` | 0\\* |');
  });

  it('writes what it found for a mailing list, with the kernels that have it and have not', async () => {
    const folder = inFolder('reports');
    const { exitCode, err } = await conform(`--kernel host --kernel ./bad ${RANDOM} --mail ${folder}`);
    expect(exitCode).toBe(1);
    expect(err).toContain(`note: wrote ${join(folder, 'second-mapping-charged.txt')}`);
    const names = readdirSync(folder);
    const [found = ''] = names.filter((name) => name.startsWith('linux-6.18.44') && name.endsWith('.txt'));
    const mail = readFileSync(join(folder, found), 'utf8');
    expect(mail).toContain('Kernels that do it, as measured:\n\n  - 6.18.44: 10 of 10 runs');
    expect(mail).toContain('Kernels that do not, as measured:\n\n  - 6.18.44: 0 of 10 runs');
    const [text = '', program] = mail.split('A program that does the same:\n\n');
    for (const line of text.split('\n'))
      if (!line.startsWith('npx ')) expect(line.length).toBeLessThanOrEqual(72);
    expect(program).toBe(readFileSync(join(folder, found.replace('.txt', '.c')), 'utf8'));
    const path = join(folder, found.replace('.txt', '.json'));
    expect(parseTraceFile(readFileSync(path, 'utf8'), path).system).toBe('linux-6.18.44');
  });

  it('leaves a result that can be shown as a page', async () => {
    const folder = inFolder('results');
    const { exitCode, err } = await conform(`--kernel ./bad --matrix --source corpus --results ${folder}`);
    expect(exitCode).toBe(0);
    expect(err).toContain(`saved ${join(folder, 'kernels.json')}`);
    const result = resultSchema.parse(JSON.parse(readFileSync(join(folder, 'kernels.json'), 'utf8')));
    if (result.kind !== 'kernels') throw new Error(result.kind);
    expect(result.command).toMatch(
      /^npx mapahead conform --kernel \.\/bad --source corpus --seed \d+ .*--matrix$/,
    );
    expect(result.kernels[0]).toMatchObject({ id: 'linux-6.18.44', runsOn: './bad', outcome: 'passed' });
    const cell = result.cells.find(({ point }) => point === 'exec-refused');
    expect(cell).toMatchObject({
      kernel: 'linux-6.18.44',
      seen: 'before',
      token: expect.stringMatching(/^ma1:/),
    });
  });

  it('says that there is nothing to report', async () => {
    const empty = inFolder('empty-corpus');
    mkdirSync(empty);
    writeFileSync(join(empty, 'exit.json'), formatTraceFile({ trace: traceOf([['exit', 0]]) }));
    const { err } = await conform(`--source corpus --corpus ${empty} --mail ${inFolder('nothing')}`);
    expect(err).toContain('note: there is nothing to report');
  });

  it('keeps what it found when it is interrupted', async () => {
    const controller = new AbortController();
    const opens: typeof engines.openTraces = async (name, { start = START }) => {
      const system = await KERNELS[name](start);
      const run = system.run.bind(system);
      system.run = (traces) => {
        controller.abort();
        return run(traces);
      };
      return system;
    };
    const { exitCode, out } = await conform(`--source corpus --corpus ${CORPUS}`, {
      engines: { openTraces: opens },
      signal: controller.signal,
    });
    expect(exitCode).toBe(130);
    expect(out).toContain('known finding second-mapping-charged');
    expect(out).toContain('INTERRUPTED');
  });

  it.each([
    ['--kernel hots', 'unknown kernel "hots": name host, debian:VERSION, or the path of a bzImage'],
    ['--source nowhere', 'unknown source "nowhere": choose from corpus, cover, random, all'],
    ['--runs 0', '--runs: "0" is not a whole number from 1 to 1000000000'],
    ['--markdown', '--markdown shows the matrix: add --matrix'],
    ['--matrix --markdown --json', '--markdown and --json: choose one'],
    ['--record x.json', '--record keeps the matrix: add --matrix'],
    [`--corpus ${inFolder('nowhere')}`, '--corpus: ENOENT'],
    [`--corpus ${inFolder('bare')}`, `--corpus: ${inFolder('bare')} has no trace files (*.json)`],
    [`--mail ${CORPUS}/charged.json`, '--mail: results cannot be written there (EEXIST'],
    [`--matrix --record ${CORPUS}/charged.json`, 'charged.json is no file of kernels: /format: '],
    [`--matrix --record ${inFolder('text')}`, 'text is no JSON: '],
    [`--matrix --record ${inFolder('.')}`, '--record: EISDIR'],
    [`--corpus ${inFolder('broken')}`, 'broken/x.json'],
  ])('conform %s is wrong usage: one line', async (args, message) => {
    writeFileSync(inFolder('text'), 'text');
    for (const name of ['broken', 'bare']) mkdirSync(inFolder(name), { recursive: true });
    writeFileSync(inFolder('broken/x.json'), '{}');
    const { exitCode, out, err } = await conform(args);
    expect({ exitCode, out }).toEqual({ exitCode: 2, out: '' });
    expect(err).toContain(message);
    expect(err.trim().split('\n').length).toBe(1);
  });

  it('loses nothing of a file that it cannot read', async () => {
    const file = inFolder('mine.json');
    writeFileSync(file, '{"mine": true}');
    expect((await conform(`--matrix --record ${file}`)).exitCode).toBe(2);
    expect(readFileSync(file, 'utf8')).toBe('{"mine": true}');
    expect(existsSync(inFolder('x.json'))).toBe(false);
  });
});

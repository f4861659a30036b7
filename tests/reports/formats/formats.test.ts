import { describe, expect, it } from 'vitest';
import { coverageBadge, verdictBadge } from '#reports/formats/badge';
import { casesOf } from '#reports/formats/cases';
import { FORMATS } from '#reports/formats/index';
import { junit } from '#reports/formats/junit';
import { lcov } from '#reports/formats/lcov';
import { markdown } from '#reports/formats/markdown';
import { sarif, sarifLog } from '#reports/formats/sarif';
import { sarifSchema } from '#reports/formats/sarif-schema';
import { tap } from '#reports/formats/tap';
import { BROKEN, dataOf, exampleOf, FULL } from '../result-examples.js';
import { parseXml } from '../xml.js';

const HOSTILE =
  ']]></failure>"\'<x a=&b> \u0000\u001b[2J\ud800 # SKIP `|` <script>alert(1)</script>\n![x](y)';

/** The same results, with a hostile name where a System's was. */
const hostile = dataOf(
  JSON.parse(JSON.stringify(FULL.results).replaceAll('"v6.14"', () => JSON.stringify(HOSTILE))),
);
const { token } = exampleOf(BROKEN);

describe('cases', () => {
  it('are what was judged, and say what was not', () => {
    const cases = casesOf(FULL);
    const of = (suite: string, name: string) =>
      cases.find((each) => each.suite.startsWith(suite) && each.name === name);
    expect(of('advance (', 'spec')?.outcome).toBe('passed');
    expect(of('advance (', 'nothing-left')).toMatchObject({ outcome: 'skipped', text: /vacuous/ });
    expect(of('v6.14 (', 'mappings-counted')).toMatchObject({
      outcome: 'failed',
      text: 'At step 3, P0 munmap(page 0, 1 page): buffer 0: aux_mmap_count is 1, VMAs: 0.',
      repeat: `npx mapahead replay ${token}`,
    });
    expect(of('linux (', 'spec')).toMatchObject({
      outcome: 'skipped',
      text: /not run: perf_event_open is denied/,
    });
    expect(of('kernels', 'linux-7.3')).toMatchObject({ outcome: 'skipped', text: 'no image' });
    expect(of('kernels', 'linux-6.18.44')?.outcome).toBe('failed');
    expect(of('mutants', 'leaks-a-page')?.outcome).toBe('failed');
    expect(of('mutants', 'races-with-close')?.outcome).toBe('skipped');
    expect(of('v6.14 (interleavings)', '2 sets of tasks, dpor')?.outcome).toBe('failed');
  });
});

describe('JUnit XML', () => {
  it.each([
    ['of results', FULL],
    ['of hostile ones', hostile],
  ])('%s is well formed, and its counts are those of its cases', (_what, data) => {
    const root = parseXml(junit(data));
    expect(root.name).toBe('testsuites');
    const cases = root.children.flatMap((suite) => suite.children);
    const count = (kind: string): number => cases.filter(({ children }) => children[0]?.name === kind).length;
    expect(Number(root.attributes['tests'])).toBe(casesOf(data).length);
    expect(cases).toHaveLength(casesOf(data).length);
    expect(Number(root.attributes['failures'])).toBe(count('failure'));
    const skipped = root.children.map(({ attributes }) => Number(attributes['skipped']));
    expect(skipped.reduce((sum, each) => sum + each, 0)).toBe(count('skipped'));
    expect(count('failure')).toBeGreaterThan(2);
    for (const suite of root.children) expect(suite.attributes['tests']).toBe(String(suite.children.length));
  });

  it('tells the failure and how to have it again', () => {
    const failures = parseXml(junit(FULL)).children.flatMap(({ children }) =>
      children.flatMap((each) => each.children),
    );
    expect(failures.find(({ text }) => text.includes(token))?.text).toContain(
      "An event's mmap_count, and a buffer's",
    );
  });
});

describe('SARIF', () => {
  it.each([
    ['of results', FULL],
    ['of hostile ones', hostile],
    ['of none', dataOf(FULL.results.slice(1, 2))],
  ])('%s keeps to the standard', (_what, data) => {
    const log = JSON.parse(sarif(data));
    expect(sarifSchema.parse(log)).toEqual(log);
  });

  it('has an error for each failure, with its steps, and a note for each known finding', () => {
    const [{ results = [] } = {}] = sarifLog(FULL).runs;
    const broken = results.find(({ message }) => message.text.includes(token));
    expect(broken).toMatchObject({ ruleId: 'mappings-counted', level: 'error' });
    expect(
      broken?.codeFlows?.[0]?.threadFlows[0]?.locations.map(({ location }) => location.message.text),
    ).toEqual([
      'P0 perf_event_open(pid 0, cpu -1) as fd 0 = ok',
      'P0 mmap(page 0, 2 pages, PROT_READ, MAP_SHARED|MAP_FIXED, fd 0, pgoff 0) = ok',
      'P0 munmap(page 0, 1 page) = ok',
    ]);
    expect(results.filter(({ level }) => level === 'note')).toHaveLength(1);
    expect(results.map(({ ruleId }) => ruleId)).toContain('leaks-a-page');
  });

  it.each([
    [
      'an index that is another rule',
      (log: ReturnType<typeof sarifLog>) => ({
        ...log,
        runs: log.runs.map((run) => ({
          ...run,
          results: run.results.map((each) => ({ ...each, ruleIndex: each.ruleIndex + 1 })),
        })),
      }),
    ],
    ['another version', (log: ReturnType<typeof sarifLog>) => ({ ...log, version: '2.2.0' })],
    ['a key that is not in the standard', (log: ReturnType<typeof sarifLog>) => ({ ...log, extra: 1 })],
    ['no run', (log: ReturnType<typeof sarifLog>) => ({ ...log, runs: [] })],
  ])('is not valid with %s', (_what, spoil) => {
    expect(sarifSchema.safeParse(spoil(sarifLog(FULL))).success).toBe(false);
  });
});

describe('TAP', () => {
  it.each([
    ['of results', FULL],
    ['of hostile ones', hostile],
  ])('%s has a plan and a line for each case', (_what, data) => {
    const lines = tap(data).trimEnd().split('\n');
    const cases = casesOf(data);
    expect(lines.slice(0, 2)).toEqual(['TAP version 14', `1..${cases.length}`]);
    const points = lines.filter((line) => /^(?:not )?ok /.test(line));
    expect(points).toHaveLength(cases.length);
    const failed = cases.filter(({ outcome }) => outcome === 'failed').length;
    expect(points.filter((line) => line.startsWith('not ok'))).toHaveLength(failed);
    const skipped = cases.filter(({ outcome }) => outcome === 'skipped').length;
    // A mark of a directive in a name is none.
    expect(points.filter((line) => /[^\\]# SKIP/.test(line))).toHaveLength(skipped);
    expect(lines.every((line) => /^(?:TAP|1\.\.|ok |not ok | {2})/.test(line))).toBe(true);
  });
});

describe('Markdown', () => {
  it('has the verdict, the systems, what was not run, and how to replay', () => {
    const text = markdown(dataOf(FULL.results.slice(0, 1)));
    expect(text).toMatch(/^## mapahead: ❌ failed\n/);
    expect(text).toContain('| v6.14 | random, seed 0 | 1 sequence | FAILED |');
    expect(text).toContain(
      '**Not run:** every sequence within bounds, the matrix of kernels, interleavings, mutants, coverage of the code.',
    );
    expect(text).toContain(`\`npx mapahead replay ${token}\``);
  });

  it('of hostile results has no markup of theirs', () => {
    const text = markdown(hostile);
    expect(text).not.toMatch(/<script|!\[x\]|(?!\n)\p{Cc}|\]\(y\)/u);
    const rows = text.split('\n').filter((line) => line.startsWith('|'));
    for (const row of rows) expect(row.match(/\|/g)).toHaveLength(6);
  });
});

describe('badges', () => {
  it('say the verdict and the coverage', () => {
    expect(parseXml(verdictBadge(FULL)).attributes['aria-label']).toBe('mapahead: failed');
    expect(parseXml(coverageBadge(FULL)).attributes['aria-label']).toBe('branches: 50 %');
    expect(parseXml(coverageBadge(dataOf([]))).attributes['aria-label']).toBe('coverage: not run');
    expect(parseXml(verdictBadge(dataOf([]))).attributes['aria-label']).toBe('mapahead: not run');
  });
});

describe('lcov', () => {
  it('has the lines of each file, those with something to run', () => {
    expect(lcov(FULL).split('end_of_record\n')[0]).toBe(
      'TN:\nSF:model/mm/vma.ts\nDA:2,5\nDA:3,5\nDA:4,0\nFNF:1\nFNH:1\nBRF:2\nBRH:1\nLF:3\nLH:2\n',
    );
    expect(lcov(dataOf([]))).toBe('');
  });
});

it('every format takes any results', () => {
  for (const [name, format] of Object.entries(FORMATS)) {
    expect(typeof format(dataOf([])), name).toBe('string');
    expect(format(hostile).length, name).toBeGreaterThan(10);
  }
});

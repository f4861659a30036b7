import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { junit } from '#reports/formats/junit';
import { sarif, sarifLog } from '#reports/formats/sarif';
import { dataOf, FULL } from '../result-examples.js';
import { parseXml } from '../xml.js';
import { junitProblems } from './junit-structure.js';
import { SCHEMA_FILE, sarifProblems } from './sarif/validate.js';

const HOSTILE = ']]>"\'<x a=&b> \u0000\u001b[2J\ud800 \\ C:\\x {0} %zz\n?#';
const hostile = dataOf(
  FULL.results.map(({ source, result }, i) => ({
    source: `${HOSTILE}${i}/${source}`,
    result: JSON.parse(JSON.stringify(result).replaceAll('"v6.14"', () => JSON.stringify(HOSTILE))),
  })),
);
const DATA = [
  ['results of every kind', FULL],
  ['hostile results', hostile],
  ['a result without a finding', dataOf(FULL.results.slice(1, 2))],
  ['no results', dataOf([])],
] as const;

describe("the standard's schema of SARIF", () => {
  it('is the one that its note names, unchanged', () => {
    const sum = createHash('sha256').update(readFileSync(SCHEMA_FILE)).digest('hex');
    expect(sum).toBe('2d99159ae54a3eea97f81781cff48780548657c35949f4b7f25e99a2ba4de4f8');
  });

  it.each(DATA)('takes %s', (_what, data) => {
    expect(sarifProblems(JSON.parse(sarif(data)))).toEqual([]);
  });

  type Log = ReturnType<typeof sarifLog>;
  it.each<[string, (log: Log) => unknown, string]>([
    ['a key of ours', (log) => ({ ...log, extra: 1 }), 'must NOT have additional properties'],
    ['another version', (log) => ({ ...log, version: '2.2.0' }), '/version must be equal to one of'],
    [
      'a level that is none',
      (log) => JSON.parse(JSON.stringify(log).replaceAll('"note"', '"info"')),
      '/level must be equal to one of',
    ],
    [
      'a time that is none',
      (log) => JSON.parse(JSON.stringify(log).replaceAll('"startTimeUtc":"', '"startTimeUtc":"about ')),
      '/startTimeUtc must match format "date-time"',
    ],
    [
      'a place that is no reference of a URI',
      (log) => JSON.parse(JSON.stringify(log).replaceAll('"uri":"', '"uri":"a b')),
      '/uri must match format "uri-reference"',
    ],
  ])('refuses %s', (_what, spoil, problem) => {
    expect(sarifProblems(spoil(sarifLog(FULL))).join('\n')).toContain(problem);
  });
});

describe('the structure of JUnit XML', () => {
  it.each(DATA)('takes %s', (_what, data) => {
    expect(junitProblems(parseXml(junit(data)))).toEqual([]);
  });

  it.each([
    [
      'a count that readers refuse',
      '<testsuites ',
      '<testsuites skipped="1" ',
      'testsuites may not have skipped',
    ],
    ['a suite without its count', ' errors="0"', '', 'testsuite has no errors'],
    ['a time in powers of ten', ' time="', ' time="1e-7', 'has the time 1e-7'],
    [
      'a failure outside a case',
      '</testsuites>',
      '<failure/></testsuites>',
      'failure may not be in testsuites',
    ],
  ])('refuses %s', (_what, from, to, problem) => {
    expect(junitProblems(parseXml(junit(FULL).replaceAll(from, to))).join('\n')).toContain(problem);
  });
});

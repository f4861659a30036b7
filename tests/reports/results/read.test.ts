import { describe, expect, it } from 'vitest';
import { TraceError } from '#model/trace/trace-error';
import { coverageResult } from '#reports/results/c8';
import { kindOf, parseHistory, resultFromJson } from '#reports/results/read';
import { resultJsonSchema, resultSchema } from '#reports/results/schema';
import { C8 } from '../c8-example.js';
import { HISTORY } from '../history-example.js';
import { ALL, CHECK } from '../result-examples.js';

const problem = (read: () => unknown): string => {
  try {
    read();
  } catch (error) {
    if (error instanceof TraceError) return error.message;
    throw error;
  }
  return 'it was read';
};

describe('a result', () => {
  it.each(ALL)('$source is what the schema says, and comes back as it was', ({ source, result }) => {
    const json = JSON.parse(JSON.stringify(result));
    expect(kindOf(JSON.stringify(result), source)).toEqual({ kind: 'result', json });
    expect(resultFromJson(json, source)).toEqual(json);
  });

  it('of a later minor version may say more', () => {
    expect(resultFromJson({ ...CHECK, more: 1 }, 'x.json')).toEqual(JSON.parse(JSON.stringify(CHECK)));
  });

  it('has a JSON Schema that names its kinds', () => {
    const schema = JSON.stringify(resultJsonSchema());
    for (const { shape } of resultSchema.options) expect(schema).toContain(`"const":"${shape.kind.value}"`);
    expect(schema).toContain('https://json-schema.org/draft/2020-12/schema');
  });

  const wrong: [string, unknown, string][] = [
    [
      'another format',
      { format: 'mapahead-trace' },
      'x.json: /format: no result (its format is "mapahead-trace"): name files that --results wrote',
    ],
    [
      'no format',
      {},
      'x.json: /format: no result (its format is undefined): name files that --results wrote',
    ],
    [
      'a newer version',
      { ...CHECK, version: 2, madeBy: '9.0.0' },
      'x.json: /version: result format 2 is newer than this mapahead 0.1.0 knows: show it with mapahead "9.0.0"',
    ],
    [
      'an unknown kind',
      { ...CHECK, kind: 'chek' },
      'x.json: /kind: there is no kind of result "chek": it is one of check, exploration, kernels, mutants, race, code-coverage',
    ],
    [
      'a missing part',
      { ...CHECK, report: undefined },
      'x.json: /report: missing: write a value of type object',
    ],
    [
      'a wrong part',
      { ...CHECK, seconds: 'x' },
      'x.json: /seconds: "x" is wrong: write a value of type number',
    ],
    [
      'an escape in a name',
      { ...CHECK, kind: '\u001b[2J' },
      String.raw`x.json: /kind: there is no kind of result "\u001b[2J": it is one of check, exploration, kernels, mutants, race, code-coverage`,
    ],
  ];
  it.each(wrong)('with %s is refused in one line', (_what, json, message) => {
    expect(problem(() => resultFromJson(json, 'x.json'))).toBe(message);
  });

  it('that is cut short is refused in one line', () => {
    const text = JSON.stringify(CHECK).slice(0, 500);
    expect(problem(() => kindOf(text, 'x.json'))).toMatch(
      /^x\.json: not JSON \(.*\): it is cut short or damaged, make it again$/,
    );
  });

  it.each([
    ['a list', '[]'],
    ['a number', '1'],
    ['an empty object', '{}'],
    ['null', 'null'],
  ])('is not %s', (_what, text) => {
    expect(kindOf(text, 'x.json').kind).toBe('other');
  });
});

describe('coverage of the code', () => {
  const sourceOf = (path: string) => ({
    path: path.replace('/project/', ''),
    text: 'one\ntwo\nthree\nfour\n',
  });

  it('is read from what c8 wrote', () => {
    expect(kindOf(JSON.stringify(C8), 'c.json').kind).toBe('c8');
    const result = coverageResult(C8, 'c.json', new Date(0), sourceOf);
    expect(resultFromJson(JSON.parse(JSON.stringify(result)), 'c.json')).toEqual(result);
    expect(result.files).toEqual([
      {
        path: 'model/a.ts',
        functions: { covered: 1, total: 1 },
        branches: { covered: 0, total: 1 },
        lines: { covered: 2, total: 3 },
        source: ['one', 'two', 'three', 'four'],
        hits: [1, 7, 0, -1],
        partial: [2],
      },
    ]);
  });

  it('of a file that is gone has no source, and of a damaged report a message', () => {
    const gone = coverageResult(C8, 'c.json', new Date(0), (path) => ({ path, text: undefined }));
    expect(gone.files[0]?.hits).toEqual([1]);
    const damaged = { a: { ...C8['/project/model/a.ts'], f: 1 } };
    expect(problem(() => coverageResult(damaged, 'c.json', new Date(0), sourceOf))).toBe(
      'c.json: /a/f: 1 is wrong: write a value of type record',
    );
  });
});

describe('a history', () => {
  it('is one run a line', () => {
    const text = HISTORY.map((point) => `${JSON.stringify(point)}\n`).join('\n');
    expect(parseHistory(text, 'h.jsonl')).toEqual(HISTORY);
    expect(parseHistory('', 'h.jsonl')).toEqual([]);
  });

  it('that is damaged says in which line', () => {
    const text = `${JSON.stringify(HISTORY[0])}\n{"format": "mapahead-history"}\n`;
    expect(problem(() => parseHistory(text, 'h.jsonl'))).toMatch(/^h\.jsonl, line 2: \/version: missing/);
    expect(problem(() => parseHistory('{"for', 'h.jsonl'))).toMatch(/^h\.jsonl, line 1: not JSON/);
  });
});

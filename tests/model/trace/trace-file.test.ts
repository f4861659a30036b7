import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { obsWidth } from '#model/alphabet/observations';
import { OP, OP_NAMES } from '#model/alphabet/operations';
import { DEFAULT_ENV } from '#model/alphabet/system';
import { formatTraceFile, MAX_FILE_LENGTH, parseTraceFile } from '#model/trace/trace-file';
import { VERSION } from '#model/trace/version';
import { recordingOf, trace } from './arbitraries.js';
import { DOCUMENT, messageOf, TEXT } from './good-and-wrong.js';

describe('a trace file', () => {
  it('reads like a program, one operation a line', () => {
    expect(formatTraceFile(DOCUMENT)).toBe(TEXT);
    expect(parseTraceFile(TEXT, 'a.json')).toEqual({ ...DOCUMENT, madeBy: VERSION });
  });

  it('needs no more than the environment and the operations', () => {
    const text = formatTraceFile({ trace: { env: DEFAULT_ENV, ops: new Int32Array() } });
    expect(text).toContain('"operations": []');
    const { madeBy: _version, ...read } = parseTraceFile(text.replace(/ +"madeBy".*\n/, ''), 'a.json');
    expect(read).toEqual({ trace: { env: DEFAULT_ENV, ops: new Int32Array() } });
  });

  it('comes back as it was written', () => {
    const documents = trace.chain((made) =>
      fc.record(
        { trace: fc.constant(made), recording: recordingOf(made), note: fc.string({ unit: 'binary' }) },
        { requiredKeys: ['trace'] },
      ),
    );
    fc.assert(
      fc.property(documents, (document) => {
        const { madeBy, ...read } = parseTraceFile(formatTraceFile(document), 'a.json');
        expect(read).toEqual(document);
        expect(madeBy).toBe(VERSION);
      }),
    );
  });

  it('has the observations of a first part at least as wide as its operations ask', () => {
    expect(obsWidth(OP.status)).toBe(4);
    const recording = { system: 'x', steps: 1, obs: Int32Array.of(0, 5) };
    const read = parseTraceFile(formatTraceFile({ ...DOCUMENT, recording }), 'a.json');
    expect(read.recording).toEqual(recording);
  });
});

/** The message for the good file with one thing replaced. */
function messageFor(find: string | RegExp, replacement: string): string {
  const text = TEXT.replace(find, replacement);
  expect(text).not.toBe(TEXT);
  return messageOf(text);
}

describe('a wrong trace file', () => {
  const cases: [string, string | RegExp, string][] = [
    ['a.json: /format: "x" is wrong: write mapahead-trace', '"mapahead-trace"', '"x"'],
    ['a.json: /version: 2 is wrong: write 1', '"version": 1', '"version": 2'],
    ['a.json: unknown key "extra": remove it', '"version"', '"extra": 1, "version"'],
    ['a.json: unknown key "__proto__": remove it', '"version"', '"__proto__": {}, "version"'],
    ['a.json: /env/gift: -1 is wrong: the least is 0', '"gift":12', '"gift":-1'],
    ['a.json: /env/pku: 1 is wrong: write a value of type boolean', '"pku":false', '"pku":1'],
    ['a.json: /env/thp: missing: write a value of type boolean', '"thp":true,', ''],
    ['a.json: /operations/0/op: "nmap" is wrong: did you mean "mmap" or "munmap"?', '"mmap"', '"nmap"'],
    [`a.json: /operations/0/op: 5 is wrong: it must be one of ${OP_NAMES.length} names`, '"mmap"', '5'],
    ['a.json: /operations/0/fd: 4 is wrong: the greatest is 3', '"fd":0', '"fd":4'],
    ['a.json: /operations/0/page: 1.5 is wrong: write a whole number', '"page":4', '"page":1.5'],
    ['a.json: /operations/0: unknown key "colour" of "mmap": remove it', '"fd":0', '"fd":0,"colour":1'],
    [
      'a.json: /operations/0/prot/1: "wirte" is wrong: did you mean "write"?',
      '"read","write"',
      '"read","wirte"',
    ],
    ['a.json: /operations/0/prot/0: "zz" is wrong: write one of read, write, exec', '"read","write"', '"zz"'],
    ['a.json: /operations/0/prot: a name is there twice: remove one', '"read","write"', '"write","write"'],
    ['a.json: /system: "a b" is wrong: write printable ASCII without spaces', '"v6.12"', '"a b"'],
    ['a.json: /note: too long: at most 500 are allowed', 'a store', 'x'.repeat(501)],
    [
      'a.json: /recording/observations/0/status: "E" is wrong: write a number or a name of the format',
      '"ENOMEM"',
      '"E"',
    ],
    ['a.json: /recording/observations/2/view: 1 ints, but the view of status has 2', '[3,"any"]', '[3]'],
    [
      'a.json: /recording/observations: 4 observations of 3 operations: remove what is too many',
      '{"status":"ENOMEM"}',
      '{"status":"ok"},{"status":"ok"}',
    ],
    ['a.json: /operations/0: 7 is wrong: write a value of type object', /\{"op":"mmap".*\}/, '7'],
  ];

  it.each(cases)('%s', (message, find, replacement) => {
    expect(messageFor(find, replacement)).toBe(message);
  });

  it('is told how many mistakes follow', () => {
    const text = TEXT.replace('"fd":0', '"fd":9').replace('"page":4', '"page":"four"');
    expect(messageOf(text)).toBe('a.json: /operations/0/fd: 9 is wrong: the greatest is 3 (and 1 more)');
  });

  it('that is not JSON is told by its line', () => {
    expect(messageFor('"version": 1,', '"version": 1')).toMatch(/^a\.json: line 4: not JSON \(.*\): mend/);
    expect(messageOf('')).toMatch(/^a\.json: not JSON/);
    expect(messageOf('[]')).toBe('a.json: a list is wrong: write a value of type object');
    expect(messageOf(' '.repeat(MAX_FILE_LENGTH))).toMatch(/^a\.json: not JSON/);
    expect(messageOf(' '.repeat(MAX_FILE_LENGTH + 1))).toBe(
      `a.json: longer than ${MAX_FILE_LENGTH} characters`,
    );
  });
});

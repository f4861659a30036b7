import { describe, expect, it } from 'vitest';
import { TraceError } from '#model/trace/trace-error';
import { alphabetOf } from '#properties/explorer/alphabet';
import { parseBounds } from '#properties/explorer/bounds';
import { CLOSING_BOUNDS, LARGE_BOUNDS, NAMED_BOUNDS } from '#properties/explorer/named-bounds';

const LEAST = { name: 'a', processes: 1, records: 'unseen', operations: [{ op: 'exit' }] };
const parse = (json: unknown) => parseBounds(JSON.stringify(json), 'my.json');
const parseOperation = (operation: unknown) => parse({ ...LEAST, operations: [operation] });

/** Where the error says that the mistake is. */
function placeOf(refused: () => unknown): string {
  try {
    refused();
  } catch (error) {
    if (error instanceof TraceError) {
      expect(error.source).toBe('my.json');
      expect(error.problem).not.toBe('');
      return error.place;
    }
    throw error;
  }
  return 'taken';
}

describe('bounds in a file', () => {
  it('are read as they stand there', () => {
    const full = {
      name: 'x'.repeat(60),
      env: { gift: 2, rlimit: 0, paranoid: -1, pku: true, thp: false, ksm: false, aux: true },
      processes: 3,
      events: 1,
      records: 'counted',
      operations: [
        { op: 'open', with: { fd: [0, 1], flags: [[], ['inherit', 'aux']] } },
        { op: 'madvise', with: { advice: ['COLD'] } },
        { op: 'exit' },
      ],
    };
    expect(parse(full)).toEqual(full);
    expect(parse(LEAST)).toEqual(LEAST);
    expect(parse({ ...LEAST, env: {} })).toEqual({ ...LEAST, env: {} });
  });

  it.each([
    ['/name', { name: '' }],
    ['/name', { name: 'x'.repeat(61) }],
    ['/processes', { processes: 0 }],
    ['/processes', { processes: 4 }],
    ['/processes', { processes: 1.5 }],
    ['/events', { events: 0 }],
    ['/events', { events: 1000 }],
    ['/records', { records: 'some' }],
    ['/env/gift', { env: { gift: -1 } }],
    ['/env/gift', { env: { gift: 2 ** 31 } }],
    ['/env/gift', { env: { gift: true } }],
    ['/env/pku', { env: { pku: 1 } }],
    ['/env', { env: { gifts: 1 } }],
    ['/operations', { operations: [] }],
    ['', { more: 1 }],
  ])('are refused at %s: %j', (place, wrong) => {
    expect(placeOf(() => parse({ ...LEAST, ...wrong }))).toBe(place);
  });

  it.each([
    ['/operations/0/op', { op: 'brk' }],
    ['/operations/0', { op: 'exit', wiht: {} }],
    ['/operations/0/with/fd', { op: 'close', with: { fd: [] } }],
    ['/operations/0/with/fd/0', { op: 'close', with: { fd: [0.5] } }],
    ['/operations/0/with/fd/0', { op: 'close', with: { fd: [[1]] } }],
  ])('are refused at %s: operation %j', (place, operation) => {
    expect(placeOf(() => parseOperation(operation))).toBe(place);
  });

  it('are refused when they are no JSON', () => {
    expect(() => parseBounds('{', 'my.json')).toThrow(/^my\.json: no JSON: \S/);
  });
});

describe('named bounds', () => {
  it('could stand in a file, have different names, and have an alphabet', () => {
    expect(NAMED_BOUNDS).toEqual([...CLOSING_BOUNDS, ...LARGE_BOUNDS]);
    expect(new Set(NAMED_BOUNDS.map(({ name }) => name)).size).toBe(NAMED_BOUNDS.length);
    for (const each of NAMED_BOUNDS) {
      expect(parse(each)).toEqual(each);
      expect(alphabetOf(each).length).toBeGreaterThan(0);
    }
  });
});

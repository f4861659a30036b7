import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { OP_WIDTH } from '#model/alphabet/bounds';
import { MMAP_LOCKED, MMAP_POPULATE, PROT_READ, PROT_WRITE } from '#model/alphabet/operands';
import { OP, OP_NAMES, OPERAND_NAMES } from '#model/alphabet/operations';
import { FIELDS, MAX_OPERATIONS } from '#model/trace/layout';
import {
  type OperationJson,
  operationsFromJson,
  operationsToJson,
  operationToJson,
} from '#model/trace/operation-json';
import { TraceError } from '#model/trace/trace-error';
import { trace } from './arbitraries.js';

const MMAP = Int32Array.of(OP.mmap, 1, -1, 4, 3, PROT_READ | PROT_WRITE, MMAP_POPULATE | MMAP_LOCKED, 15);

describe('operations as JSON', () => {
  it('spell choices and bits by their names', () => {
    expect(operationToJson(MMAP, 0)).toEqual({
      op: 'mmap',
      proc: 1,
      fd: -1,
      page: 4,
      npages: 3,
      prot: ['read', 'write'],
      flags: ['populate', 'locked'],
      pgoff: 15,
    });
    expect(operationToJson(Int32Array.of(OP.cap, 0, 1, 0, 0, 0, 0, 0), 0)).toEqual({
      op: 'cap',
      proc: 0,
      on: 'on',
    });
  });

  it('have the process first and then the operands of the table, in packed order', () => {
    expect(FIELDS.map((fields) => fields.map(({ name }) => name))).toEqual(
      OPERAND_NAMES.map((names) => ['proc', ...names]),
    );
    for (const fields of FIELDS) expect(fields.map(({ slot }) => slot)).toEqual(fields.map((_, i) => i + 1));
  });

  it('come back as they were, over the whole alphabet', () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(trace, ({ ops }) => {
        const json = operationsToJson(ops);
        for (const { op } of json) seen.add(op);
        expect(operationsFromJson(JSON.parse(JSON.stringify(json)))).toEqual(ops);
      }),
    );
    expect([...seen].sort()).toEqual([...OP_NAMES].sort());
  });
});

const error = (make: () => unknown): TraceError => {
  try {
    make();
  } catch (caught) {
    if (caught instanceof TraceError) return caught;
    throw caught;
  }
  throw new Error('no error');
};

describe('what is wrong with operations', () => {
  it('is said in numbers', () => {
    expect(error(() => operationToJson(Int32Array.of(99, 0, 0, 0, 0, 0, 0, 0), 0)).problem).toBe(
      'there is no operation number 99',
    );
    const far = Int32Array.from(MMAP);
    far[3] = 32;
    expect(error(() => operationToJson(far, 0)).problem).toBe('32 is not in 0..31');
    expect(error(() => operationsToJson(MMAP.subarray(0, 5))).problem).toBe(
      `5 ints are not whole operations of ${OP_WIDTH}`,
    );
    const many = new Int32Array((MAX_OPERATIONS + 1) * OP_WIDTH);
    expect(error(() => operationsToJson(many)).problem).toBe(
      `${MAX_OPERATIONS + 1} operations are more than the ${MAX_OPERATIONS} that a trace can hold`,
    );
    expect(operationsToJson(many.subarray(OP_WIDTH))).toHaveLength(MAX_OPERATIONS);
  });
});

const place = (make: () => unknown): string => {
  try {
    make();
  } catch (error) {
    if (error instanceof TraceError) return error.place;
    throw error;
  }
  return 'no error';
};

describe('operations that are not of the alphabet', () => {
  it('are refused with the place of the operand', () => {
    const second = (slot: number, value: number): Int32Array => {
      const ops = Int32Array.of(...MMAP, ...MMAP);
      ops[OP_WIDTH + slot] = value;
      return ops;
    };
    expect(place(() => operationsToJson(second(0, OP_NAMES.length)))).toBe('/operations/1');
    expect(place(() => operationsToJson(second(0, -1)))).toBe('/operations/1');
    expect(place(() => operationsToJson(second(1, 3)))).toBe('/operations/1/proc');
    expect(place(() => operationsToJson(second(3, 32)))).toBe('/operations/1/page');
    expect(place(() => operationsToJson(second(7, -1)))).toBe('/operations/1/pgoff');
    expect(place(() => operationsToJson(MMAP.subarray(0, 5)))).toBe('/operations');
    expect(place(() => operationsToJson(new Int32Array((MAX_OPERATIONS + 1) * OP_WIDTH)))).toBe(
      '/operations',
    );
  });

  it('are refused when a name or an operand is missing', () => {
    const munlock: OperationJson = { op: 'munlock', proc: 0, page: 1, npages: 1 };
    const { page: _page, ...incomplete } = munlock;
    const wrong: [OperationJson, string][] = [
      [incomplete as OperationJson, '/operations/0/page'],
      [{ ...munlock, op: 'unlock' as OperationJson['op'] }, '/operations/0'],
      [{ ...munlock, page: 'one' }, '/operations/0/page'],
      [{ op: 'cap', proc: 0, on: 'maybe' }, '/operations/0/on'],
      [{ op: 'mprotect', proc: 0, page: 0, npages: 1, prot: ['wirte'] }, '/operations/0/prot'],
    ];
    for (const [json, expected] of wrong) expect(place(() => operationsFromJson([json]))).toBe(expected);
  });
});

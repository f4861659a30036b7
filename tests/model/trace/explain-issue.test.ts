import { expect, it } from 'vitest';
import { z } from 'zod';
import { explainIssue } from '#model/trace/explain-issue';

/** What is said of this JSON, which the schema refuses. */
function said(schema: z.ZodType, json: unknown): string {
  const { error } = schema.safeParse(json);
  if (error === undefined) throw new Error('the schema takes it');
  return explainIssue(error.issues, json).message;
}

const names = (count: number): string[] =>
  Array.from({ length: count }, (_, i) => `name-${'abcdefghijklm'[i]}`);

it('up to twelve names are listed, more are counted', () => {
  expect(said(z.enum(names(12)), 7)).toBe(`7 is wrong: write one of ${names(12).join(', ')}`);
  expect(said(z.enum(names(13)), 7)).toBe('7 is wrong: it must be one of 13 names');
});

it('a list is told how long it may be, and a number how great', () => {
  expect(said(z.array(z.int()).max(2), [1, 2, 3])).toBe('too long: at most 2 are allowed');
  expect(said(z.string().max(2), 'xyz')).toBe('too long: at most 2 are allowed');
  expect(said(z.int().max(2), 3)).toBe('3 is wrong: the greatest is 2');
});

it('an unknown key is told with the operation that it is in', () => {
  expect(said(z.strictObject({}), { a: 1 })).toBe('unknown key "a": remove it');
  expect(said(z.strictObject({ op: z.string() }), { op: 'mmap', a: 1 })).toBe(
    'unknown key "a" of "mmap": remove it',
  );
});

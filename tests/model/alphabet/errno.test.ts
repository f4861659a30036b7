import { constants } from 'node:os';
import { expect, it } from 'vitest';
import { ERRNO, errnoName } from '#model/alphabet/errno';

/** Linux keeps these from user space, mostly: the C library does not name them. */
const WITHOUT_NAME = ['EHWPOISON', 'ENOTSUPP'];

it('error numbers are those of this machine', () => {
  const numbers = Object.entries(ERRNO).filter(([name]) => !WITHOUT_NAME.includes(name));
  expect(numbers.length).toBeGreaterThanOrEqual(20);
  expect(constants.errno).toMatchObject(Object.fromEntries(numbers));
});

it('an error number has its name; one beyond the alphabet stays a number', () => {
  for (const [name, number] of Object.entries(ERRNO)) expect(errnoName(number)).toBe(name);
  expect(errnoName(71)).toBe('71');
});

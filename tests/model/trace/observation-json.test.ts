import { expect, it } from 'vitest';
import { ERRNO } from '#model/alphabet/errno';
import {
  BOUND,
  HANG,
  SEGV_MAPERR,
  SEGV_PKUERR,
  SIGBUS_ADRERR,
  SKIP,
  UNOBSERVED,
} from '#model/alphabet/observations';
import { STATUS_SPELLINGS, statusName, VALUE_SPELLINGS } from '#model/trace/observation-json';

it('a status is named as the kernel names it', () => {
  expect(statusName(0)).toBe('ok');
  expect(statusName(-ERRNO.EBUSY)).toBe('EBUSY');
  expect(statusName(SIGBUS_ADRERR)).toBe('SIGBUS/BUS_ADRERR');
  expect(statusName(SEGV_MAPERR)).toBe('SIGSEGV/SEGV_MAPERR');
  expect(statusName(HANG)).toBe('hang');
});

it('a status that is not of the kernel has a name, too, and so have values that are no numbers', () => {
  const marks = [SEGV_PKUERR, SKIP, UNOBSERVED, BOUND].map(statusName);
  expect(marks).toEqual(['SIGSEGV/SEGV_PKUERR', 'skip', 'unobserved', 'bound']);
  expect(STATUS_SPELLINGS).toEqual(expect.arrayContaining(marks));
  expect(VALUE_SPELLINGS).toEqual(['any', 'unlimited']);
});

it('a status without a name shows its numbers', () => {
  expect(statusName(-77)).toBe('errno 77');
  expect(statusName((7 << 8) | 3)).toBe('signal 7, si_code 3');
});

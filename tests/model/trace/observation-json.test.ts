import { expect, it } from 'vitest';
import { ERRNO } from '#model/alphabet/errno';
import { HANG, SEGV_MAPERR, SIGBUS_ADRERR } from '#model/alphabet/observations';
import { statusName } from '#model/trace/observation-json';

it('a status is named as the kernel names it', () => {
  expect(statusName(0)).toBe('ok');
  expect(statusName(-ERRNO.EBUSY)).toBe('EBUSY');
  expect(statusName(SIGBUS_ADRERR)).toBe('SIGBUS/BUS_ADRERR');
  expect(statusName(SEGV_MAPERR)).toBe('SIGSEGV/SEGV_MAPERR');
  expect(statusName(HANG)).toBe('hang');
});

it('a status without a name shows its numbers', () => {
  expect(statusName(-77)).toBe('errno 77');
  expect(statusName((7 << 8) | 3)).toBe('signal 7, si_code 3');
});

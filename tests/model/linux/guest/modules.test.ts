import { expect, it } from 'vitest';

// A module that cannot be loaded fails a test here; elsewhere it would be no test at all. Part `guest` of mutation/ names it last:
// where modules are loaded first, StrykerJS takes for the only test of them.
it('the tables of guests can be made', async () => {
  const { alarmIn } = await import('#model/linux/guest/alarms');
  expect(alarmIn('Oops: 0000')).toBe('oops');
  const { cpioArchive } = await import('#model/linux/guest/cpio');
  expect(cpioArchive([]).length).toBeGreaterThan(0);
  const { KernelImageError } = await import('#model/linux/guest/bzimage');
  expect(new KernelImageError('x').name).toBe('KernelImageError');
});

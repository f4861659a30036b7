import { expect, it } from 'vitest';

// A module that cannot be loaded fails a test here; elsewhere it would be no test at all. Part `trace` of mutation/ names it last:
// where modules are loaded first, StrykerJS takes for the only test of them.
it('the tables of the format can be made', async () => {
  const { ENV_FIELDS } = await import('#model/trace/env-fields');
  expect(ENV_FIELDS.map(({ name, min, max }) => [name, min, max])).toEqual([
    ['gift', 0, 0x7fff_ffff],
    ['rlimit', 0, 0x7fff_ffff],
    ['paranoid', -128, 127],
    ['pku', 0, 1],
    ['thp', 0, 1],
    ['ksm', 0, 1],
    ['aux', 0, 1],
  ]);
  const { FIELDS } = await import('#model/trace/layout');
  expect(FIELDS[0]?.map(({ name, slot }) => [name, slot]).slice(0, 2)).toEqual([
    ['proc', 1],
    ['fd', 2],
  ]);
  const { observationToJson, statusName } = await import('#model/trace/observation-json');
  expect(statusName(-16)).toBe('EBUSY');
  expect(observationToJson(0, Int32Array.of(0, 5))).toEqual({ status: 'ok', value: 5 });
  const { traceFileSchema } = await import('#model/trace/schema');
  expect(traceFileSchema.safeParse({}).success).toBe(false);
  const { encodeToken } = await import('#model/trace/token');
  expect(() => encodeToken('', { env: {} as never, ops: new Int32Array() })).toThrow('the id of a system');
  const { TraceError } = await import('#model/trace/trace-error');
  expect(new TraceError('x').name).toBe('TraceError');
});

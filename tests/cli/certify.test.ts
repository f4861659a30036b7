import { describe, expect, it } from 'vitest';
import { encodeToken } from '#model/trace/token';
import { reportSchema } from '#reports/json/schema';
import { FAILED, TRACE } from '../reports/examples.js';
import { asked, kernel, mapahead } from './fake.js';

const TOKEN = encodeToken('v6.14', TRACE);
const CHECK = ['check', '--design', 'v6.14', '--no-host', '--runs', '5'];

describe('--certify', () => {
  it('is asked for a counterexample of check, with the seconds that are named', async () => {
    const { exitCode, out, err } = await mapahead([...CHECK, '--certify', '7']);
    expect(exitCode).toBe(1);
    expect(asked.at(-1)).toEqual({ system: 'v6.14', certifyMs: 7_000 });
    expect(err).toContain('v6.14: searching every shorter sequence, up to 7 s');
    expect(out.replace(/\s+/g, ' ')).toContain(
      'CERTIFIED no shorter sequence shows this within bounds wide (7 operations, 61 states, 4368 transitions)',
    );
  });

  it('is asked for a counterexample of replay, for half a minute unless more is said', async () => {
    const { out } = await mapahead(['replay', TOKEN, '--certify', '--json']);
    expect(asked.at(-1)).toEqual({ system: 'v6.14', certifyMs: 30_000 });
    const report = reportSchema.parse(JSON.parse(out));
    expect(report.verdicts[0]?.counterexample?.certificate).toMatchObject({ proven: true, states: 61 });
  });

  it('is not asked when nothing fails, or when it is not wanted', async () => {
    await mapahead(['replay', TOKEN, '--system', 'advance', '--certify']);
    expect(asked.map(({ certifyMs }) => certifyMs)).toEqual([undefined]);
    expect((await mapahead(CHECK)).out).not.toContain('CERTIFIED');
  });

  it('says that a real kernel cannot be searched', async () => {
    const engines = {
      openKernel: async () => kernel({ ...FAILED, system: 'linux-6.18.44', invariants: {} }),
    };
    const replayed = await mapahead(['replay', TOKEN, '--system', 'host', '--certify'], { engines });
    expect(replayed.out.replace(/\s+/g, ' ')).toContain(
      'NOT CERTIFIED whether a shorter sequence shows this: a real kernel cannot be searched',
    );
    const checked = await mapahead(['check', '--design', 'advance', '--host', '--runs', '5', '--certify'], {
      engines,
    });
    expect(checked.out).toContain('NOT CERTIFIED');
  });

  it.each([[['replay', TOKEN, '--certify', 'long']], [[...CHECK, '--certify', '-1']]])(
    '%j: wants a number of seconds',
    async (args) => {
      const { exitCode, err } = await mapahead(args);
      expect(exitCode).toBe(2);
      expect(err).toContain('--certify');
    },
  );
});

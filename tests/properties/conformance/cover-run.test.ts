import { describe, expect, it } from 'vitest';
import { OK, UNOBSERVED } from '#model/alphabet/observations';
import { CoverRun } from '#properties/conformance/cover-run';
import type { Feature } from '#properties/conformance/transition-cover';
import { failureAt, traceOf } from '../../shrinkers/traces.js';

const feature = (id: string, status?: number): Feature => ({
  id,
  kind: status === undefined ? 'pair' : 'outcome',
  trace: traceOf([
    ['munlockall', 0],
    ['setuid', 0, 1],
  ]),
  ...(status === undefined ? {} : { status }),
});
/** The sequence with what closes it. */
const trace = traceOf([
  ['munlockall', 0],
  ['setuid', 0, 1],
  ['cap', 0, 1],
]);

function run(item: Feature, statuses: number[], failedAt?: number) {
  const cover = new CoverRun(5);
  const obs = Int32Array.from(statuses.flatMap((status) => [status, 0]));
  const failure = failedAt === undefined ? undefined : { ...failureAt(failedAt), detail: 'process 0: wrong' };
  cover.add({ item, trace, recording: { obs, steps: statuses.length }, failure });
  return cover.result();
}

describe('CoverRun', () => {
  it('takes a feature for shown when the last operation answered as it did in the model', () => {
    expect(run(feature('setuid ok', OK), [OK, OK, OK])).toEqual({ features: 5, shown: 1, missed: [] });
    expect(run(feature('munlockall, setuid'), [OK, -1, OK]).shown).toBe(1);
  });

  it('does not take it for shown when the machine could not do it, or it came out otherwise, or failed', () => {
    expect(run(feature('setuid ok', OK), [OK, UNOBSERVED, OK]).missed).toEqual([
      { feature: 'setuid ok', how: 'unobserved', why: 'no privilege' },
    ]);
    expect(run(feature('setuid ok', OK), [OK, -1, OK]).missed).toEqual([
      { feature: 'setuid ok', how: 'otherwise', why: 'EPERM' },
    ]);
    expect(run(feature('setuid ok', OK), [OK, OK, OK], 1)).toEqual({
      features: 5,
      shown: 0,
      missed: [{ feature: 'setuid ok', how: 'disagreed', why: 'process 0: wrong' }],
    });
    // What it disagrees in counts, whatever the machine could not do.
    expect(run(feature('setuid ok', OK), [OK, UNOBSERVED, OK], 0).missed[0].how).toBe('disagreed');
    expect(run(feature('setuid ok', OK), [UNOBSERVED, OK, OK]).missed[0].why).toBe('not possible here');
  });

  it('leaves what closes the sequence to the verdict', () => {
    expect(run(feature('setuid ok', OK), [OK, OK, UNOBSERVED]).shown).toBe(1);
    expect(run(feature('setuid ok', OK), [OK, OK, OK], 2).shown).toBe(1);
  });
});

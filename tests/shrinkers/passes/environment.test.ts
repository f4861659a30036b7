import { describe, expect, it } from 'vitest';
import { DEFAULT_ENV, type Env } from '#model/alphabet/system';
import { simplerEnvironment } from '#shrinkers/passes/environment';
import { read } from '../traces.js';

describe('simplerEnvironment', () => {
  it('takes the environment back to the default, wholly, then value by value, then lowers the limits', () => {
    const env: Env = { gift: 2, rlimit: 3, paranoid: -1, pku: true, thp: false, ksm: false, aux: false };
    const trace = read('maps 0', env);
    const all = [...simplerEnvironment(trace)];
    expect(all.map((each) => each.env)).toEqual([
      DEFAULT_ENV,
      { ...env, gift: 12 },
      { ...env, rlimit: 6 },
      { ...env, paranoid: 2 },
      { ...env, pku: false },
      { ...env, thp: true },
      { ...env, ksm: true },
      { ...env, aux: true },
      { ...env, gift: 0 },
      { ...env, gift: 1 },
      { ...env, rlimit: 0 },
      { ...env, rlimit: 1 },
      { ...env, rlimit: 2 },
    ]);
    for (const { ops } of all) expect(ops).toBe(trace.ops);
  });
});

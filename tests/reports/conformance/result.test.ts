import { describe, expect, it } from 'vitest';
import { conformanceToResult } from '#reports/conformance/result';
import { resultSchema } from '#reports/results/schema';
import { NOT_RUN } from '../examples.js';
import { DEBIAN, HOST } from './examples.js';

const ABOUT = { started: new Date(0), seconds: 3, command: 'npx mapahead conform' };

describe('the result of a comparison', () => {
  it('can be read again, and has a cell for each variation point that was looked at', () => {
    const result = conformanceToResult(ABOUT, [HOST, DEBIAN]);
    expect(resultSchema.parse(JSON.parse(JSON.stringify(result)))).toEqual(result);
    expect(result.cells.map(({ kernel, point, seen }) => [kernel, point, seen])).toEqual([
      ['linux-6.18.44-local1', 'gup-refused', 'since'],
      ['linux-6.18.44-local1', 'cut-invalid', 'before'],
      ['linux-6.12.117+deb12-cloud-amd64', 'gup-refused', 'not-observed'],
      ['linux-6.12.117+deb12-cloud-amd64', 'cut-invalid', 'not-witnessed'],
    ]);
    expect(result.kernels[0]?.notObserved).toEqual([
      'inject: a real kernel takes no injected failures',
      '1 of 2184 features of the transition cover',
    ]);
    expect(result.kernels[1]?.disagreements.length).toBe(1);
  });

  it('says which kernel was not run, and why', () => {
    const { kernels } = conformanceToResult(ABOUT, [
      { name: 'none', verdict: NOT_RUN, sources: [], unobserved: [] },
    ]);
    expect(kernels[0]).toMatchObject({ runsOn: 'none', outcome: 'not-run', reason: NOT_RUN.reason });
  });
});

import { describe, expect, it } from 'vitest';
import { VERSION } from '#model/trace/version';
import { counterexampleToJson, reportToJson } from '#reports/json/report';
import { counterexample, reportJsonSchema, reportSchema } from '#reports/json/schema';
import { COUNTEREXAMPLE, FAILED, failing, KERNEL, NOT_RUN, PASSED } from '../examples.js';

const report = reportToJson('failed', [PASSED, FAILED, KERNEL, NOT_RUN], 48.3, ['a note']);

describe('the report as JSON', () => {
  it('is what its schema says', () => {
    const read = JSON.parse(JSON.stringify(report));
    expect(reportSchema.strict().parse(read)).toEqual(read);
  });

  it('says how it ended and what made it', () => {
    expect(report).toMatchObject({
      format: 'mapahead-report',
      version: 1,
      madeBy: VERSION,
      outcome: 'failed',
      exitCode: 1,
      seconds: 48.3,
      notes: ['a note'],
    });
  });

  it('has the counts of every System', () => {
    const [advance, , kernel, notRun] = report.verdicts;
    expect(advance).toMatchObject({ effectiveShare: 0.95, vacuous: ['aux-charge'], sequences: 12_000 });
    expect(kernel?.perOperation['inject']).toEqual({ done: 0, ok: 10, unobserved: 1_000 });
    expect(kernel).toMatchObject({
      missing: 36_000,
      findings: [{ id: 'second-mapping-charged', sequences: 31 }],
    });
    expect(notRun?.reason).toContain('perf_event_open is denied');
    expect(notRun?.perOperation).toEqual({});
  });

  it('has the counterexample in names', () => {
    const example = report.verdicts[1]?.counterexample;
    expect(example?.token).toBe(COUNTEREXAMPLE.token);
    expect(example?.operations[3]).toEqual({ op: 'load', proc: 0, page: 4, word: 'scratch' });
    expect(example?.observations[3]).toEqual({ status: 'ok', value: 17 });
    expect(example?.failure.allowed[0]?.observation).toEqual({ status: 'SIGBUS/BUS_ADRERR' });
  });

  it('has all that the kernel said of itself', () => {
    const alarm = ['WARNING: CPU: 0', 'Call Trace:'];
    const example = { ...COUNTEREXAMPLE, failure: { ...COUNTEREXAMPLE.failure, alarm } };
    const read = counterexample.parse(JSON.parse(JSON.stringify(counterexampleToJson(example))));
    expect(read.failure.alarm).toEqual(alarm);
  });

  it('leaves nothing undefined where a failure has no alternatives', () => {
    const { allowed: _, explainedBy: _points, ...failure } = COUNTEREXAMPLE.failure;
    const { pictures: _pictures, ...example } = failing({});
    const verdict = { ...FAILED, counterexample: { ...example, failure }, further: [COUNTEREXAMPLE] };
    const read = reportToJson('failed', [verdict], 0, []).verdicts[0];
    expect(read?.further[0]?.token).toBe(COUNTEREXAMPLE.token);
    expect(read?.counterexample).toMatchObject({ pictures: [], failure: { allowed: [], explainedBy: [] } });
  });

  it('has a JSON Schema', () => {
    expect(reportJsonSchema()).toMatchObject({ title: 'mapahead report', type: 'object' });
  });
});

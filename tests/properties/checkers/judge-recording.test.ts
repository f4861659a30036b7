// What ends a recording early, or what the kernel says of itself, is a failure even where all answers are right.
import { describe, expect, it } from 'vitest';
import { HANG } from '#model/alphabet/observations';
import { OUT_OF_SCOPE } from '#model/alphabet/specification';
import { DEFAULT_ENV } from '#model/alphabet/system';
import { Spec } from '#model/spec/index';
import { judgeRecording } from '#properties/checkers/judge-recording';
import { pack } from '../../model/linux/story.js';
import { traceOf } from '../../shrinkers/traces.js';
import { FLAVOUR } from './fakes.js';

const trace = {
  env: DEFAULT_ENV,
  ops: pack([
    ['munlockall', 0],
    ['munlockall', 0],
  ]),
};
const RIGHT = Int32Array.of(0, 0, 0, 0);
const judge = (steps: number, more: { ended?: string; alarm?: readonly string[] } = {}) =>
  judgeRecording(new Spec(FLAVOUR), trace, { obs: RIGHT.subarray(0, 2 * steps), steps, ...more });

describe('a recording', () => {
  it('that is right and complete is no failure', () => {
    expect(judge(2)).toMatchObject({ cut: false });
    expect(judge(2).failure).toBeUndefined();
    expect(judge(1)).toMatchObject({ cut: true });
  });

  it('that ends early, or whose processes do not end, is one', () => {
    expect(judge(1, { ended: 'out of time' }).failure).toMatchObject({
      kind: 'hang',
      step: 1,
      detail: 'process 0: munlockall has no answer: out of time',
    });
    expect(judge(2, { ended: 'out of time' }).failure).toMatchObject({
      kind: 'hang',
      step: 1,
      detail: 'process 0: munlockall was answered, but its process does not end: out of time',
    });
  });

  it.each([0, 1, 2])('during which the kernel complained breaks a rule, after %i answers', (steps) => {
    expect(judge(steps, { ended: 'the kernel said: WARNING: x', alarm: ['WARNING: x'] })).toMatchObject({
      cut: false,
      failure: {
        kind: 'invariant',
        rule: 'no-kernel-warning',
        step: Math.min(steps, 1),
        detail: 'the kernel said: WARNING: x',
        alarm: ['WARNING: x'],
      },
    });
  });

  it('that is wrong before the kernel complains is wrong there', () => {
    const obs = Int32Array.of(5, 0, 0, 0);
    const recording = { obs, steps: 2, ended: 'the kernel said: WARNING: x', alarm: ['WARNING: x'] };
    const { failure } = judgeRecording(new Spec(FLAVOUR), trace, recording);
    expect(failure).toMatchObject({ kind: 'spec', step: 0, alarm: ['WARNING: x'] });
  });

  it('that is right, of a kernel that complained, says no more than that', () => {
    expect(judge(2, { alarm: ['WARNING: x'] })).toMatchObject({
      cut: false,
      failure: { rule: 'no-kernel-warning', step: 1, detail: '', alarm: ['WARNING: x'] },
    });
  });
});

describe('a recording of a child', () => {
  const child = traceOf([
    ['fork', 0, 1],
    ['munlockall', 1],
  ]);
  const judged = (obs: readonly number[], more: object = {}, spec = new Spec(FLAVOUR)) =>
    judgeRecording(spec, child, { obs: Int32Array.from(obs), steps: obs.length / 2, ...more });
  const hang = { kind: 'hang', rule: 'hang', text: 'Every operation terminates.', step: 1, proc: 1 };

  it('names who hangs', () => {
    expect(judged([0, 0, HANG, 0])).toMatchObject({
      cut: false,
      failure: { ...hang, detail: 'process 1: munlockall does not terminate' },
    });
    expect(judged([0, 0], { ended: 'gone' })).toMatchObject({
      cut: false,
      failure: { ...hang, detail: 'process 1: munlockall has no answer: gone' },
    });
  });

  it('names who was wrong, or was at it when the kernel complained', () => {
    expect(judged([0, 0, -5, 0])).toMatchObject({ cut: false, failure: { kind: 'spec', step: 1, proc: 1 } });
    expect(judged([0, 0, 0, 0], { alarm: ['WARNING: x'] }).failure).toMatchObject({ step: 1, proc: 1 });
  });

  it('is cut where the specification leaves open what follows', () => {
    class Open extends Spec {
      override accept(ops: Int32Array, at: number, obs: Int32Array): number {
        return at > 0 ? OUT_OF_SCOPE : super.accept(ops, at, obs);
      }
    }
    const cut = judged([0, 0, -5, 0], {}, new Open(FLAVOUR));
    expect(cut.cut).toBe(true);
    expect(cut.failure).toBeUndefined();
  });
});

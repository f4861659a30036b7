import { describe, expect, it } from 'vitest';
import { OBS_WIDTH, OP_WIDTH } from '#model/alphabet/bounds';
import { ANY, OBS_VIEW } from '#model/alphabet/observations';
import type { OpName } from '#model/alphabet/operations';
import { REJECTED } from '#model/alphabet/specification';
import { DEFAULT_ENV } from '#model/alphabet/system';
import { Spec } from '#model/spec/index';
import { rejection } from '#properties/checkers/rejection';
import { traceOf } from '../../shrinkers/traces.js';
import { FLAVOUR } from './fakes.js';

/** What is said of the last of these operations when its observation is changed. */
function rejected(steps: [OpName, ...number[]][], change: (obs: Int32Array) => void) {
  const { ops } = traceOf(steps);
  const spec = new Spec(FLAVOUR);
  const follow = new Spec(FLAVOUR);
  const obs = new Int32Array(OBS_WIDTH);
  spec.reset(DEFAULT_ENV);
  follow.reset(DEFAULT_ENV);
  for (let at = 0; at < ops.length; at += OP_WIDTH) {
    follow.step(ops, at, obs);
    if (at + OP_WIDTH === ops.length) change(obs);
    const judgement = spec.accept(ops, at, obs);
    if (judgement === REJECTED) return rejection(spec, ops, at, obs);
  }
  return expect.fail('nothing was rejected');
}

describe('rejection', () => {
  it('tells a wrong status, a wrong value and a wrong view apart', () => {
    const status = rejected([['fetch', 0, 4]], (obs) => {
      obs[0] = 0x0702;
    });
    expect(status).toMatchObject({
      kind: 'spec',
      step: 0,
      proc: 0,
      page: 4,
      detail: 'process 0: fetch gave SIGBUS/BUS_ADRERR, allowed SIGSEGV/SEGV_MAPERR',
    });
    const value = rejected([['headroom', 0]], (obs) => {
      obs[1]++;
    });
    expect(value.detail).toMatch(/^process 0: headroom gave (\d+), allowed \d+$/);
    const maps = rejected(
      [
        ['mmap', 0, -1, 5, 1, 1],
        ['maps', 0],
      ],
      (obs) => {
        obs[OBS_VIEW + 5] = 0;
      },
    );
    expect(maps).toMatchObject({
      page: 5,
      step: 1,
      detail: 'process 0: maps gave page 5 another way than allowed',
    });
    const pinned = rejected([['status', 0]], (obs) => {
      obs[OBS_VIEW] = 9;
    });
    expect(pinned.detail).toBe('process 0: status gave VmPin 9, allowed 0');
    expect(pinned.page).toBeUndefined();
    const locked = rejected([['status', 0]], (obs) => {
      obs[OBS_VIEW + 1] = 9;
    });
    expect(locked.detail).toBe('process 0: status gave VmLck 9, allowed 0');
  });

  it('keeps what was allowed, with its rule', () => {
    const { allowed, text } = rejected([['munlockall', 0]], (obs) => {
      obs[0] = -22;
    });
    expect(allowed?.map(({ obs }) => [...obs])).toEqual([[0, 0]]);
    expect(allowed?.[0].rule).toBe(text);
  });

  it('says what several rules allow', () => {
    const { detail, text, allowed, rule } = rejected(
      [
        ['open', 0, 0, 0, -1],
        ['inject', 0, 0, 0],
        ['mmap', 0, 0, 4, 2, 3, 0, 0],
      ],
      (obs) => {
        obs[0] = -22;
      },
    );
    expect(rule).toBe('spec');
    expect(allowed?.length).toBe(2);
    expect(text).toBe(allowed?.map((one) => one.rule).join('; or '));
    expect(detail).toMatch(/^process 0: mmap gave EINVAL, allowed (ok or ENOMEM|ENOMEM or ok)$/);
  });

  it('is about the page that the operation names, wherever that stands among its operands', () => {
    const status = (obs: Int32Array): void => {
      obs[0] = -22;
    };
    expect(
      rejected(
        [
          ['open', 0, 0, 0, -1],
          ['mmap', 0, 0, 4, 2, 3, 0, 0],
        ],
        status,
      ).page,
    ).toBe(4);
    expect(rejected([['fetch', 0, 7]], status).page).toBe(7);
    expect(rejected([['munlockall', 0]], status)).not.toHaveProperty('page');
    // A view that was not shown differs nowhere.
    expect(rejected([['maps', 0]], status)).not.toHaveProperty('page');
  });

  it('does not take what nobody looked at for a difference', () => {
    const maps = rejected([['maps', 0]], (obs) => {
      obs[OBS_VIEW + 2] = ANY;
      obs[OBS_VIEW + 6] = 1;
    });
    expect(maps.page).toBe(6);
    const locked = rejected(
      [
        ['mlockall', 0, 1],
        ['status', 0],
      ],
      (obs) => {
        obs[OBS_VIEW] = 9;
        obs[OBS_VIEW + 1] = 9;
      },
    );
    expect(locked.detail).toBe('process 0: status gave VmPin 9, allowed 0');
  });

  it('says what stood in the view, and what should have', () => {
    const locked = rejected(
      [
        ['mmap', 0, -1, 5, 3, 1, 9],
        ['status', 0],
      ],
      (obs) => {
        obs[OBS_VIEW + 1] = 9;
      },
    );
    expect(locked.detail).toBe('process 0: status gave VmLck 9, allowed 3');
  });
});

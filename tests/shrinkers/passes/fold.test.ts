import { describe, expect, it } from 'vitest';
import { DEFAULT_ENV } from '#model/alphabet/system';
import { limitsFromTheStart, redirectAtOpen } from '#shrinkers/passes/fold';
import { proposals, read, told } from '../traces.js';

describe('redirectAtOpen', () => {
  it('opens an event where it is redirected, if the same process opened it before; the last open of a descriptor counts', () => {
    expect(
      proposals(
        redirectAtOpen,
        'open 0 1 2 -1; open 0 0 3 -1; open 1 1 0 -1; maps 0; set_output 0 1; status 0; set_output 0 1 -1; set_output 1 0 1; set_output 1 1 2',
      ),
    ).toEqual([
      'open 0 0 3 -1; open 1 1 0 -1; maps 0; open 0 1 2; status 0; set_output 0 1 -1; set_output 1 0 1; set_output 1 1 2',
      'open 0 1 2 -1; open 0 0 3 -1; maps 0; set_output 0 1; status 0; set_output 0 1 -1; set_output 1 0 1; open 1 1 0 2',
    ]);
    expect(proposals(redirectAtOpen, 'open 0 1 2 -1; open 0 1 3 -1; set_output 0 1 3')).toEqual([
      'open 0 1 2 -1; open 0 1 3 3',
    ]);
    expect(proposals(redirectAtOpen, 'set_output 0 1 2; open 0 1 0 -1')).toEqual([]);
  });
});

describe('limitsFromTheStart', () => {
  it('puts a limit that is set into the environment', () => {
    const trace = read('maps 0; gift 0 3; rlimit 1 40; load 0 1', { ...DEFAULT_ENV, pku: true });
    expect([...limitsFromTheStart(trace)].map(({ env, ops }) => [env, told({ env, ops })])).toEqual([
      [{ ...DEFAULT_ENV, pku: true, gift: 3 }, 'maps 0; rlimit 1 40; load 0 1'],
      [{ ...DEFAULT_ENV, pku: true, rlimit: 40 }, 'maps 0; gift 0 3; load 0 1'],
    ]);
  });
});

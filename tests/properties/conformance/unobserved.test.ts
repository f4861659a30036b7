import { describe, expect, it } from 'vitest';
import { OBS_WIDTH } from '#model/alphabet/bounds';
import { OK, UNOBSERVED } from '#model/alphabet/observations';
import { OP_NAMES } from '#model/alphabet/operations';
import { reasonOf, UnobservedList, unobservedIn } from '#properties/conformance/unobserved';
import { traceOf } from '../../shrinkers/traces.js';

describe('what a machine could not show', () => {
  it('is found in a recording, behind views too, and as far as it goes', () => {
    const { ops } = traceOf([
      ['maps', 0],
      ['status', 0],
      ['setuid', 0, 1],
      ['headroom', 0],
      ['cap', 0, 1],
    ]);
    const obs = new Int32Array(OBS_WIDTH + 4 + 2 + 2);
    obs[OBS_WIDTH + 4] = UNOBSERVED;
    expect(unobservedIn(ops, { obs, steps: 4 })).toEqual([2 * 8]);
    expect(unobservedIn(ops, { obs, steps: 2 })).toEqual([]);
  });

  it('is counted by what it needs, AUX by itself', () => {
    const list = new UnobservedList();
    const { ops } = traceOf([
      ['open', 0, 0, 4, -1],
      ['inject', 0, 0, 0],
      ['open', 0, 0, 4, -1],
      ['open', 0, 0, 0, -1],
    ]);
    list.add(ops, { obs: Int32Array.of(UNOBSERVED, 0, UNOBSERVED, 0, UNOBSERVED, 0, OK, 0), steps: 4 });
    expect(list.all()).toEqual([
      { what: 'inject', why: 'a real kernel takes no injected failures', operations: 1 },
      { what: 'open (aux)', why: 'no PMU with AUX buffers', operations: 2 },
    ]);
  });

  it('has a reason for every operation', () => {
    for (let kind = 0; kind < OP_NAMES.length; kind++)
      expect(reasonOf(Int32Array.of(kind, 0, 0, 0, 0, 0, 0, 0), 0)).not.toBe('');
  });
});

import { describe, expect, it } from 'vitest';
import { OBS_WIDTH } from '#model/alphabet/bounds';
import { OK, UNOBSERVED } from '#model/alphabet/observations';
import { OP, OP_NAMES } from '#model/alphabet/operations';
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

  it('is named by itself only where an event was to have AUX buffers, and listed by name', () => {
    const list = new UnobservedList();
    const { ops } = traceOf([
      ['setuid', 0, 1],
      ['munmap', 0, 0, 4],
      ['open', 0, 0, 3, -1],
      ['cap', 0, 1],
      ['futex', 0, 0, 1],
      ['open', 0, 0, 12, -1],
    ]);
    list.add(ops, { obs: Int32Array.from(Array(6).fill([UNOBSERVED, 0]).flat()), steps: 6 });
    expect(list.all().map(({ what }) => what)).toEqual([
      'cap',
      'futex',
      'munmap',
      'open',
      'open (aux)',
      'setuid',
    ]);
  });

  it('has a reason for every operation', () => {
    const known = OP_NAMES.map(
      (name, kind) => `${name}: ${reasonOf(Int32Array.of(OP.maps, 0, kind), 2)}`,
    ).filter((each) => !each.endsWith(': not possible here'));
    expect(known.toSorted()).toEqual([
      'cap: no privilege',
      'direct_read: the file system has no O_DIRECT',
      'direct_write: the file system has no O_DIRECT',
      'gift: the sysctl is of the whole system',
      'inject: a real kernel takes no injected failures',
      'open: no PMU with AUX buffers',
      'rlimit: above the hard limit',
      'setuid: no privilege',
    ]);
  });
});

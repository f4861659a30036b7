import { describe, expect, it } from 'vitest';
import { advance } from '#model/designs/advance';
import { demand_fault } from '#model/designs/demand-fault';
import { v6_14 } from '#model/designs/v6.14';
import { decodeToken } from '#model/trace/token';
import { replayOnDesign } from '#properties/checkers/replay';
import { claimOf } from '#properties/claims/claim';
import { comparisonOf, separatingPoints } from '#properties/claims/comparison';
import { planted } from '../../support/planted-designs.js';
import { ENDLESS, LONELY, search, TINY } from '../explorer/tiny.js';

describe('a claim', () => {
  it('of a design that keeps every rule', async () => {
    const claim = await claimOf(demand_fault, TINY, ENDLESS, 5);
    expect(claim).toMatchObject({
      design: 'demand-fault',
      bounds: 'tiny',
      states: 235,
      left: 0,
      closed: true,
    });
    expect(claim.found).toBeUndefined();
    expect(claim.askedOnTo).toBeUndefined();
    expect(claim.rules).toMatchObject({
      spec: 'held',
      'charges-match': 'held',
      'failed-mmap-changes-nothing': 'vacuous',
      'mapped-in-advance': 'not promised',
    });
    expect(claim.sometimes).toMatchObject({ mapped: 2, 'aux-outlives-data': null });
    expect(claim.outcomes['fork']?.['ok']).toBeGreaterThan(0);
  });

  it('of a design that breaks several: each as if it alone had been asked', async () => {
    const claim = await claimOf(v6_14, LONELY, ENDLESS, 6);
    expect(claim).toMatchObject({ closed: false, found: 'failed-mmap-changes-nothing', askedOnTo: 6 });
    const broken = Object.entries(claim.rules).flatMap(([id, verdict]) =>
      typeof verdict === 'string' ? [] : [{ id, ...verdict }],
    );
    expect(broken.length).toBeGreaterThan(2);
    for (const { id, length, token } of broken) {
      const alone = await search(v6_14, LONELY, { only: [id] });
      expect(alone.counterexample?.trace.ops.length, id).toBe(8 * length);
      expect(replayOnDesign(v6_14, decodeToken(token).trace).outcome, id).toBe('failed');
    }
    const kept = Object.keys(claim.rules).filter((id) => typeof claim.rules[id] === 'string');
    for (const id of kept) {
      const alone = await search(v6_14, LONELY, { only: [id] }, { depth: 6 });
      expect(alone.counterexample, id).toBeUndefined();
    }
  });

  it('is none when it is interrupted', async () => {
    const limits = { ...ENDLESS, signal: AbortSignal.abort() };
    await expect(claimOf(advance, TINY, limits, 5)).rejects.toThrow('interrupted');
    await expect(comparisonOf(advance, demand_fault, TINY, limits)).rejects.toThrow('interrupted');
  });
});

describe('a comparison', () => {
  it('lists differences with the point that explains each', async () => {
    const { closed, differences } = await comparisonOf(advance, demand_fault, LONELY, ENDLESS);
    expect(closed).toBe(true);
    expect(differences).toMatchObject([{ op: 'mmap', point: 'tables-made-by-mmap', length: 3 }]);
  });

  it('is none when one of the two breaks a rule', async () => {
    const wrong = comparisonOf(advance, planted('mkwrite-page-1'), TINY, ENDLESS);
    await expect(wrong).rejects.toThrow('mkwrite-page-1 breaks entry-is-right-when-set');
  });

  it('can show the points on which two designs are on different sides', () => {
    expect(separatingPoints(advance, advance)).toEqual([]);
    expect(separatingPoints(advance, demand_fault)).toEqual([
      'gup-refused',
      'dontneed-refused',
      'lru-advice-refused',
      'not-resident',
      'populate-refused',
      'dofork-refused',
      'mlock-ignored',
      'pfnmap-flags',
      'tables-made-by-mmap',
    ]);
  });
});

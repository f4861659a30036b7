import { describe, expect, it } from 'vitest';
import { OP_WIDTH } from '#model/alphabet/bounds';
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

  it('has what a search of the bounds finds', async () => {
    const limits = { ...ENDLESS, depth: 4 };
    const claim = await claimOf(demand_fault, TINY, limits, 5);
    const found = await search(demand_fault, TINY, {}, limits);
    const { operations, renamings, states, left, transitions, depth, notFollowed } = found;
    expect(claim).toMatchObject({ operations, renamings, states, left, transitions, depth, notFollowed });
    expect([claim.closed, claim.cut, claim.depth]).toEqual([false, found.cut, 4]);
    expect(claim.cut).toBeDefined();
    expect(left).toBeGreaterThan(0);
    const told = Object.entries(claim.outcomes).flatMap(([op, outcomes]) =>
      Object.entries(outcomes).map(([outcome, count]) => ({ op, outcome, count })),
    );
    expect(told.length).toBe(found.outcomes.length);
    expect(told).toEqual(expect.arrayContaining([...found.outcomes]));
    const closed = await claimOf(demand_fault, TINY, ENDLESS, 5);
    for (const absent of ['cut', 'found', 'askedOnTo']) expect(closed).not.toHaveProperty(absent);
  });

  it('asks on no further than the search was allowed to go', async () => {
    const claim = await claimOf(v6_14, LONELY, { ...ENDLESS, depth: 4 }, 6);
    expect(claim.found).toBeDefined();
    expect(claim.askedOnTo).toBe(4);
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

  it('has what a search of both finds', async () => {
    const limits = { ...ENDLESS, depth: 4 };
    const comparison = await comparisonOf(advance, demand_fault, LONELY, limits);
    const found = await search(advance, LONELY, { against: demand_fault }, limits);
    const { states, left, transitions, depth, closed, cut, notFollowed } = found;
    expect(comparison).toMatchObject({ states, left, transitions, depth, closed, cut, notFollowed });
    expect(comparison.cut).toBeDefined();
    expect(comparison).toMatchObject({ designs: ['advance', 'demand-fault'], bounds: 'lonely' });
    expect(comparison.differences.map(({ token, count }) => [token, count])).toEqual(
      found.differences.map(({ token, count }) => [token, count]),
    );
    expect(await comparisonOf(advance, advance, TINY, ENDLESS)).not.toHaveProperty('cut');
  });

  it('tells apart what one operation shows of several points', async () => {
    const { differences } = await comparisonOf(advance, demand_fault, TINY, ENDLESS);
    // The second is seen only of a page that was touched.
    expect(differences).toMatchObject([
      { op: 'maps', outcomes: ['ok', 'ok'], point: 'pfnmap-flags', length: 3 },
      { op: 'maps', outcomes: ['ok', 'ok'], point: 'not-resident', length: 4 },
    ]);
    for (const { token, length } of differences)
      expect(decodeToken(token).trace.ops.length).toBe(length * OP_WIDTH);
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

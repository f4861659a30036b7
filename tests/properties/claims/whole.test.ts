// All that is claimed within bounds of a dozen states, to the last count.
import { describe, expect, it } from 'vitest';
import { OP_WIDTH } from '#model/alphabet/bounds';
import { DEFAULT_ENV } from '#model/alphabet/system';
import { advance } from '#model/designs/advance';
import { demand_fault } from '#model/designs/demand-fault';
import { v6_14 } from '#model/designs/v6.14';
import { decodeToken } from '#model/trace/token';
import { replayOnDesign } from '#properties/checkers/replay';
import { claimOf } from '#properties/claims/claim';
import { claimedDifference, comparisonOf, separatingPoints } from '#properties/claims/comparison';
import { auditSymmetry } from '#properties/claims/symmetry';
import type { Bounds } from '#properties/explorer/bounds';
import { planted } from '../../support/planted-designs.js';
import { ENDLESS } from '../explorer/tiny.js';
import { MINI } from './mini.js';

const NOT_FOLLOWED = { beyond: 0, bound: 0, open: 0, irregular: 0, parted: 0 };

/** What no state of these bounds can show. */
const NEVER = {
  'two-vmas-of-one-buffer': null,
  'shared-by-processes': null,
  'redirected-event': null,
  'mapped-without-descriptor': null,
  'mapped-by-a-child-of-its-maker': null,
  pinned: null,
  written: null,
  'aux-outlives-data': null,
};

const HELD = {
  'entry-is-right-when-set': 'held',
  'no-page-freed-while-mapped': 'held',
  'operations-return': 'held',
  'control-page-only-writable': 'vacuous',
  'entries-map-their-page': 'held',
  'entries-permit-no-more': 'held',
  'mapped-in-advance': 'held',
  'control-store-succeeds': 'vacuous',
  'page-fields-untouched': 'held',
  'no-kernel-warning': 'held',
  'locks-released': 'held',
  'failed-mmap-changes-nothing': 'held',
  'struct-page-counts': 'held',
  'mappings-counted': 'held',
  'references-counted': 'held',
  'files-counted': 'held',
  'event-mapped-balanced': 'held',
  'pages-owned': 'held',
  'new-pages-charged': 'held',
  'charges-match': 'held',
  'nothing-left': 'held',
  spec: 'held',
};

/** Operations of the sequences that break a rule, each of which is run again. */
function lengthsOf(rules: Awaited<ReturnType<typeof claimOf>>['rules']): Record<string, number> {
  const broken = Object.entries(rules).flatMap(([id, verdict]) =>
    typeof verdict === 'string' ? [] : [[id, verdict] as const],
  );
  for (const [, { token }] of broken)
    expect(replayOnDesign(v6_14, decodeToken(token).trace).outcome).toBe('failed');
  return Object.fromEntries(broken.map(([id, { length }]) => [id, length]));
}

describe('a claim', () => {
  it('of a design that keeps every rule', async () => {
    const claim = await claimOf(advance, MINI, ENDLESS, 5);
    expect(claim).toEqual({
      design: 'advance',
      bounds: 'mini',
      operations: 5,
      renamings: 1,
      states: 11,
      left: 0,
      transitions: 49,
      depth: 3,
      closed: true,
      notFollowed: { ...NOT_FOLLOWED, beyond: 6 },
      rules: HELD,
      sometimes: { mapped: 2, ...NEVER },
      outcomes: {
        inject: { ok: 9, skip: 2 },
        open: { ok: 3, skip: 2 },
        mmap: { ok: 4, skip: 5, ENOMEM: 2 },
        munmap: { ok: 9, skip: 2 },
        exit: { ok: 9, skip: 2 },
      },
    });
    for (const absent of ['cut', 'found', 'askedOnTo']) expect(claim).not.toHaveProperty(absent);
  });

  it('of a design that breaks several rules: each by a shortest sequence, the rest asked on', async () => {
    const claim = await claimOf(v6_14, MINI, ENDLESS, 6);
    expect(claim).toMatchObject({ found: 'failed-mmap-changes-nothing', askedOnTo: 6, closed: false });
    expect(claim).toMatchObject({ depth: 2, states: 10, left: 4, transitions: 24 });
    expect(claim).not.toHaveProperty('cut');
    expect(lengthsOf(claim.rules)).toEqual({
      'failed-mmap-changes-nothing': 3,
      'mappings-counted': 3,
      'references-counted': 3,
      'event-mapped-balanced': 3,
      'charges-match': 4,
      'nothing-left': 4,
    });
    expect(claim.rules).toMatchObject({ spec: 'held', 'pages-owned': 'held' });
  });

  it('asks on no further than it was told, nor than the search was allowed to go', async () => {
    const told = await claimOf(v6_14, MINI, ENDLESS, 3);
    expect(told.askedOnTo).toBe(3);
    expect(lengthsOf(told.rules)).toMatchObject({ 'mappings-counted': 3 });
    expect(told.rules['charges-match']).toBe('held');
    const allowed = await claimOf(v6_14, MINI, { ...ENDLESS, depth: 3 }, 6);
    expect(allowed).toEqual(told);
  });

  it('says why it was cut, and what is not promised', async () => {
    const claim = await claimOf(demand_fault, MINI, { ...ENDLESS, depth: 1 }, 5);
    expect(claim).toMatchObject({ depth: 1, closed: false, cut: 'the depth of 1 operations was reached' });
    expect(claim.sometimes).toEqual({ mapped: null, ...NEVER });
    expect(claim.rules).toMatchObject({ 'mapped-in-advance': 'not promised', spec: 'held' });
  });

  it('is none when it is interrupted', async () => {
    const limits = { ...ENDLESS, signal: AbortSignal.abort() };
    await expect(claimOf(advance, MINI, limits, 5)).rejects.toThrow(/^interrupted$/);
    await expect(comparisonOf(advance, demand_fault, MINI, limits)).rejects.toThrow(/^interrupted$/);
  });
});

describe('a comparison', () => {
  it('lists differences with the point that explains each', async () => {
    const comparison = await comparisonOf(advance, demand_fault, MINI, ENDLESS);
    const token = comparison.differences[0].token;
    expect(comparison).toEqual({
      designs: ['advance', 'demand-fault'],
      bounds: 'mini',
      states: 11,
      left: 0,
      transitions: 49,
      depth: 3,
      closed: true,
      notFollowed: { ...NOT_FOLLOWED, beyond: 6, parted: 2 },
      differences: [
        {
          op: 'mmap',
          outcomes: ['ENOMEM', 'ok'],
          what: 'outcome',
          point: 'tables-made-by-mmap',
          count: 2,
          length: 3,
          token,
        },
      ],
    });
    expect(comparison).not.toHaveProperty('cut');
    expect(decodeToken(token).trace.env).toMatchObject(MINI.env ?? {});
  });

  it('says why it was cut', async () => {
    const { cut, closed, depth } = await comparisonOf(advance, demand_fault, MINI, { ...ENDLESS, depth: 1 });
    expect([cut, closed, depth]).toEqual(['the depth of 1 operations was reached', false, 1]);
  });

  it('is none when one of the two breaks a rule', async () => {
    const reading = { op: 'load', with: { page: [1] } } as const;
    const bounds = { ...MINI, operations: [...MINI.operations, reading] };
    await expect(comparisonOf(advance, v6_14, bounds, ENDLESS)).rejects.toThrow(
      /^v6\.14 breaks failed-mmap-changes-nothing: ma1:/,
    );
    await expect(comparisonOf(planted('mkwrite-page-1'), advance, MINI, ENDLESS)).resolves.toBeDefined();
  });

  it('can show the points on which two designs are on different sides, and no other', () => {
    expect(separatingPoints(advance, advance)).toEqual([]);
    expect(separatingPoints(advance, demand_fault)).toContain('tables-made-by-mmap');
  });
});

describe('a difference', () => {
  const found = {
    op: 'mmap',
    outcomes: ['ENOMEM', 'ok'] as const,
    what: 'outcome',
    either: false,
    points: ['one'],
    count: 7,
    witness: { env: DEFAULT_ENV, ops: new Int32Array(3 * OP_WIDTH) },
    token: 'ma1:x',
  };
  const { either: _either, points: _points, witness: _witness, ...claimed } = found;

  it('is claimed with the one point that explains it', () => {
    expect(claimedDifference(found)).toEqual({ ...claimed, point: 'one', length: 3 });
  });

  it('is claimed without one when it is left to both', () => {
    const claim = claimedDifference({ ...found, either: true, points: [] });
    expect(claim).toEqual({ ...claimed, length: 3 });
    expect(claim).not.toHaveProperty('point');
  });

  it.each([
    [[], 0],
    [['one', 'other'], 2],
  ])('is nothing to claim with the points %j', (points, count) => {
    expect(() => claimedDifference({ ...found, points })).toThrow(
      new Error(`mmap, outcome: explained by ${count} variation points, not by one: ma1:x`),
    );
  });
});

describe('symmetry', () => {
  const open = { op: 'open', with: { fd: [0, 1] } } as const;
  /** The two descriptors may change places. */
  const bounds: Bounds = { ...MINI, operations: [open, { op: 'exit' }] };

  it('is made use of in claims and comparisons', async () => {
    expect(await claimOf(advance, bounds, ENDLESS, 5)).toMatchObject({ renamings: 2, states: 3 });
    expect(await comparisonOf(advance, demand_fault, bounds, ENDLESS)).toMatchObject({
      states: 3,
      differences: [],
    });
  });

  it('is audited by the orbits of what a search without it stores', async () => {
    expect(await auditSymmetry(advance, bounds, ENDLESS)).toEqual({
      design: 'advance',
      bounds: 'mini',
      renamings: 2,
      stored: 3,
      states: 4,
      orbits: 3,
    });
  });

  it('is not audited when a search is cut short', async () => {
    const cut = auditSymmetry(advance, MINI, { ...ENDLESS, depth: 1 });
    await expect(cut).rejects.toThrow(/^the depth of 1 operations was reached$/);
  });
});

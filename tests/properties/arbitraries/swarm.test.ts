import { describe, expect, it } from 'vitest';
import { OP, OP_NAMES, OPERATIONS } from '#model/alphabet/operations';
import { Features } from '#properties/arbitraries/features';
import { MODEL_PROFILE, type Profile } from '#properties/arbitraries/profile';
import { Swarm } from '#properties/arbitraries/swarm';
import { WEIGHTS } from '#properties/arbitraries/weights';
import { Xoroshiro } from '#properties/arbitraries/xoroshiro';
import { share, values } from './drafts.js';

const DRAWS = 2_000;

/** How often each kind is drawn, in each of so many sequences. */
function countsOf(profile: Profile, sequences: number, seed = 3): number[][] {
  const rng = new Xoroshiro();
  const swarm = new Swarm(profile);
  rng.seed(seed, 4);
  return Array.from({ length: sequences }, () => {
    const counts = OP_NAMES.map(() => 0);
    swarm.draw(rng);
    for (let i = 0; i < DRAWS; i++) counts[swarm.kind(rng)]++;
    return counts;
  });
}

const EVEN: Profile = { ...MODEL_PROFILE, even: true };

/** Do the counts of a sequence keep to the usual shares? */
const isUsual = (counts: readonly number[]): boolean => {
  const total = OP_NAMES.reduce((sum, name) => sum + WEIGHTS[name], 0);
  // Beside chance, a slot of the table that is drawn from more or less.
  return OP_NAMES.every((name, kind) => Math.abs(counts[kind] / DRAWS - WEIGHTS[name] / total) < 0.02);
};

describe('Swarm', () => {
  it('draws every kind in its usual share where sequences are even', () => {
    for (const counts of countsOf(EVEN, 20)) {
      expect(isUsual(counts)).toBe(true);
      expect(counts.every((count) => count > 0)).toBe(true);
    }
  });

  it('draws every kind in its usual share in about one sequence of eight', () => {
    const usual = share(countsOf(MODEL_PROFILE, 400), isUsual);
    expect(usual).toBeGreaterThan(0.06);
    expect(usual).toBeLessThan(0.2);
  });

  it('leaves whole groups of kinds out of some sequences, and favours others', () => {
    const all = countsOf(MODEL_PROFILE, 400);
    for (const group of ['event', 'map', 'range', 'access', 'kernel-access', 'process', 'limit'] as const) {
      const kinds = OP_NAMES.flatMap((name, kind) => (OPERATIONS[name].group === group ? [kind] : []));
      const weight = kinds.reduce((sum, kind) => sum + WEIGHTS[OP_NAMES[kind]], 0);
      const shares = all.map((counts) => kinds.reduce((sum, kind) => sum + counts[kind], 0) / DRAWS);
      const usual = weight / OP_NAMES.reduce((sum, name) => sum + WEIGHTS[name], 0);
      expect([group, share(shares, (each) => each === 0) > 0.06]).toEqual([group, true]);
      expect([group, share(shares, (each) => each > 1.8 * usual) > 0.06]).toEqual([group, true]);
    }
  });

  it('leaves single kinds out of many sequences, and favours others of the same group', () => {
    const all = countsOf(MODEL_PROFILE, 400);
    // Of the group, the one that is by far the most frequent in the usual shares.
    const maps = all.filter((counts) => counts[OP.munmap] + counts[OP.mremap] > 0);
    expect(share(maps, (counts) => counts[OP.mmap] === 0)).toBeGreaterThan(0.15);
    expect(share(maps, (counts) => counts[OP.mmap] === 0)).toBeLessThan(0.28);
    expect(share(maps, (counts) => counts[OP.munmap] > 2 * counts[OP.mmap])).toBeGreaterThan(0.2);
    expect(share(maps, (counts) => counts[OP.mremap] > 2 * counts[OP.munmap])).toBeGreaterThan(0.2);
    expect(share(maps, (counts) => counts[OP.munmap] > 2 * counts[OP.mremap])).toBeGreaterThan(0.2);
  });

  it('never draws what the System cannot do', () => {
    const without = ['mmap', 'inject'] as const;
    for (const counts of countsOf({ ...MODEL_PROFILE, without }, 100)) {
      expect(without.map((name) => counts[OP[name]])).toEqual([0, 0]);
    }
  });

  it('draws from all that the System can do where a sequence has left out all of it', () => {
    const rest = ['mmap', 'load'] as const;
    const without = OP_NAMES.filter((name) => name !== rest[0] && name !== rest[1]);
    for (let seed = 0; seed < 50; seed++) {
      const [counts] = countsOf({ ...MODEL_PROFILE, without }, 1, seed);
      expect(counts[OP.mmap] + counts[OP.load]).toBe(DRAWS);
    }
  });

  it('draws what takes long no more often than allowed', () => {
    const rare = { headroom: 16, maps: 64 };
    const all = countsOf({ ...MODEL_PROFILE, rare }, 400).map((counts) => [
      counts[OP.headroom] / DRAWS,
      counts[OP.maps] / DRAWS,
    ]);
    // A slot of the table and chance above the limit, which is of 1024.
    expect(Math.max(...all.map(([headroom]) => headroom))).toBeLessThan(0.03);
    expect(Math.max(...all.map(([, maps]) => maps))).toBeLessThan(0.1);
    expect(Math.max(...all.map(([, maps]) => maps))).toBeGreaterThan(0.04);
    const free = countsOf(MODEL_PROFILE, 400).map((counts) => counts[OP.maps] / DRAWS);
    expect(Math.max(...free)).toBeGreaterThan(0.1);
  });

  it('keeps its features for a sequence, or draws them anew for each operation of an even one', () => {
    for (const [profile, different] of [
      [MODEL_PROFILE, 1],
      [EVEN, 3],
    ] as const) {
      const rng = new Xoroshiro();
      rng.seed(1, 1);
      const swarm = new Swarm(profile);
      swarm.draw(rng);
      const seen = Array.from({ length: 300 }, () => {
        swarm.next(rng);
        return swarm.feature.partial;
      });
      expect(values(seen).length).toBe(different);
    }
  });
});

describe('Features', () => {
  it('are drawn anew for each sequence, and each of them differs among sequences', () => {
    const rng = new Xoroshiro();
    rng.seed(5, 6);
    const features = new Features();
    const all = Array.from({ length: 200 }, () => {
      features.draw(rng);
      return Object.entries(features);
    });
    for (const [i, [name]] of all[0].entries()) {
      const seen: number[] = all.map((entries) => entries[i][1]);
      expect([name, seen.every((of256) => of256 >= 0 && of256 <= 256)]).toEqual([name, true]);
      expect([name, values(seen).length > 1]).toEqual([name, true]);
    }
  });
});

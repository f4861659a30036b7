import { describe, expect, it } from 'vitest';
import { OPEN_AUX, OPEN_FLAGS } from '#model/alphabet/operands';
import { DEFAULT_ENV, type Env } from '#model/alphabet/system';
import { kernelProfile, MODEL_PROFILE } from '#properties/arbitraries/profile';
import { Xoroshiro } from '#properties/arbitraries/xoroshiro';
import { share, values } from './drafts.js';

function environments(): Env[] {
  const rng = new Xoroshiro();
  rng.seed(7, 8);
  return Array.from({ length: 4_000 }, () => MODEL_PROFILE.env(rng));
}

describe('the profile of models', () => {
  it('has limits that are mostly as small as a buffer or two, at times none, at times more than the arena', () => {
    const envs = environments();
    for (const limits of [envs.map(({ gift }) => gift), envs.map(({ rlimit }) => rlimit)]) {
      expect([Math.min(...limits), Math.max(...limits)]).toEqual([0, 64]);
      expect(values(limits).length).toBeGreaterThan(50);
      expect(share(limits, (pages) => pages === 0)).toBeGreaterThan(0.04);
      expect(share(limits, (pages) => pages === 0)).toBeLessThan(0.1);
      expect(share(limits, (pages) => pages >= 1 && pages <= 6)).toBeGreaterThan(0.5);
      expect(share(limits, (pages) => pages > 6 && pages <= 18)).toBeGreaterThan(0.3);
      expect(share(limits, (pages) => pages > 18)).toBeLessThan(0.1);
    }
  });

  it('is mostly as paranoid as a kernel is by default, at times anything else', () => {
    const envs = environments();
    expect(values(envs.map(({ paranoid }) => paranoid))).toEqual([-1, 0, 1, 2]);
    expect(share(envs, ({ paranoid }) => paranoid === DEFAULT_ENV.paranoid)).toBeGreaterThan(0.7);
  });

  it('mostly has what kernels have, and at times lacks it', () => {
    const envs = environments();
    for (const has of ['thp', 'ksm', 'aux'] as const) {
      expect([has, share(envs, (env) => env[has]) > 0.8]).toEqual([has, true]);
      expect([has, share(envs, (env) => !env[has]) > 0.05]).toEqual([has, true]);
    }
    expect(share(envs, ({ pku }) => pku)).toBeGreaterThan(0.15);
    expect(share(envs, ({ pku }) => !pku)).toBeGreaterThan(0.6);
  });

  it('leaves nothing out', () => {
    expect(MODEL_PROFILE).toMatchObject({ without: [], rare: {}, openFlags: OPEN_FLAGS.max });
  });
});

describe('the profile of a kernel', () => {
  it('has its environment, and AUX where that has it', () => {
    for (const aux of [true, false]) {
      const env = { ...DEFAULT_ENV, gift: 3, aux };
      const profile = kernelProfile(env);
      expect(profile.env(new Xoroshiro())).toBe(env);
      expect(profile.openFlags).toBe(aux ? OPEN_FLAGS.max : OPEN_FLAGS.max - OPEN_AUX);
      // In 1024ths: a headroom takes as long as hundreds of the others.
      expect(profile.rare.headroom).toBeLessThan(32);
      expect(profile.without.toSorted()).toEqual(['gift', 'inject']);
    }
  });
});

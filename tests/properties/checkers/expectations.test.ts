import { describe, expect, it } from 'vitest';
import { OBS_WIDTH } from '#model/alphabet/bounds';
import { OBS_VIEW, OK, UNOBSERVED, VIEW_KIND, VIEW_NONE, VIEW_PERF } from '#model/alphabet/observations';
import type { OpName } from '#model/alphabet/operations';
import { DEFAULT_ENV } from '#model/alphabet/system';
import { Spec } from '#model/spec/index';
import { expectationsOf, factsOf } from '#properties/checkers/expectations';
import { splitObservations } from '#properties/checkers/explain';
import { SpecKernel } from '#properties/checkers/spec-kernel';
import { traceOf } from '../../shrinkers/traces.js';
import { FLAVOUR } from './fakes.js';

type Step = readonly [OpName, ...number[]];

const OPEN: Step = ['open', 0, 0, 0, -1];
const MAP: Step = ['mmap', 0, 0, 4, 2, 3, 0, 0];
const MAPS: Step = ['maps', 0];
const ENOMEM = -12;

/** What a specification shows of these, one observation each. */
async function shown(steps: readonly Step[]): Promise<Int32Array[]> {
  const { env, ops } = traceOf(steps);
  const [{ obs, steps: answered }] = await new SpecKernel({ id: 'x', env }, new Spec(FLAVOUR)).run([ops]);
  return splitObservations(ops, obs, answered);
}

const statuses = (expected: ReturnType<typeof expectationsOf>): number[][] =>
  expected.map(({ allowed }) => allowed.map(({ obs }) => obs[0]));

describe('expectationsOf', () => {
  it('has what is allowed at each step, with the rule, when nothing was seen', async () => {
    const steps = [OPEN, MAP, ['munmap', 0, 4, 1], MAPS] as const;
    const expected = expectationsOf(FLAVOUR, traceOf(steps));
    expect(statuses(expected)).toEqual([[OK], [OK], [-22], [OK]]);
    expect(expected[2].allowed[0].rule).toContain('cannot be unmapped in part');
    const seen = await shown(steps);
    expect(expected.map(({ allowed }) => allowed[0].obs)).toEqual(seen);
    expect(expected.map((each) => each.allowed[0].obs.length)).toEqual([2, 2, 2, OBS_WIDTH]);
    expect(expected.every((each) => each.seen === undefined)).toBe(true);
  });

  it('keeps what was seen, as long as there is something', async () => {
    const steps = [OPEN, MAP, MAPS] as const;
    const [open, map] = await shown(steps);
    const expected = expectationsOf(FLAVOUR, traceOf(steps), [open, map]);
    expect(expected.map(({ seen }) => seen)).toEqual([open, map, undefined]);
    expect(statuses(expected)).toEqual([[OK], [OK], [OK]]);
  });

  it('follows what was seen where several answers are allowed', () => {
    const steps = [OPEN, ['inject', 0, 0, 0], MAP, MAPS] as const;
    const follow = (status: number) => {
      const seen = [OK, OK, status].map((each) => Int32Array.of(each, 0));
      const [, , map, maps] = expectationsOf(FLAVOUR, traceOf(steps), seen);
      return {
        answers: map.allowed.map(({ obs }) => obs[0]),
        kind: maps.allowed[0].obs[OBS_VIEW + 4] & VIEW_KIND,
      };
    };
    expect(follow(OK)).toEqual({ answers: [OK, ENOMEM], kind: VIEW_PERF });
    expect(follow(ENOMEM)).toEqual({ answers: [ENOMEM, OK], kind: VIEW_NONE });
  });

  it('goes its own way after what is wrong', () => {
    const wrong = Int32Array.of(-5, 0);
    const [, map, maps] = expectationsOf(FLAVOUR, traceOf([OPEN, MAP, MAPS]), [Int32Array.of(OK, 0), wrong]);
    expect(map.seen).toBe(wrong);
    expect(map.allowed.map(({ obs }) => obs[0])).toEqual([OK]);
    expect(maps.allowed[0].obs[OBS_VIEW + 4] & VIEW_KIND).toBe(VIEW_PERF);
  });

  it('takes that a machine cannot do it for what it is', () => {
    const seen = Int32Array.of(UNOBSERVED, 0);
    const trace = traceOf([['mmap', 0, -1, 4, 2, 3, 0, 0], ['direct_write', 0, 4], MAPS]);
    const [, unobserved, maps] = expectationsOf(FLAVOUR, trace, [Int32Array.of(OK, 0), seen]);
    expect(unobserved).toEqual({ allowed: [{ obs: seen, rule: 'this machine cannot do it' }], seen });
    expect(maps.allowed[0].obs[0]).toBe(OK);
  });

  it('ends where the specification leaves open what follows', () => {
    const many = Array.from({ length: 25 }, (_, page): Step[] => [
      OPEN,
      ['mmap', 0, 0, page, 1, 1, 0, 0],
      ['close', 0, 0],
    ]);
    const trace = traceOf(many.flat(), { ...DEFAULT_ENV, gift: 64 });
    const expected = expectationsOf(FLAVOUR, trace);
    expect(expected.length).toBeGreaterThan(60);
    expect(expected.length).toBeLessThan(75);
    expect(new Set(statuses(expected).flat())).toEqual(new Set([OK]));
  });
});

describe('factsOf', () => {
  const EXECUTE_ONLY: Step = ['mmap', 0, -1, 4, 1, 4, 1, 0];
  const LOAD: Step = ['load', 0, 4, 0];
  const advise = (advice: number): Step => ['madvise', 0, 4, 1, advice];
  const MEMORY: Step = ['mmap', 0, -1, 4, 1, 3, 1, 0];

  it('are those that make a difference to the trace', () => {
    expect(factsOf(FLAVOUR, traceOf([OPEN, MAP, MAPS]))).toEqual([]);
    expect(factsOf(FLAVOUR, traceOf([EXECUTE_ONLY, LOAD]))).toEqual(['pku']);
    expect(factsOf(FLAVOUR, traceOf([MEMORY, advise(9)]))).toEqual(['ksm']);
    expect(factsOf(FLAVOUR, traceOf([MEMORY, advise(11)]))).toEqual(['thp']);
    expect(factsOf(FLAVOUR, traceOf([MEMORY, advise(9), advise(11)]))).toEqual(['thp', 'ksm']);
  });

  it('are the same on a machine that lacks them', () => {
    const lacking = { ...DEFAULT_ENV, pku: true, thp: false, ksm: false };
    expect(factsOf(FLAVOUR, traceOf([EXECUTE_ONLY, LOAD], lacking))).toEqual(['pku']);
    expect(factsOf(FLAVOUR, traceOf([MEMORY, advise(9)], lacking))).toEqual(['ksm']);
  });
});

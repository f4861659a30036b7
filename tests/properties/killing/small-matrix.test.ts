import { afterEach, describe, expect, it, vi } from 'vitest';
import { advance } from '#model/designs/advance';
import type { Design } from '#model/designs/design';
import type { Trial } from '#model/kill-matrix';
import { MUTANTS, type Mutant } from '#model/mutants/index';
import { KILLERS } from '#properties/killing/alone';
import {
  type KillLimits,
  type KillProgress,
  type KillQuestion,
  killMatrix,
} from '#properties/killing/kill-matrix';
import { killersOf } from '#properties/killing/killers';
import { tryOnce } from '#properties/killing/trial';
import { planted } from '../../support/planted-designs.js';

const DRAWN = { seed: 1, length: 10, timeMs: 60_000 };
const LIMITS: KillLimits = { ...DRAWN, seeds: 2, sequences: 4 };
const NOTHING: KillQuestion = { mutants: [], intended: [], interleavings: [], complete: false };

const mutant = (design: Design): Mutant => ({
  ...MUTANTS[0],
  id: design.id,
  base: 'advance',
  needs: 'sequence',
  design,
});
const FOUND = mutant(planted('always-executable'));
const OTHER = mutant(planted('shared-prot'));
const HARMLESS = mutant({ ...advance, id: 'harmless' });
const found = (id: string): Design => ({ ...FOUND.design, id });

/** Time that the processor took is not the same again. */
const untimed = (trials: readonly Trial[]) => trials.map(({ seconds: _, ...trial }) => trial);
const tried = async (design: Design, seed: number, runs = LIMITS.sequences) =>
  await tryOnce(design, { ...DRAWN, seed, runs });

/** Each look at the clock comes so much later than the last one. */
function ticking(ms: number): void {
  let now = 0;
  vi.spyOn(performance, 'now').mockImplementation(() => {
    now += ms;
    return now;
  });
}

afterEach(() => {
  vi.restoreAllMocks();
});

describe('a small kill matrix', () => {
  it('has all that there is to be said of a mutant that is killed', async () => {
    const { mutants, ...rest } = await killMatrix({ ...NOTHING, mutants: [FOUND] }, LIMITS);
    const trials = [await tried(FOUND.design, 1), await tried(FOUND.design, 2)];
    expect(mutants.map(({ trials: _, ...result }) => result)).toEqual([
      {
        id: FOUND.id,
        base: 'advance',
        needs: 'sequence',
        outcome: 'killed',
        killers: await killersOf(FOUND.design, { ...DRAWN, runs: 4, failing: 60 }),
        counterexample: await trials[0].shrink?.(),
        certified: 'not asked',
      },
    ]);
    expect(untimed(mutants[0].trials)).toEqual(untimed(trials.map(({ trial }) => trial)));
    expect(mutants[0].trials.map(({ seed }) => seed)).toEqual([1, 2]);
    expect(rest).toEqual({
      seed: 1,
      seeds: 2,
      sequences: 4,
      intended: [],
      killers: KILLERS,
      vacuous: [],
      needInterleavings: [],
      interrupted: false,
    });
  });

  it('has seeds of 32 bits', async () => {
    const { mutants } = await killMatrix(
      { ...NOTHING, mutants: [HARMLESS] },
      { ...LIMITS, seed: 0xffff_ffff },
    );
    expect(mutants[0].trials.map(({ seed }) => seed)).toEqual([0xffff_ffff, 0]);
  });

  it('has nothing to show of a mutant that survives every trial', async () => {
    const { mutants } = await killMatrix({ ...NOTHING, mutants: [HARMLESS] }, LIMITS);
    const trials = [await tried(HARMLESS.design, 1), await tried(HARMLESS.design, 2)].map(
      ({ trial }) => trial,
    );
    expect(mutants).toStrictEqual([
      {
        id: 'harmless',
        base: 'advance',
        needs: 'sequence',
        outcome: 'survived',
        trials: trials.map((trial) => ({ ...trial, seconds: expect.any(Number) })),
        killers: [],
        certified: 'not asked',
      },
    ]);
  });

  it('shows what one trial found, of a mutant that survives another', async () => {
    const limits = { ...LIMITS, sequences: 1, seeds: 8 };
    const { mutants } = await killMatrix({ ...NOTHING, mutants: [OTHER] }, limits);
    const [{ trials, outcome, counterexample }] = mutants;
    const rules = trials.map(({ rule }) => rule);
    expect(outcome).toBe('survived');
    expect(rules).toContain(undefined);
    const first = rules.findIndex((rule) => rule !== undefined);
    expect(first).toBeGreaterThan(-1);
    const { shrink } = await tried(OTHER.design, 1 + first, 1);
    expect(counterexample).toEqual(await shrink?.());
  });

  it('asks for a certificate of what was shrunk, where there is somebody to ask', async () => {
    const certificate = { proven: false, bounds: 'wide', operations: 1, states: 1, transitions: 1 };
    const asked: unknown[] = [];
    const limits: KillLimits = {
      ...LIMITS,
      certify: async (design, counterexample) => {
        asked.push([design.id, counterexample]);
        return { ...counterexample, certificate };
      },
    };
    const { mutants } = await killMatrix({ ...NOTHING, mutants: [HARMLESS, FOUND] }, limits);
    const shrunk = await (await tried(FOUND.design, 1)).shrink?.();
    expect(asked).toEqual([[FOUND.id, shrunk]]);
    expect(mutants.map(({ certified }) => certified)).toEqual(['not asked', 'not proven']);
    expect(mutants[1].counterexample).toEqual({ ...shrunk, certificate });
  });

  it('searches intended designs ten times as long, and shows what it finds in them', async () => {
    const intended = [advance, found('wrong')];
    const matrix = await killMatrix({ ...NOTHING, intended }, LIMITS);
    const [clean, wrong] = [await tried(advance, 1, 40), await tried(found('wrong'), 1, 40)];
    expect(matrix.intended).toStrictEqual([
      { id: advance.id, sequences: 40, operations: clean.trial.operations },
      {
        id: 'wrong',
        sequences: wrong.trial.sequences,
        operations: wrong.trial.operations,
        counterexample: await wrong.shrink?.(),
      },
    ]);
  });

  it('says when the time was over, which is ten times as long for an intended design', async () => {
    ticking(60);
    const { intended } = await killMatrix({ ...NOTHING, intended: [advance] }, { ...LIMITS, timeMs: 10 });
    expect(intended[0].incomplete).toMatch(/^the time of 0\.1 s was over after \d of 40 sequences$/);
  });

  it('names who kills nothing, when all mutants were searched', async () => {
    const mutants = [FOUND, OTHER];
    const all = await killMatrix({ ...NOTHING, mutants, complete: true }, LIMITS);
    const kills = all.mutants.flatMap(({ killers }) => killers.map(({ id }) => id));
    expect(kills).toContain('entry-is-right-when-set');
    expect(all.vacuous).toEqual(KILLERS.filter((id) => !kills.includes(id)));
    expect((await killMatrix({ ...NOTHING, mutants }, LIMITS)).vacuous).toEqual([]);
  });

  it('lists the defects that need interleavings', async () => {
    const interleavings = [{ id: 'one' }, { id: 'other' }].map((each) => ({ ...MUTANTS[0], ...each }));
    const { needInterleavings } = await killMatrix({ ...NOTHING, interleavings }, LIMITS);
    expect(needInterleavings).toEqual(['one', 'other']);
  });
});

describe('the progress of a kill matrix', () => {
  const QUESTION: KillQuestion = {
    ...NOTHING,
    mutants: [HARMLESS, FOUND],
    intended: [advance],
    complete: true,
  };

  it('is told when a design begins, and while it is searched', async () => {
    const told: KillProgress[] = [];
    ticking(30);
    await killMatrix(
      { ...QUESTION, intended: [advance, { ...advance, id: 'next' }] },
      { ...LIMITS, seeds: 1, onProgress: (progress) => told.push(progress) },
    );
    const beginnings = told.filter(({ sequences }) => sequences === 0);
    expect(beginnings.map(({ id, done, all }) => [id, done, all])).toEqual(
      expect.arrayContaining([
        ['harmless', 0, 4],
        [FOUND.id, 1, 4],
        [advance.id, 2, 4],
        ['next', 3, 4],
      ]),
    );
    expect(told[0]).toEqual({ id: 'harmless', done: 0, all: 4, sequences: 0 });
    expect(told).toContainEqual({ id: 'harmless', done: 0, all: 4, sequences: 3 });
    expect(told).toContainEqual({ id: advance.id, done: 2, all: 4, sequences: 39 });
  });

  /** What a run comes to that is interrupted when this design begins, or before it. */
  async function interruptedAt(id: string | undefined) {
    const interrupt = new AbortController();
    if (id === undefined) interrupt.abort();
    const begun: string[] = [];
    const { mutants, intended, vacuous, interrupted } = await killMatrix(
      { ...QUESTION, intended: [advance, { ...advance, id: 'next' }] },
      {
        ...LIMITS,
        signal: interrupt.signal,
        onProgress: (progress) => {
          if (progress.sequences > 0) return;
          if (begun.at(-1) !== progress.id) begun.push(progress.id);
          if (progress.id === id) interrupt.abort();
        },
      },
    );
    return { begun, mutants: mutants.map((each) => each.id), intended, vacuous, interrupted };
  }

  it('ends at a signal, and what was not searched to its end is not among the mutants', async () => {
    const nothing = { intended: [], vacuous: [], interrupted: true };
    expect(await interruptedAt(undefined)).toEqual({ ...nothing, begun: [], mutants: [] });
    expect(await interruptedAt('harmless')).toEqual({ ...nothing, begun: ['harmless'], mutants: [] });
    expect(await interruptedAt(FOUND.id)).toEqual({
      ...nothing,
      begun: ['harmless', FOUND.id],
      mutants: ['harmless'],
    });
  });

  it('has an intended design that was interrupted say so', async () => {
    expect(await interruptedAt(advance.id)).toEqual({
      begun: ['harmless', FOUND.id, advance.id],
      mutants: ['harmless', FOUND.id],
      intended: [
        { id: advance.id, sequences: 0, operations: 0, incomplete: 'interrupted after 0 sequences' },
      ],
      vacuous: [],
      interrupted: true,
    });
  });
});

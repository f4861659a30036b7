import { beforeAll, describe, expect, it } from 'vitest';
import { advance } from '#model/designs/advance';
import { demand_fault } from '#model/designs/demand-fault';
import { failuresOf, INTENDED_FACTOR, type KillMatrix } from '#model/kill-matrix';
import { INTERLEAVINGS, MUTANTS, type Mutant } from '#model/mutants/index';
import { INVARIANTS } from '#properties/invariants/index';
import type { Certify } from '#properties/killing/certification';
import { type KillLimits, type KillProgress, killMatrix } from '#properties/killing/kill-matrix';

const INTENDED = [advance, demand_fault];
const LIMITS: KillLimits = { seed: 1, seeds: 1, sequences: 50_000, length: 30, timeMs: 60_000 };
const SMALL: KillLimits = { ...LIMITS, sequences: 200 };

const named = (...ids: string[]): Mutant[] => MUTANTS.filter(({ id }) => ids.includes(id));
const question = (mutants: readonly Mutant[], complete = false) => ({
  mutants,
  intended: [],
  interleavings: [],
  complete,
});
/** A mutant that has no defect. */
const HARMLESS: Mutant = { ...MUTANTS[0], id: 'harmless', design: { ...advance, id: 'harmless' } };

describe('the kill matrix of all mutants', () => {
  let matrix: KillMatrix;
  beforeAll(async () => {
    matrix = await killMatrix(
      { mutants: MUTANTS, intended: [], interleavings: INTERLEAVINGS, complete: true },
      LIMITS,
    );
  }, 600_000);

  it.each(MUTANTS)('$id is killed', ({ id }) => {
    const result = matrix.mutants.find((each) => each.id === id);
    expect(result?.outcome).toBe('killed');
    expect(result?.trials.map(({ rule }) => rule)).not.toContain(undefined);
    // What failed first when all were asked fails when it is asked alone.
    expect(result?.killers.map((each) => each.id)).toContain(result?.trials[0].rule);
    expect(result?.counterexample?.observations.length).toBeGreaterThan(0);
    expect(result?.certified).toBe('not asked');
  });

  it('names the invariants that kill nothing, and what it did not run', () => {
    const kills = new Set(matrix.mutants.flatMap(({ killers }) => killers.map(({ id }) => id)));
    expect(matrix.vacuous).toEqual(matrix.killers.filter((id) => !kills.has(id)));
    expect(matrix.killers).toEqual([...INVARIANTS.map(({ id }) => id), 'spec']);
    expect(matrix.needInterleavings).toEqual(INTERLEAVINGS.map(({ id }) => id));
    expect(failuresOf(matrix)).toEqual([]);
  });
});

describe('a kill matrix', () => {
  it('searches the intended designs longer, and finds nothing in them', async () => {
    const { intended } = await killMatrix({ ...question([]), intended: INTENDED }, SMALL);
    expect(intended.map(({ id, sequences }) => [id, sequences])).toEqual(
      INTENDED.map(({ id }) => [id, INTENDED_FACTOR * SMALL.sequences]),
    );
    expect(intended.every(({ counterexample }) => counterexample === undefined)).toBe(true);
  });

  it('fails when a mutant survives', async () => {
    const matrix = await killMatrix(question([HARMLESS, ...named('shared-prot')]), SMALL);
    expect(matrix.mutants.map(({ outcome }) => outcome)).toEqual(['survived', 'killed']);
    expect(matrix.mutants[0]).toMatchObject({ killers: [], certified: 'not asked' });
    expect(failuresOf(matrix)).toEqual(['harmless']);
  });

  it('fails when a mutant survives one of its trials', async () => {
    const { mutants } = await killMatrix(question(named('mapfail-deadlock')), {
      ...LIMITS,
      seeds: 8,
      sequences: 25,
    });
    const found = mutants[0].trials.filter(({ rule }) => rule !== undefined).length;
    expect(found).toBeGreaterThan(0);
    expect(found).toBeLessThan(8);
    expect(mutants[0].outcome).toBe('survived');
  });

  it('fails when something is found in a design that should have nothing', async () => {
    const matrix = await killMatrix({ ...question([]), intended: [named('no-zap')[0].design] }, LIMITS);
    expect(failuresOf(matrix)).toEqual(['no-zap']);
  });

  it('says that an intended design was not searched to the end', async () => {
    const { intended } = await killMatrix(
      { ...question([]), intended: [advance] },
      { ...LIMITS, timeMs: 10 },
    );
    expect(intended[0].incomplete).toContain('the time of 0.1 s was over');
  });

  it('calls nobody vacuous when mutants were left out', async () => {
    expect((await killMatrix(question(named('shared-prot')), SMALL)).vacuous).toEqual([]);
    expect((await killMatrix(question(named('shared-prot'), true), SMALL)).vacuous).toContain(
      'locks-released',
    );
  });

  it('is the same for the same seed', async () => {
    const run = async () => {
      const { mutants } = await killMatrix(question(named('no-zap', 'vma-split')), { ...LIMITS, seeds: 3 });
      return mutants.map(({ trials, ...rest }) => ({
        ...rest,
        trials: trials.map(({ seconds: _, ...trial }) => trial),
      }));
    };
    expect(await run()).toEqual(await run());
  });

  it('says how far it is, and keeps what it has when it is interrupted', async () => {
    const interrupt = new AbortController();
    const told: KillProgress[] = [];
    const matrix = await killMatrix(
      { ...question(named('shared-prot', 'no-pfn-mkwrite', 'no-zap'), true), intended: INTENDED },
      {
        ...LIMITS,
        signal: interrupt.signal,
        onProgress(progress) {
          told.push(progress);
          if (progress.done === 2) interrupt.abort();
        },
      },
    );
    expect(told[0]).toEqual({ id: 'shared-prot', done: 0, all: 5, sequences: 0 });
    expect(matrix.interrupted).toBe(true);
    expect(matrix.mutants.map(({ id }) => id)).toHaveLength(2);
    expect(matrix).toMatchObject({ intended: [], vacuous: [] });
  });

  it('asks whether what was shrunk is shortest, if there is somebody to ask', async () => {
    const certificate = { proven: true, bounds: 'wide', operations: 1, states: 1, transitions: 1 };
    const certify: Certify = async (_, found) => ({ ...found, certificate });
    const { mutants } = await killMatrix(question(named('shared-prot')), { ...SMALL, certify });
    expect(mutants[0].certified).toBe('certified');
  });
});

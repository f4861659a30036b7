// What a mutant does wrong, as a sequence that its base gets right.
import { expect, it } from 'vitest';
import { ARENA_PAGES, OP_WIDTH } from '#model/alphabet/bounds';
import { DEFAULT_ENV, type Env } from '#model/alphabet/system';
import type { Trace } from '#model/alphabet/trace';
import { advance } from '#model/designs/advance';
import { demand_fault } from '#model/designs/demand-fault';
import type { Design } from '#model/designs/design';
import type { World } from '#model/kernel/world';
import { PTE_WRITE } from '#model/mm/flags';
import { INTERLEAVINGS, MUTANTS, type Mutant } from '#model/mutants/index';
import { replayOnDesign } from '#properties/checkers/replay';
import { pack, Session } from '../../support/script.js';

const BASES: readonly Design[] = [advance, demand_fault];

/** A mutant by its id, with the design that has all but the defect. @throws Error when there is none */
export function mutantOf(id: string): { readonly mutant: Mutant; readonly base: Design } {
  const mutant = [...MUTANTS, ...INTERLEAVINGS].find((each) => each.id === id);
  const base = BASES.find((each) => each.id === mutant?.base);
  if (mutant === undefined || base === undefined) throw new Error(`no mutant ${id}, or none with a base`);
  return { mutant, base };
}

const linesOf = (script: string): string[] =>
  script
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');

/** A script, one operation a line as in tests/support/script.ts, without expectations, as a trace. */
function traceOf(script: string, env: Partial<Env> = {}): Trace {
  const lines = linesOf(script);
  const ops = new Int32Array(lines.length * OP_WIDTH);
  lines.forEach((line, i) => {
    ops.set(pack(line), i * OP_WIDTH);
  });
  return { env: { ...DEFAULT_ENV, ...env }, ops };
}

const passes = (design: Design, trace: Trace): void => {
  const { outcome, counterexample } = replayOnDesign(design, trace);
  expect(counterexample?.failure.detail).toBeUndefined();
  expect(outcome).toBe('passed');
};

/** Fails at the last operation of the script, by this rule, which says this; its base does the same without a fault. */
export function itShows(
  id: string,
  script: string,
  rule: string,
  says: string,
  env: Partial<Env> = {},
): void {
  it(`${id}: ${rule}, ${says}`, () => {
    const { mutant, base } = mutantOf(id);
    const trace = traceOf(script, env);
    const failure = replayOnDesign(mutant.design, trace).counterexample?.failure;
    const last = linesOf(script).length - 1;
    expect([failure?.rule, failure?.detail, failure?.step]).toEqual([rule, says, last]);
    passes(base, trace);
    // What it needs to show is what it is listed to need.
    expect(/^\s*inject/m.test(script)).toBe(mutant.needs === 'injection');
  });
}

/** Does the same as its base, and nothing is wrong with it: the defect is elsewhere. */
export function itKeeps(id: string, what: string, script: string, env: Partial<Env> = {}): void {
  it(`${id} is right about ${what}`, () => {
    const { mutant, base } = mutantOf(id);
    const trace = traceOf(script, env);
    passes(mutant.design, trace);
    expect(replayOnDesign(mutant.design, trace).observed).toEqual(replayOnDesign(base, trace).observed);
  });
}

/** A mutant after a script, in which an arrow may tell what is not ok. */
export const doneBy = (id: string, script: string, env: Partial<Env> = {}): Session =>
  new Session(mutantOf(id).mutant.design, env).run(script);

/** Page table entries of process 0: at which page of the arena, of which page of memory, and which may be stored to. */
export function entriesOf({ pte }: World): string[] {
  return [...pte.pfn.slice(0, ARENA_PAGES).keys()]
    .filter((at) => pte.pfn[at] !== 0)
    .map((at) => `${at}: ${pte.pfn[at] - 1}${(pte.flags[at] & PTE_WRITE) === 0 ? '' : ' writable'}`);
}

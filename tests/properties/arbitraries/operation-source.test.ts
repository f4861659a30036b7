import { describe, expect, it } from 'vitest';
import { OBS_WIDTH, OP_WIDTH, PROCS } from '#model/alphabet/bounds';
import { OK, SKIP } from '#model/alphabet/observations';
import { OPEN_AUX, WORD_AUX_OFFSET, WORD_AUX_SIZE } from '#model/alphabet/operands';
import { OP, OP_NAMES, type OpName } from '#model/alphabet/operations';
import { DEFAULT_ENV } from '#model/alphabet/system';
import { Spec } from '#model/spec/index';
import { checkOperation } from '#model/trace/layout';
import { OperationSource } from '#properties/arbitraries/operation-source';
import { MODEL_PROFILE, type Profile } from '#properties/arbitraries/profile';
import { type Drawn, named, share } from './drafts.js';
import { drawSequences, FLAVOUR, namesUnmapped, type Step } from './sequences.js';

/** The sequences of these seeds, one after the other from one source. */
function textsOf(seeds: readonly number[]): string[] {
  const spec = new Spec(FLAVOUR);
  const source = new OperationSource(MODEL_PROFILE, spec.view);
  const obs = new Int32Array(OBS_WIDTH);
  return seeds.map((seed) => {
    const env = source.begin(seed, 1);
    const ops = new Int32Array(40 * OP_WIDTH);
    spec.reset(env);
    for (let at = 0; at < ops.length && source.next(ops, at); at += OP_WIDTH) spec.step(ops, at, obs);
    return `${JSON.stringify(env)} ${ops.join()}`;
  });
}

/** Of the operations that are drawn where `where` holds, the share for which it `is` so. */
function shareWhere(
  where: (step: Step, before: Drawn | undefined) => boolean,
  is: (now: Drawn) => boolean,
): number {
  const found: Drawn[] = [];
  let before: Drawn | undefined;
  let sequence = -1;
  drawSequences(400, 60, (step) => {
    if (step.sequence !== sequence) before = undefined;
    sequence = step.sequence;
    const now = named(step.ops);
    if (where(step, before)) found.push(now);
    before = now;
  });
  expect(found.length).toBeGreaterThan(100);
  return share(found, is);
}

/** A profile for nothing but these, and what belongs to them. */
const only = (...names: readonly OpName[]): Profile => ({
  ...MODEL_PROFILE,
  without: OP_NAMES.filter((name) => !names.includes(name)),
});

const anyFd = ({ ops, spec }: Step): boolean => [0, 1, 2, 3].some((fd) => spec.view.fdOpen(ops[1], fd));
const anyBuffer = ({ ops, spec }: Step): boolean =>
  Array.from({ length: 32 }, (_, page) => page).some((page) => spec.view.pageKind(ops[1], page) === 2);

describe('OperationSource', () => {
  it('draws the same sequence for the same seed, whatever it drew before', () => {
    const seeds = Array.from({ length: 60 }, (_, i) => i);
    const each = seeds.map((seed) => textsOf([seed])[0]);
    expect(textsOf(seeds)).toEqual(each);
    expect(textsOf(seeds.toReversed())).toEqual(each.toReversed());
    expect(new Set(each).size).toBe(each.length);
  });

  it('draws operations of the alphabet with operands in their domains only', () => {
    drawSequences(300, 60, ({ ops }) => checkOperation(ops, 0));
  });

  it('names things that exist in more than nine of ten operations, and says exactly how many', () => {
    let operations = 0;
    let missing = 0;
    let unmapped = 0;
    let counted = 0;
    let names = false;
    drawSequences(
      400,
      60,
      (step) => {
        operations++;
        names = namesUnmapped(step);
        counted = step.source.unmapped;
      },
      (_, obs) => {
        if (names && obs[0] !== SKIP) unmapped++;
        if (names || obs[0] === SKIP) missing++;
      },
    );
    expect(operations).toBeGreaterThan(20_000);
    expect(missing / operations).toBeLessThan(0.05);
    expect(missing / operations).toBeGreaterThan(0.005);
    expect(counted).toBe(unmapped);
  });

  it('ends a sequence when no process lives', () => {
    let steps = 0;
    let dead = 0;
    drawSequences(400, 200, ({ spec }) => {
      steps++;
      if (![0, 1, 2].some((proc) => spec.view.alive(proc))) dead++;
    });
    expect(dead).toBe(0);
    expect(steps).toBeLessThan(400 * 200);
  });

  it('mostly begins with what an empty state lacks, but not always', () => {
    const opens = shareWhere(
      (step) => !anyFd(step),
      ({ kind }) => kind === OP.open,
    );
    expect(opens).toBeGreaterThan(0.35);
    expect(opens).toBeLessThan(0.7);
    const lacksBuffer = (step: Step): boolean => anyFd(step) && !anyBuffer(step);
    const maps = shareWhere(lacksBuffer, ({ kind }) => kind === OP.mmap);
    expect(maps).toBeGreaterThan(0.45);
    expect(maps).toBeLessThan(0.8);
    const isBuilt = (step: Step): boolean => anyFd(step) && anyBuffer(step);
    expect(shareWhere(isBuilt, ({ kind }) => kind === OP.open)).toBeLessThan(0.1);
    expect(shareWhere(isBuilt, ({ kind }) => kind === OP.mmap)).toBeLessThan(0.25);
  });

  it('often maps after an injected failure, which an allocation then meets', () => {
    const maps = ({ kind }: Drawn): boolean => kind === OP.mmap;
    const injected = (step: Step, before: Drawn | undefined): boolean =>
      anyFd(step) && anyBuffer(step) && before?.kind === OP.inject;
    expect(shareWhere(injected, maps)).toBeGreaterThan(0.3);
  });

  it('mostly goes on with an AUX area that it has begun', () => {
    const begun = (step: Step, before: Drawn | undefined): boolean =>
      before?.kind === OP.store && before.word === WORD_AUX_OFFSET && step.spec.view.alive(before.proc);
    const goesOn = ({ kind, word }: Drawn): boolean => kind === OP.store && word === WORD_AUX_SIZE;
    expect(shareWhere(begun, goesOn)).toBeGreaterThan(0.4);
    const sized = (_: Step, before: Drawn | undefined): boolean =>
      before?.kind === OP.store && before.word === WORD_AUX_SIZE;
    expect(shareWhere(sized, ({ kind, pgoff }) => kind === OP.mmap && pgoff > 0)).toBeGreaterThan(0.4);
  });

  it('does other things, too, while an AUX area is begun', () => {
    const begun = (_: Step, before: Drawn | undefined): boolean =>
      before?.kind === OP.store && before.word === WORD_AUX_OFFSET;
    const goesOn = ({ kind, word }: Drawn): boolean => kind === OP.store && word === WORD_AUX_SIZE;
    expect(shareWhere(begun, goesOn)).toBeLessThan(0.9);
  });

  it('gets AUX areas', () => {
    let areas = 0;
    drawSequences(
      300,
      60,
      () => {},
      ({ ops }, obs) => {
        const { kind, fd, pgoff } = named(ops);
        if (kind === OP.mmap && fd >= 0 && pgoff > 0 && obs[0] === OK) areas++;
      },
    );
    expect(areas).toBeGreaterThan(30);
  });

  it('lets processes that live do it, but for a few', () => {
    let dead = 0;
    let operations = 0;
    drawSequences(400, 60, ({ ops, spec }) => {
      operations++;
      if (!spec.view.alive(ops[1])) dead++;
    });
    expect(dead / operations).toBeLessThan(0.02);
    expect(dead).toBeGreaterThan(0);
  });

  it('stays with one process in some sequences, and changes among them in others', () => {
    const same = Array.from({ length: 400 }, () => [] as boolean[]);
    let last = 0;
    drawSequences(400, 100, ({ ops, spec, sequence }) => {
      if ([0, 1, 2].every((proc) => spec.view.alive(proc))) same[sequence].push(ops[1] === last);
      last = ops[1];
    });
    const shares = same.filter((each) => each.length >= 50).map((each) => share(each, (is) => is));
    expect(shares.length).toBeGreaterThan(40);
    expect(share(shares, (each) => each > 0.8)).toBeGreaterThan(0.15);
    expect(share(shares, (each) => each < 0.5)).toBeGreaterThan(0.15);
    expect(share(shares, (each) => each === 1)).toBeLessThan(0.05);
    for (let proc = 0; proc < PROCS; proc++)
      expect(
        shareWhere(
          () => true,
          (now) => now.proc === proc,
        ),
      ).toBeGreaterThan(0.05);
  });

  it('does not go on with an AUX area of a process that is gone', () => {
    let plans = 0;
    let gone = 0;
    // Nothing else stores, so each store is of a plan.
    drawSequences(
      300,
      60,
      ({ ops, spec }) => {
        if (ops[0] !== OP.store) return;
        plans++;
        if (!spec.view.alive(ops[1])) gone++;
      },
      undefined,
      only('open', 'mmap', 'fork', 'exit'),
    );
    expect(plans).toBeGreaterThan(1_000);
    expect(gone).toBe(0);
  });

  it('draws any operation where the state has nothing for what there is to choose from', () => {
    const spec = new Spec(FLAVOUR);
    const source = new OperationSource(only('exit'), spec.view);
    const ops = new Int32Array(OP_WIDTH);
    const obs = new Int32Array(OBS_WIDTH);
    let exits = 0;
    for (let seed = 0; seed < 30; seed++) {
      spec.reset(source.begin(seed, 2));
      for (let i = 0; i < 30 && source.next(ops.fill(-1), 0); i++) {
        checkOperation(ops, 0);
        // The last process does not exit by choice.
        if (ops[0] === OP.exit) exits++;
        spec.step(ops, 0, obs);
      }
    }
    expect(exits).toBeGreaterThan(30);
  });

  it('asks for events with AUX in environments that have them, and hardly in others', () => {
    const opens = { true: [] as Drawn[], false: [] as Drawn[] };
    const spec = new Spec(FLAVOUR);
    for (const aux of [true, false]) {
      const source = new OperationSource(
        { ...MODEL_PROFILE, env: () => ({ ...DEFAULT_ENV, aux }) },
        spec.view,
      );
      const ops = new Int32Array(OP_WIDTH);
      const obs = new Int32Array(OBS_WIDTH);
      for (let seed = 0; seed < 300; seed++) {
        spec.reset(source.begin(seed, 2));
        for (let i = 0; i < 30 && source.next(ops, 0); i++) {
          if (ops[0] === OP.open) opens[`${aux}`].push(named(ops));
          spec.step(ops, 0, obs);
        }
      }
    }
    const hasAux = ({ flags }: Drawn): boolean => (flags & OPEN_AUX) !== 0;
    expect(share(opens.true, hasAux)).toBeGreaterThan(0.3);
    expect(share(opens.true, (each) => !hasAux(each))).toBeGreaterThan(0.3);
    expect(share(opens.false, hasAux)).toBeLessThan(0.03);
    // What is left are other flags.
    expect(share(opens.false, ({ flags }) => flags !== 0)).toBeGreaterThan(0.1);
  });
});

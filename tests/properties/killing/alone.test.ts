import { describe, expect, it } from 'vitest';
import { OBS_WIDTH, OP_WIDTH } from '#model/alphabet/bounds';
import { BOUND, HANG, OK, VIEW_PERF } from '#model/alphabet/observations';
import type { OpName } from '#model/alphabet/operations';
import { ACCEPTED } from '#model/alphabet/specification';
import { type Trace, traceLength } from '#model/alphabet/trace';
import { advance } from '#model/designs/advance';
import type { Design } from '#model/designs/design';
import { ModelSystem } from '#model/model-system';
import { Spec } from '#model/spec/index';
import { flavourOfDesign } from '#properties/checkers/flavour-of-design';
import type { StateChecker, Subject } from '#properties/checkers/subject';
import { INVARIANTS } from '#properties/invariants/index';
import { eachAlone, KILLERS } from '#properties/killing/alone';
import { traceOf } from '../../shrinkers/traces.js';
import { planted } from '../../support/planted-designs.js';

type Step = readonly [OpName, ...number[]];
const OPEN: Step = ['open', 0, 0, 0, -1];
const [MUNMAP, EXIT]: readonly Step[] = [
  ['munmap', 0, 0, 2],
  ['exit', 0],
];
const READ_ONLY = traceOf([
  OPEN,
  ['mmap', 0, 0, 0, 2, 1, 0, 0],
  ['load', 0, 0, 0],
  ['load', 0, 1, 0],
  MUNMAP,
  EXIT,
]);
const WRITABLE = traceOf([
  OPEN,
  ['mmap', 0, 0, 0, 2, 3, 0, 0],
  ['store', 0, 0, 0, 16],
  ['store', 0, 1, 0, 17],
  MUNMAP,
  EXIT,
]);
/** Buffers have a power of two of data pages: it is refused. */
const REFUSED = traceOf([OPEN, ['mmap', 0, 0, 0, 4, 1, 0, 0], EXIT]);

/** A judge that is driven by hand: who objected so far, and at which operation of its sequence. */
class Driven {
  readonly objected: string[] = [];
  readonly obs = new Int32Array(OBS_WIDTH);
  readonly subject: Subject;
  #step = 0;

  constructor(design: Design) {
    this.subject = eachAlone(design, (id) => this.objected.push(`${this.#step}: ${id}`));
  }

  get invariants(): StateChecker {
    const { invariants } = this.subject;
    if (invariants === undefined) throw new Error('the invariants are missing');
    return invariants;
  }

  begin({ env }: Trace): void {
    this.subject.system.reset(env);
    this.invariants.start();
  }

  /** Do an operation, and ask the invariants nothing. */
  step({ ops }: Trace, step: number): void {
    this.#step = step;
    this.invariants.before(ops, step * OP_WIDTH);
    this.subject.system.step(ops, step * OP_WIDTH, this.obs);
  }

  /** Do a whole sequence, as far as it goes. @returns all answers of the invariants, that at the end included */
  run(trace: Trace): number[] {
    const answers: number[] = [];
    this.begin(trace);
    for (let step = 0; step < traceLength(trace.ops); step++) {
      this.step(trace, step);
      if (this.obs[0] === HANG) return answers;
      answers.push(this.invariants.check(trace.ops, step * OP_WIDTH, this.obs));
    }
    answers.push(this.invariants.atEnd());
    return answers;
  }
}

describe('who is asked', () => {
  it('is every invariant in its order, then the specification', () => {
    expect(KILLERS).toEqual([...INVARIANTS.map(({ id }) => id), 'spec']);
  });
});

describe('the invariants, each asked alone', () => {
  it('are about the design, under its name and with its flavour', () => {
    const { id, system, flavour } = eachAlone(advance, () => {});
    expect([id, system.id, flavour]).toEqual([
      advance.id,
      new ModelSystem(advance).id,
      flavourOfDesign(advance),
    ]);
  });

  it('find nothing where nothing is', () => {
    const driven = new Driven(advance);
    expect(driven.run(REFUSED)).toEqual([0, 0, 0, 0]);
    expect(driven.run(WRITABLE)).toEqual([0, 0, 0, 0, 0, 0, 0]);
    expect(driven.objected).toEqual([]);
  });

  it.each([
    ['always-executable', ['1: entry-is-right-when-set', '1: entries-permit-no-more']],
    ['mapping-cleared', ['4: page-fields-untouched']],
    [
      'one-page-too-many',
      [
        '1: entry-is-right-when-set',
        '1: entries-map-their-page',
        '1: entries-permit-no-more',
        '4: no-page-freed-while-mapped',
      ],
    ],
    ['close-leaks-rb', ['4: references-counted', '4: charges-match', '5: nothing-left']],
  ])('object to %s, each where it sees it, and none ends the sequence', (id, objected) => {
    const driven = new Driven(planted(id));
    expect(driven.run(READ_ONLY)).toEqual([0, 0, 0, 0, 0, 0, 0]);
    expect(driven.objected).toEqual(objected);
    // Who has objected is asked no more.
    driven.run(READ_ONLY);
    expect(driven.objected).toEqual(objected);
  });

  it('have who objects second in a later sequence', () => {
    const driven = new Driven(planted('mmap-prepare-insert'));
    driven.run(READ_ONLY);
    expect(driven.objected).toEqual(['1: mapped-in-advance']);
    driven.run(WRITABLE);
    expect(driven.objected.slice(1)).toEqual(['3: entry-is-right-when-set', '3: control-page-only-writable']);
  });

  it('forget what they saw in a sequence that broke off', () => {
    const driven = new Driven(planted('shared-prot'));
    driven.begin(WRITABLE);
    driven.step(WRITABLE, 0);
    driven.step(WRITABLE, 1);
    driven.run(READ_ONLY);
    expect(driven.objected).toEqual([]);
    driven.run(WRITABLE);
    expect(driven.objected).toEqual(['1: entry-is-right-when-set', '1: control-page-only-writable']);
  });

  it('are told of an operation that never returns, and not asked in the middle of it', () => {
    const driven = new Driven(planted('mkwrite-retries'));
    expect(driven.run(WRITABLE)).toEqual([0, 0]);
    expect(driven.obs[0]).toBe(HANG);
    expect(driven.objected).toEqual(['2: operations-return']);
  });

  it('have nothing to describe, since none ever ends a sequence', () => {
    expect(() => new Driven(advance).invariants.describe()).toThrow(
      'nobody objects when each is asked alone',
    );
  });
});

describe('the specification, asked alone', () => {
  const flavour = flavourOfDesign(advance);
  const { ops } = WRITABLE;

  it('says what it rejects, and goes its own way', () => {
    const objected: string[] = [];
    const spec = eachAlone(advance, (id) => objected.push(id)).specification(flavour);
    spec.reset(WRITABLE.env);
    expect(spec.accept(ops, 0, Int32Array.of(OK, 0))).toBe(ACCEPTED);
    expect(objected).toEqual([]);
    expect(spec.accept(ops, OP_WIDTH, Int32Array.of(-99, 0))).toBe(ACCEPTED);
    expect(objected).toEqual(['spec']);
    // It rejected the mapping's failure, and knows of a mapping all the same.
    expect(spec.accept(ops, OP_WIDTH, Int32Array.of(-99, 0))).toBe(ACCEPTED);
    expect(objected).toEqual(['spec', 'spec']);
  });

  it('is the specification of that flavour in all else', () => {
    const alone = eachAlone(advance, () => {}).specification(flavour);
    const plain = new Spec(flavour);
    expect([alone.id, alone.flavour]).toEqual([plain.id, plain.flavour]);
    const refused = Int32Array.of(-99, 0);
    for (const spec of [alone, plain]) {
      spec.reset(WRITABLE.env);
      const obs = new Int32Array(OBS_WIDTH);
      spec.step(ops, 0, obs);
      expect([...obs.subarray(0, 2)]).toEqual([OK, 0]);
      spec.step(ops, OP_WIDTH, obs);
      spec.accept(ops, 2 * OP_WIDTH, refused);
    }
    expect(alone.allowed()).toEqual(plain.allowed());
    expect(plain.allowed()).not.toEqual([]);
    expect(alone.consulted()).toBe(plain.consulted());
    expect([alone.view.alive(0), alone.view.alive(1)]).toEqual([true, false]);
    expect(alone.view.pageKind(0, 0)).toBe(VIEW_PERF);
  });

  it('hands on where it has no verdict', () => {
    const objected: string[] = [];
    const alone = eachAlone(advance, (id) => objected.push(id)).specification(flavour);
    alone.reset(WRITABLE.env);
    expect(alone.accept(ops, 0, Int32Array.of(BOUND, 0))).not.toBe(ACCEPTED);
    expect(objected).toEqual([]);
  });
});

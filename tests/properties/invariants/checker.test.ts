import { describe, expect, it } from 'vitest';
import { OBS_WIDTH, OP_WIDTH } from '#model/alphabet/bounds';
import { OK, SKIP } from '#model/alphabet/observations';
import { OP_NAMES } from '#model/alphabet/operations';
import { DEFAULT_ENV } from '#model/alphabet/system';
import { advance } from '#model/designs/advance';
import { demand_fault } from '#model/designs/demand-fault';
import type { Design } from '#model/designs/design';
import { ModelSystem } from '#model/model-system';
import { ALWAYS_ASKED, InvariantChecker, touched } from '#properties/invariants/checker';
import { INVARIANTS, STEP_INVARIANTS } from '#properties/invariants/index';
import { pack, type Step } from '../../model/linux/story.js';
import { ask } from '../../support/ask.js';
import { LIFE, MAP, NO_PAGE_TABLE, OPEN, UNMAP } from '../../support/lives.js';
import { planted } from '../../support/planted-designs.js';

const PLACES = [
  'entry-is-right-when-set',
  'no-page-freed-while-mapped',
  'control-page-only-writable',
  'entries-map-their-page',
  'entries-permit-no-more',
  'mapped-in-advance',
  'control-store-succeeds',
];
const OBSERVED = ['operations-return', 'control-store-succeeds'];
/** They change what is counted, though no VMA and no entry. */
const ALWAYS = ['open', 'close', 'dup', 'set_output', 'fork', 'exit', 'exec'];

/** A design under a checker, driven as a check drives it. */
class Checked {
  readonly #system: ModelSystem;
  readonly checker: InvariantChecker;
  readonly obs = new Int32Array(OBS_WIDTH);

  constructor(design: Design) {
    this.#system = new ModelSystem(design);
    this.checker = new InvariantChecker(this.#system.world);
    this.begin();
  }

  begin(): void {
    this.#system.reset(DEFAULT_ENV);
    this.checker.start();
  }

  /** The answer of the checker after each operation. */
  do(steps: readonly Step[]): number[] {
    const ops = pack(steps);
    return steps.map((_, step) => {
      this.checker.before(ops, step * OP_WIDTH);
      this.#system.step(ops, step * OP_WIDTH, this.obs);
      return this.checker.check(ops, step * OP_WIDTH, this.obs);
    });
  }

  /** Times that this invariant had something to look at. */
  looked(id: string): number {
    return this.checker.applied[INVARIANTS.findIndex((invariant) => invariant.id === id)];
  }
}

const numberOf = (id: string): number => 1 + INVARIANTS.findIndex((invariant) => invariant.id === id);

describe('InvariantChecker', () => {
  it('finds nothing wrong with a life in which everything happens', () => {
    const run = new Checked(advance);
    expect(new Set(run.do(LIFE))).toEqual(new Set([0]));
    expect(run.checker.atEnd()).toBe(0);
    for (const { id } of INVARIANTS) expect([id, run.looked(id) > 0]).toEqual([id, true]);
  });

  it('says what was wrong inside an operation, though it is right again when the operation returns', () => {
    const noZap = planted('no-zap');
    const steps = [OPEN, NO_PAGE_TABLE, MAP];
    for (const invariant of STEP_INVARIANTS) expect(ask(invariant, noZap, { steps }).broken).toBeUndefined();

    const run = new Checked(noZap);
    expect(run.do(steps)).toEqual([0, 0, numberOf('no-page-freed-while-mapped')]);
    expect(run.checker.describe()).toEqual({
      rule: 'no-page-freed-while-mapped',
      text: 'No page goes back to the allocator while a page table entry maps it.',
      detail: 'process 0, page 0 still maps page 0 when it is freed',
      proc: 0,
      page: 0,
    });
  });

  it('reports the first thing that went wrong, not its consequences', () => {
    // The entry is wrong when it is set, and after.
    const moment = new Checked(planted('mkwrite-page-1'));
    expect(moment.do([OPEN, MAP, ['store', 0, { page: 1, value: 20 }]]).at(-1)).toBe(
      numberOf('entry-is-right-when-set'),
    );
    // A buffer that is leaked is a charge that is kept, too.
    const leaked = new Checked(planted('close-detaches-nobody-else'));
    leaked.do([OPEN, MAP, ['open', 0, { fd: 1 }], ['set_output', 0, { fd: 1, target: 0 }], UNMAP]);
    expect(leaked.checker.describe().rule).toBe('references-counted');
  });

  it('keeps its answer until the next sequence', () => {
    const run = new Checked(planted('shared-prot'));
    const broken = numberOf('entry-is-right-when-set');
    expect(run.do([OPEN, MAP, UNMAP, ['exit', 0]])).toEqual([0, broken, broken, broken]);
    expect(run.checker.atEnd()).toBe(broken);
    expect(run.checker.describe()).toMatchObject({ proc: 0, page: 1 });

    run.begin();
    expect(run.do([OPEN])).toEqual([0]);
  });

  it('keeps the first place that was wrong inside an operation', () => {
    const run = new Checked(planted('shared-prot'));
    run.do([OPEN, ['mmap', 0, { fd: 0, page: 0, npages: 3, prot: 3 }]]);
    expect(run.checker.describe()).toMatchObject({ rule: 'entry-is-right-when-set', page: 1 });
    expect(run.looked('entry-is-right-when-set')).toBe(2);
  });

  it('names a place where there is one, and the process that it is in', () => {
    const run = new Checked(planted('last-page-forgotten'));
    run.do([OPEN, ['fork', 0, { child: 2 }], ['mmap', 2, { fd: 0, page: 7, npages: 3, prot: 1 }]]);
    expect(run.checker.describe()).toMatchObject({ rule: 'mapped-in-advance', proc: 2, page: 9 });
  });

  it('names no place where there is none', () => {
    const run = new Checked(planted('close-forgets-refund'));
    run.do([OPEN, MAP, UNMAP]);
    expect(run.checker.describe()).toEqual({
      rule: 'charges-match',
      text: 'Each user and each memory is charged exactly the buffer pages that it made, never less than none.',
      detail: 'perf_mlock of user 0 is 2 pages, made and still there: 0',
    });
  });

  it('asks at the end what is left', () => {
    const run = new Checked(advance);
    expect(run.do([OPEN, MAP, ['exit', 0]])).toEqual([0, 0, 0]);
    expect(run.checker.atEnd()).toBe(0);
    run.checker.world.user.perf_mlock[1] = 1;
    expect(run.checker.atEnd()).toBe(numberOf('nothing-left'));
    expect(run.checker.describe()).toMatchObject({ rule: 'nothing-left' });
  });

  it('does not look when nothing can have changed', () => {
    const run = new Checked(advance);
    run.do([OPEN, MAP, ['store', 0, { page: 0, value: 20 }]]);
    const before = run.checker.applied.slice();

    expect(run.do([['store', 1, { page: 0, value: 20 }]])).toEqual([0]);
    expect(run.obs[0]).toBe(SKIP);
    expect(run.checker.applied).toEqual(before);

    expect(
      run.do([
        ['store', 0, { page: 0, value: 21 }],
        ['maps', 0],
      ]),
    ).toEqual([0, 0]);
    expect(run.obs[0]).toBe(OK);
    expect(run.looked('control-store-succeeds')).toBe(before[numberOf('control-store-succeeds') - 1] + 1);
    expect(run.looked('mappings-counted')).toBe(before[numberOf('mappings-counted') - 1]);

    run.do([['store', 0, { page: 1, value: 21 }]]);
    expect(run.looked('mappings-counted')).toBeGreaterThan(before[numberOf('mappings-counted') - 1]);
  });

  it('looks after what changes no memory, too', () => {
    const run = new Checked(advance);
    run.do([OPEN]);
    expect(run.looked('files-counted')).toBeGreaterThan(0);
    const { world } = run.checker;
    world.faults = 2;
    world.changes = 2;
    expect(touched(world)).toBe(4);
  });

  it('asks only what it was made for, from the first operation on', () => {
    const system = new ModelSystem(advance);
    const checker = new InvariantChecker(system.world, ['files-counted']);
    system.reset(DEFAULT_ENV);
    const ops = pack([OPEN]);
    const obs = new Int32Array(OBS_WIDTH);
    checker.before(ops, 0);
    system.step(ops, 0, obs);
    system.world.user.perf_mlock[1] = 1;
    expect(checker.check(ops, 0, obs)).toBe(0);
    expect(checker.atEnd()).toBe(0);
    expect(INVARIANTS.filter((_, i) => checker.applied[i] > 0).map(({ id }) => id)).toEqual([
      'files-counted',
    ]);
  });

  it('asks a design only what it promises', () => {
    const run = new Checked(demand_fault);
    run.do(LIFE);
    const asked = INVARIANTS.filter(({ id }) => run.looked(id) > 0).map(({ id }) => id);
    expect(asked).not.toContain('page-fields-untouched');
    expect(asked).not.toContain('mapped-in-advance');
    expect(asked).toContain('struct-page-counts');
  });

  it('knows which are about a place, and which about what was observed', () => {
    const ids = (has: (invariant: (typeof INVARIANTS)[number]) => boolean): string[] =>
      INVARIANTS.filter(has).map(({ id }) => id);
    expect(ids(({ ofPlace }) => ofPlace === true)).toEqual(PLACES);
    expect(STEP_INVARIANTS.filter(({ ofObservation }) => ofObservation === true).map(({ id }) => id)).toEqual(
      OBSERVED,
    );
    expect(OP_NAMES.filter((_, kind) => ALWAYS_ASKED[kind] === 1)).toEqual(ALWAYS);
  });

  it('numbers its invariants, each under a name of its own', () => {
    const ids = INVARIANTS.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { id, text } of INVARIANTS) {
      expect(id).toMatch(/^[a-z]+(-[a-z]+)+$/);
      expect(text).toMatch(/^[A-Z].*\.$/);
    }
  });
});

import { describe, expect, it, vi } from 'vitest';
import { ERRNO } from '#model/alphabet/errno';
import { OK, SKIP } from '#model/alphabet/observations';
import { advance } from '#model/designs/advance';
import { demand_fault } from '#model/designs/demand-fault';
import type { Design } from '#model/designs/design';
import { v6_14 } from '#model/designs/v6.14';
import { Expander } from '#properties/explorer/expander';
import type { Question } from '#properties/explorer/question';
import { SOMETIMES } from '#properties/explorer/sometimes';
import { CANDIDATE_SHOWS } from '#properties/explorer/state-store';
import { IRREGULAR, NEW } from '#properties/explorer/states';
import { INVARIANTS } from '#properties/invariants/index';
import { failureClass } from '#shrinkers/same-failure';
import { pack } from '../../support/script.js';
import { keep, NOTHING, outcomesOf, started, told, upTo, withMore } from './expanding.js';
import { FIVE, LONELY } from './tiny.js';

const ALL = (1 << SOMETIMES.length) - 1;
const [MAPPED, PINNED] = ['mapped', 'pinned'].map((id) => 1 << SOMETIMES.findIndex((each) => each.id === id));

describe('an expander', () => {
  it('has what the bounds say', () => {
    const expander = new Expander({
      design: advance,
      bounds: { ...LONELY, records: 'counted' },
      symmetry: true,
    });
    expect(expander.env).toMatchObject({ gift: 2, rlimit: 1, aux: true });
    expect(expander.ops.length).toBe(8 * 18);
    expect(expander.scope).toEqual({ processes: 1, pages: 5, records: true });
    expect(expander.renamings).toBe(4);
    expect(expander.store.width).toBe(2);
    const two = new Expander({ design: advance, against: demand_fault, bounds: LONELY, symmetry: false });
    expect(two.scope.records).toBe(false);
    expect(two.renamings).toBe(1);
    expect([two.store.width, two.sides.length]).toEqual([4, 2]);
    expect(two.sides.map(({ subject }) => subject.id)).toEqual(['advance', 'demand-fault']);
  });

  it('starts with one state, in which nothing was done', () => {
    const expander = new Expander({ design: advance, bounds: FIVE, symmetry: false });
    const batch = expander.start(ALL);
    expect(keep(expander, batch)).toEqual([[-1, 0, 0, 0]]);
    expect(batch).toStrictEqual({
      from: 0,
      to: 0,
      candidates: batch.candidates,
      transitions: 0,
      skipped: 0,
      notFollowed: NOTHING,
      outcomes: [],
      differences: [],
      applied: [new Float64Array(INVARIANTS.length)],
    });
  });

  it('does every operation in a state, and tells where each leads', () => {
    const expander = started();
    const [notes, batch] = told(expander, 0);
    expect(notes).toEqual([
      [0, 0, OK, NEW],
      [0, 1, SKIP, 0],
      [0, 2, SKIP, 0],
      [0, 3, OK, 0],
      [0, 4, OK, 0],
      [0, 5, OK, 0],
    ]);
    expect(batch).toMatchObject({ from: 0, to: 1, transitions: 6, skipped: 2, notFollowed: NOTHING });
    expect('found' in batch).toBe(false);
    expect(outcomesOf(batch)).toEqual([
      'open ok 1',
      'close skip 1',
      'mmap skip 1',
      'munmap ok 2',
      'maps ok 1',
    ]);
    expect(keep(expander, batch)).toEqual([[0, 0, 0, 0]]);
    const [again, second] = told(expander, 1);
    expect(again.map(([, , , next]) => next)).toEqual([1, 0, NEW, 1, 1, 1]);
    expect(second).toMatchObject({ from: 1, to: 2, transitions: 6, skipped: 1 });
    expect(outcomesOf(second)).toEqual([
      'open skip 1',
      'close ok 1',
      'mmap ok 1',
      'munmap ok 2',
      'maps ok 1',
    ]);
    expect(keep(expander, second)).toEqual([[1, 2, 0, 0]]);
  });

  it('gathers each new state once, and counts in each batch anew', () => {
    const expander = started();
    upTo(expander, 2);
    const [, alone] = told(expander, 1);
    const [notes, both] = told(expander, 0, 2);
    expect(notes).toHaveLength(12);
    expect(both).toMatchObject({ from: 0, to: 2, transitions: 12, skipped: 3 });
    expect(both.candidates.length).toBe(0);
    const [, later] = told(expander, 1);
    expect(later).toEqual(alone);
    expect([...later.applied[0]].some((times) => times > 0)).toBe(true);
    const more = withMore(
      { op: 'dup', with: { fd: [0], newfd: [0] } },
      { op: 'rlimit', with: { pages: [3] } },
    );
    const fresh = started({
      bounds: { ...more, operations: [...more.operations, { op: 'rlimit', with: { pages: [3] } }] },
    });
    expect(keep(fresh, fresh.expand(0, 1, 0))).toHaveLength(2);
  });

  it('names and puts back only what has changed', () => {
    const expander = started();
    const named = vi.spyOn(expander.states, 'come');
    const restored = vi.spyOn(expander.sides[0], 'restore');
    upTo(expander, 1);
    // An munmap of nothing leaves its traces where they do not matter.
    expect([named, restored].map(({ mock }) => mock.calls.length)).toEqual([3, 3]);
    expander.expand(1, 2, 0);
    expect([named, restored].map(({ mock }) => mock.calls.length)).toEqual([7, 7]);
  });

  it('shows what is looked for, by the first state that has it', () => {
    const bounds = withMore({ op: 'mmap', with: { fd: [0], page: [4], npages: [2], prot: [['read']] } });
    const shows = (wanted: number): number[] => {
      const expander = started({ bounds });
      upTo(expander, 1);
      return keep(expander, expander.expand(1, 2, wanted)).map((head) => head[CANDIDATE_SHOWS]);
    };
    expect(shows(ALL)).toEqual([MAPPED | PINNED, 0]);
    expect(shows(ALL & ~MAPPED)).toEqual([PINNED, 0]);
    expect(shows(0)).toEqual([0, 0]);
  });

  it('opens no more events than may live, on any descriptor', () => {
    const expander = started({ bounds: { ...FIVE, events: 1 } });
    const batch = upTo(expander, 3);
    expect(batch.notFollowed).toEqual({ ...NOTHING, beyond: 1 });
    const [notes, { transitions, notFollowed }] = told(expander, 3);
    expect(notes.map(([, operation]) => operation)).toEqual([1, 2, 3, 4, 5]);
    expect([transitions, notFollowed.beyond]).toEqual([5, 1]);
    expect(told(expander, 0)[0]).toHaveLength(6);
    const two = started({ bounds: LONELY });
    keep(two, two.expand(0, 1, 0));
    const [, one] = told(two, 1);
    expect(one.notFollowed.beyond).toBe(0);
  });
});

describe('what breaks a rule', () => {
  it('ends the batch, and is forgotten with it', () => {
    const expander = started({ design: v6_14 });
    upTo(expander, 2);
    const [notes, batch] = told(expander, 2, 9);
    expect(batch).toMatchObject({ from: 2, to: 3, found: { state: 2, operation: 3 }, transitions: 4 });
    expect(notes.map(([, operation]) => operation)).toEqual([0, 1, 2]);
    // What was not followed has no outcome.
    expect(outcomesOf(batch)).toEqual(['open skip 1', 'close ok 1', 'mmap ok 1']);
    const [others, next] = told(expander, 1);
    expect(others.map(([, , , to]) => to)).toEqual([1, 0, 2, 1, 1, 1]);
    expect(next.found).toBeUndefined();
    expect(told(expander, 2)[1].found).toEqual({ state: 2, operation: 3 });
  });

  it('counts when it is of the class that was asked for, or else ends its sequence', () => {
    const rule = 'mappings-counted';
    const detail = 'buffer 0: aux_mmap_count is 1, VMAs: 0';
    const failure = failureClass(pack('munmap')[0], { kind: 'invariant', rule, detail, text: '', step: 0 });
    const found = (more: Partial<Question>) => {
      const expander = started({ design: v6_14, ...more });
      upTo(expander, 2);
      const [notes, batch] = told(expander, 2);
      return [batch.found?.operation, notes[3]?.[3], batch.notFollowed.open];
    };
    expect(found({ failure })).toEqual([3, undefined, 0]);
    expect(found({ failure: `${failure}!` })).toEqual([undefined, IRREGULAR, 1]);
    expect(found({ failure, only: [rule] })).toEqual([3, undefined, 0]);
    expect(found({ only: [rule] })).toEqual([3, undefined, 0]);
  });

  it('of the specification counts when that is asked', () => {
    const dropped: Design = {
      ...advance,
      id: 'dropped',
      mmap: () => -ERRNO.EBUSY,
    };
    const found = (more: Partial<Question>) => {
      const expander = started({ design: dropped, ...more });
      upTo(expander, 1);
      const [notes, batch] = told(expander, 1);
      return [batch.found?.operation, notes[2]?.[3], batch.notFollowed.open, batch.transitions];
    };
    const expander = started({ design: dropped });
    upTo(expander, 2);
    const { lockstep } = expander.sides[0];
    const failure = failureClass(pack('mmap')[0], lockstep.failure(expander.ops, 2 * 8));
    expect(failure).toContain('spec');
    expect(found({})).toEqual([2, undefined, 0, 3]);
    expect(found({ failure })).toEqual([2, undefined, 0, 3]);
    expect(found({ only: ['spec'] })).toEqual([2, undefined, 0, 3]);
    expect(found({ only: ['nothing-left'] })).toEqual([undefined, IRREGULAR, 1, 6]);
    expect(found({ only: ['nothing-left'], failure })).toEqual([undefined, IRREGULAR, 1, 6]);
  });
});

import { describe, expect, it } from 'vitest';
import { GIFT_PAGES, INJECT_NTH } from '#model/alphabet/operands';
import { OP } from '#model/alphabet/operations';
import {
  drawExec,
  drawExit,
  drawFork,
  drawInject,
  either,
  limit,
  plain,
} from '#properties/arbitraries/draw/processes';
import { draftAfter, drawn, share, through, values } from '../drafts.js';

const BOTH = `fork child=1
  fork child=2`;

describe('fork', () => {
  it('fills an empty slot, and is not drawn where none is', () => {
    expect(values(drawn(draftAfter(''), drawFork).map(({ child }) => child))).toEqual([1, 2]);
    expect(drawn(draftAfter(BOTH), drawFork)).toEqual([]);
  });

  it('fills the slot of the first process when that is gone', () => {
    const draft = draftAfter(`${BOTH}
      exit`);
    draft.proc = 1;
    expect(values(drawn(draft, drawFork).map(({ child }) => child))).toEqual([0]);
  });

  it('gives the child what the plan of AUX areas knows', () => {
    const draft = draftAfter('fork child=1');
    draft.aux.opened(0, 1, true);
    drawn(draft, drawFork, 1);
    expect(draft.aux.capable(2, 1)).toBe(true);
  });
});

describe('exit', () => {
  it('is not of the last process', () => {
    expect(drawn(draftAfter(''), drawExit)).toEqual([]);
    expect(drawn(draftAfter(BOTH), drawExit, 1)).toMatchObject([{ kind: OP.exit, proc: 0 }]);
  });
});

describe('what changes the state', () => {
  const WITH_MEMORY = `fork child=1
    mmap fd=-1 page=0 npages=2 prot=read`;

  it.each([
    ['fork', drawFork],
    ['exit', drawExit],
    ['exec', drawExec],
  ] as const)('%s has the memory looked at again', (name, drawer) => {
    const draft = draftAfter(WITH_MEMORY);
    draft.known.view = draftAfter('').known.view;
    draft.known.refresh(0);
    expect(draft.known.mapped[0]).toBe(0b11);
    expect(drawn(draft, drawer, 1).map(({ kind }) => kind)).toEqual([OP[name]]);
    draft.known.refresh(0);
    expect(draft.known.mapped[0]).toBe(0);
  });
});

describe('identities and limits', () => {
  it('are either of two, or a number of pages that is mostly about the size of a buffer or two', () => {
    const users = drawn(draftAfter(''), either(OP.setuid));
    expect(values(users.map(({ user }) => user))).toEqual([0, 1]);
    expect(values(users.map(({ kind }) => kind))).toEqual([OP.setuid]);
    const limits = drawn(draftAfter(''), limit(OP.rlimit), 4_000);
    expect(values(limits.map(({ kind }) => kind))).toEqual([OP.rlimit]);
    expect(values(limits.map(({ pages }) => pages))).toEqual(through(0, GIFT_PAGES.max));
    expect(share(limits, ({ pages }) => pages < 16)).toBeGreaterThan(0.7);
    expect(drawn(draftAfter(''), plain(OP.maps), 1)).toEqual([{ kind: OP.maps, proc: 0 }]);
  });
});

describe('inject', () => {
  it('is of every allocation at both sites, of early ones more often', () => {
    const found = drawn(draftAfter(''), drawInject, 2_000);
    expect(values(found.map(({ site }) => site))).toEqual([0, 1]);
    expect(values(found.map(({ nth }) => nth))).toEqual(through(0, INJECT_NTH.max));
    expect(share(found, ({ nth }) => nth <= 2)).toBeGreaterThan(0.4);
    expect(share(found, ({ nth }) => nth >= 8)).toBeLessThan(0.1);
  });
});

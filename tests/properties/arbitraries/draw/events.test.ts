import { describe, expect, it } from 'vitest';
import { OPEN_AUX, OPEN_BACKWARD, OPEN_CPU, OPEN_INHERIT } from '#model/alphabet/operands';
import { drawClose, drawDup, drawOpen, drawRecord, drawSetOutput } from '#properties/arbitraries/draw/events';
import { ALWAYS, draftAfter, drawn, share, values } from '../drafts.js';

/** Descriptors 0 and 2 are open, 2 has a buffer. */
const TWO = `
  open fd=0
  open fd=2
  mmap fd=2 page=0 npages=2 prot=read+write`;
const EVERY = `
  open fd=0
  open fd=1
  open fd=2
  open fd=3`;

describe('open', () => {
  it('takes a descriptor that is free, and is not drawn where none is', () => {
    expect(values(drawn(draftAfter(TWO), drawOpen).map(({ fd }) => fd))).toEqual([1, 3]);
    expect(drawn(draftAfter(EVERY), drawOpen)).toEqual([]);
  });

  it('takes the first descriptor, too', () => {
    const script = `open fd=1
      open fd=2
      open fd=3`;
    expect(values(drawn(draftAfter(script), drawOpen).map(({ fd }) => fd))).toEqual([0]);
  });

  it('has the flags that the sequence is about', () => {
    const flags = (features: object): number[] =>
      values(drawn(draftAfter('', features), drawOpen).map((each) => each.flags));
    expect(flags({})).toEqual([0]);
    expect(flags({ cpu: ALWAYS })).toEqual([OPEN_CPU]);
    expect(flags({ aux: ALWAYS })).toEqual([OPEN_AUX]);
    expect(flags({ backward: ALWAYS })).toEqual([OPEN_BACKWARD]);
    // What is inherited can be mapped only if it counts on one CPU.
    expect(flags({ inherit: ALWAYS })).toEqual([OPEN_INHERIT, OPEN_INHERIT | OPEN_CPU]);
    const inherited = drawn(draftAfter('', { inherit: ALWAYS }), drawOpen);
    expect(share(inherited, (each) => (each.flags & OPEN_CPU) !== 0)).toBeGreaterThan(0.6);
  });

  it('has no flags that the environment has not', () => {
    const draft = draftAfter('', { aux: ALWAYS, backward: ALWAYS });
    draft.openFlags = OPEN_BACKWARD;
    expect(values(drawn(draft, drawOpen).map((each) => each.flags))).toEqual([OPEN_BACKWARD]);
    expect(draft.aux.capable(0, 0)).toBe(false);
  });

  it('writes into the buffer of another event where the sequence is about that, mostly one that has a buffer', () => {
    const outputs = drawn(draftAfter(TWO, { output: ALWAYS }), drawOpen).map(({ output }) => output);
    expect(values(outputs)).toEqual([0, 2]);
    expect(share(outputs, (output) => output === 2)).toBeGreaterThan(0.8);
    expect(values(drawn(draftAfter(TWO), drawOpen).map(({ output }) => output))).toEqual([-1]);
    const first = drawn(draftAfter('', { output: ALWAYS }), drawOpen).map(({ output }) => output);
    expect(values(first)).toEqual([-1]);
    const unbuffered = drawn(draftAfter('open fd=0', { output: ALWAYS }), drawOpen);
    expect(values(unbuffered.map(({ output }) => output))).toEqual([0]);
  });

  it('is told to the plan of AUX areas, with where it writes to', () => {
    const draft = draftAfter('open fd=0', { aux: ALWAYS, output: ALWAYS });
    draft.aux.start(0, 0, 7, 5, 3);
    const [{ fd }] = drawn(draft, drawOpen, 1);
    expect(draft.aux.capable(0, fd)).toBe(true);
    expect([draft.aux.offsetOf(0, fd), draft.aux.npagesOf(0, fd)]).toEqual([5, 3]);
  });

  it('knows of no AUX area where it writes into no other buffer', () => {
    const draft = draftAfter('fork child=1');
    draft.aux.start(0, 3, 7, 5, 3);
    draft.proc = 1;
    for (const { fd } of drawn(draft, drawOpen, 40)) expect(draft.aux.npagesOf(1, fd)).toBe(0);
  });
});

describe('close', () => {
  it('is of an open descriptor, and not drawn where none is', () => {
    expect(values(drawn(draftAfter(TWO), drawClose).map(({ fd }) => fd))).toEqual([0, 2]);
    expect(drawn(draftAfter(''), drawClose)).toEqual([]);
  });
});

describe('dup', () => {
  it('is of an open descriptor to one that is free', () => {
    const found = drawn(draftAfter(TWO), drawDup);
    expect(values(found.map(({ fd }) => fd))).toEqual([0, 2]);
    expect(values(found.map(({ newfd }) => newfd))).toEqual([1, 3]);
  });

  it('reaches the first descriptor', () => {
    const found = drawn(draftAfter('open fd=1'), drawDup);
    expect(values(found.map(({ newfd }) => newfd))).toEqual([0, 2, 3]);
  });

  it('is not drawn where nothing is open, or everything', () => {
    expect(drawn(draftAfter(''), drawDup)).toEqual([]);
    expect(drawn(draftAfter(EVERY), drawDup)).toEqual([]);
  });

  it('is told to the plan of AUX areas', () => {
    const draft = draftAfter('open fd=0 flags=aux');
    draft.aux.opened(0, 0, true);
    const [{ newfd }] = drawn(draft, drawDup, 1);
    expect(draft.aux.capable(0, newfd)).toBe(true);
  });
});

describe('set_output', () => {
  it('is mostly of an event without a buffer to one with', () => {
    const found = drawn(draftAfter(TWO), drawSetOutput, 2_000);
    expect(share(found, ({ fd, target }) => fd === 0 && target === 2)).toBeGreaterThan(0.6);
    expect(share(found, ({ target }) => target === -1)).toBeGreaterThan(0.08);
    expect(share(found, ({ target }) => target === -1)).toBeLessThan(0.2);
    const pairs = values(found.map(({ fd, target }) => 10 * fd + target));
    // The event to itself as well, and the other way.
    expect(pairs).toEqual([-1, 0, 2, 19, 20, 22]);
  });

  it('is seldom drawn where no other event has a buffer, and not where none is open', () => {
    const found = drawn(draftAfter('open fd=1'), drawSetOutput, 2_000);
    expect(found.length).toBeGreaterThan(100);
    expect(found.length).toBeLessThan(500);
    expect(values(found.map(({ target }) => target))).toEqual([-1, 1]);
    expect(share(found, ({ target }) => target === -1)).toBeLessThan(0.25);
    expect(drawn(draftAfter(''), drawSetOutput)).toEqual([]);
  });

  it('is of the first descriptor, too, which its plan of an AUX area then follows', () => {
    const draft = draftAfter(TWO);
    draft.aux.start(0, 2, 0, 5, 3);
    const found = drawn(draft, drawSetOutput);
    expect(found.some(({ fd, target }) => fd === 0 && target === 2)).toBe(true);
    expect(draft.aux.npagesOf(0, 0)).toBe(3);
    expect(draft.aux.npagesOf(0, 1)).toBe(0);
  });

  it('to the first descriptor is followed by the plan', () => {
    const script = `open fd=1
      open fd=0
      mmap fd=0 page=0 npages=2 prot=read+write`;
    const draft = draftAfter(script);
    draft.aux.start(0, 0, 0, 5, 3);
    drawn(draft, drawSetOutput);
    expect(draft.aux.npagesOf(0, 1)).toBe(3);
  });
});

describe('record', () => {
  it('is mostly of a few records, at times of as many as fill a buffer', () => {
    const counts = drawn(draftAfter(''), drawRecord, 2_000).map(({ count }) => count);
    expect(share(counts, (count) => count <= 4)).toBeGreaterThan(0.5);
    expect(share(counts, (count) => count > 100)).toBeGreaterThan(0.1);
    expect([Math.min(...counts), Math.max(...counts)]).toEqual([1, 200]);
  });
});

describe('what changes descriptors', () => {
  it.each([
    ['open', drawOpen],
    ['close', drawClose],
    ['dup', drawDup],
    ['set_output', drawSetOutput],
  ] as const)('%s has them looked at again', (_, drawer) => {
    const draft = draftAfter(TWO);
    // As if all had been closed: what is not looked at again stays.
    draft.known.view = draftAfter('').known.view;
    draft.known.refresh(0);
    expect(draft.known.fds[0]).toBe(0b101);
    expect(drawn(draft, drawer, 1).length).toBe(1);
    draft.known.refresh(0);
    expect(draft.known.fds[0]).toBe(0);
  });
});

import { describe, expect, it } from 'vitest';
import { FDS } from '#model/alphabet/bounds';
import { WORDS } from '#model/alphabet/operands';
import { DEFAULT_ENV } from '#model/alphabet/system';
import { advance } from '#model/designs/advance';
import { demand_fault } from '#model/designs/demand-fault';
import type { Design } from '#model/designs/design';
import { FIRST_PRIVATE } from '#model/mm/tables';
import { NONE, STORED_WORDS } from '#model/spec/state';
import { sameFds, sameStretches } from '#properties/explorer/alike';
import { Side } from '#properties/explorer/side';
import { VMA_VALUES } from '#properties/explorer/world-columns';
import { pack } from '../../support/script.js';

const SCOPE = { processes: 2, pages: 12, records: false };

/** A side after these operations. */
function sideAfter(lines: readonly string[], design: Design = advance): Side {
  const side = new Side(design, DEFAULT_ENV, SCOPE);
  for (const line of lines) {
    side.step(pack(line), 0);
    expect([line, side.lockstep.obs[0]]).toEqual([line, 0]);
  }
  return side;
}

const OPEN = 'open fd=0';
/** Both descriptors and both stretches of process 1 hold something, too, and never the same. */
const OTHER_PROCESS = ['fork child=1', '1: mmap fd=-1 page=0 npages=1 prot=read flags=private'];

describe('two descriptors', () => {
  const same = (lines: readonly string[], p = 0): boolean => {
    const sides = [sideAfter(lines)];
    expect(sameFds(sides, p, 1, 0)).toBe(sameFds(sides, p, 0, 1));
    return sameFds(sides, p, 0, 1);
  };

  it('are the same when both are of one event, or of none', () => {
    expect(same([])).toBe(true);
    expect(same([OPEN])).toBe(false);
    expect(same([OPEN, 'open fd=1'])).toBe(false);
    expect(same([OPEN, 'dup fd=0 newfd=1'])).toBe(true);
    const child = [OPEN, 'dup fd=0 newfd=1', 'fork child=1', '1: close fd=1'];
    expect([same(child, 0), same(child, 1)]).toEqual([true, false]);
  });

  it('are not when they are the same on one side only', () => {
    const [one, other] = [sideAfter([]), sideAfter([OPEN])];
    expect(sameFds([one, one], 0, 0, 1)).toBe(true);
    expect(sameFds([one, other], 0, 0, 1)).toBe(false);
    for (const [p, fd] of [
      [0, 0],
      [1, 1],
    ]) {
      one.remember();
      one.world.files.event[p * FDS + fd] = 2;
      expect(sameFds([one], p, 0, 1)).toBe(false);
      one.restore();
      one.spec.state.fdEvent[p * FDS + fd] = 2;
      expect(sameFds([one], p, 0, 1)).toBe(false);
      one.restore();
      expect(sameFds([one], p, 0, 1)).toBe(true);
    }
  });
});

/** Whether what is at these places of three pages is the same. */
const same = (side: Side, a = 0, b = 6, p = 0): boolean => sameStretches([side], p, a, b, 3);
const ANON = 'flags=private prot=read+write';
const TWO_OF_ONE = [
  OPEN,
  'mmap fd=0 page=0 npages=2 prot=read+write',
  'mmap fd=0 page=6 npages=2 prot=read+write',
];
const TWO_PRIVATE = [`mmap fd=-1 page=0 npages=2 ${ANON}`, `mmap fd=-1 page=6 npages=2 ${ANON}`];

describe('two stretches of pages', () => {
  it.each<[string, readonly string[], boolean]>([
    ['nothing', [], true],
    ['a mapping in one', TWO_OF_ONE.slice(0, 2), false],
    ['a mapping of one event in each', TWO_OF_ONE, true],
    ['the same, of other lengths', [...TWO_PRIVATE, 'munmap page=1 npages=1'], false],
    ['the same, other protections', [...TWO_OF_ONE, 'mprotect page=0 npages=2 prot=read'], false],
    ['the same, other protections of a part', [...TWO_PRIVATE, 'mprotect page=7 npages=1 prot=read'], false],
    ['the same, both parts', [...TWO_PRIVATE, ...[1, 7].map((at) => `munmap page=${at} npages=1`)], true],
    [
      'a mapping of another event in each',
      [OPEN, 'mmap fd=0 page=0 npages=2 prot=read', 'open fd=1', 'mmap fd=1 page=6 npages=2 prot=read'],
      false,
    ],
    [
      'at other pages of them',
      [OPEN, ...[0, 7].map((at) => `mmap fd=0 page=${at} npages=2 prot=read`)],
      false,
    ],
    ['private memory in each', TWO_PRIVATE, true],
    ['the same, one was written', [...TWO_PRIVATE, 'store page=1 value=17'], false],
    ['the same, one was read', [...TWO_PRIVATE, 'load page=6'], false],
    ['shared memory in each', [0, 6].map((at) => `mmap fd=-1 page=${at} npages=2 prot=read`), false],
    ['one mapping over both', [`mmap fd=-1 page=0 npages=9 ${ANON}`], false],
  ])('hold %s', (_, lines, expected) => {
    const side = sideAfter([...lines, ...OTHER_PROCESS]);
    expect(same(side)).toBe(expected);
    expect(same(side, 6, 0)).toBe(expected);
    expect(same(side, 0, 0)).toBe(
      !lines.some((line) => line.startsWith('mmap fd=-1') && !line.includes('private')),
    );
    expect(same(side, 0, 6, 1)).toBe(false);
  });

  it('end where they end, and are those of one process', () => {
    const beyond = [`mmap fd=-1 page=3 npages=1 ${ANON}`, 'store page=3 value=17'];
    expect(same(sideAfter([...TWO_PRIVATE, ...beyond]))).toBe(true);
    const toTheEnd = [0, 6].map((at) => `mmap fd=-1 page=${at} npages=3 ${ANON}`);
    const other = `${beyond[0]}+exec`;
    expect(same(sideAfter([...toTheEnd, other, beyond[1]]))).toBe(true);
    const side = sideAfter([
      'fork child=1',
      ...[0, 6].map((at) => `1: mmap fd=-1 page=${at} npages=2 ${ANON}`),
    ]);
    expect(same(side, 0, 6, 1)).toBe(true);
    side.step(pack('1: store page=7 value=17'), 0);
    expect([same(side, 0, 6, 1), same(side, 0, 6, 0)]).toEqual([false, true]);
  });

  it('are not where a mapping of one began before it', () => {
    // Cut in two and joined again, which the specification remembers, as it does where mappings begin.
    const cut = ['read', 'read+write'].map((prot) => `mprotect page=6 npages=1 prot=${prot}`);
    const sides = [sideAfter([...[0, 5, 12].map((at) => `mmap fd=-1 page=${at} npages=2 ${ANON}`), ...cut])];
    expect([sameStretches(sides, 0, 0, 12, 1), sameStretches(sides, 0, 0, 6, 1)]).toEqual([true, false]);
  });

  it('are the same with pages that were brought in, when they are the same pages', () => {
    const touched = [...TWO_OF_ONE, 'load page=0'];
    expect(same(sideAfter(touched, demand_fault))).toBe(false);
    expect(same(sideAfter([...touched, 'load page=6'], demand_fault))).toBe(true);
  });

  it('are not when they are the same on one side only', () => {
    const [one, other] = [sideAfter([]), sideAfter(TWO_OF_ONE.slice(0, 2))];
    expect(sameStretches([one, one], 0, 0, 6, 3)).toBe(true);
    expect(sameStretches([one, other], 0, 0, 6, 3)).toBe(false);
    expect(sameStretches([other, one], 0, 0, 6, 3)).toBe(false);
  });
});

/** Columns in which the two stretches, that begin at page 0 and 6, must agree: what to change in either, by its address. */
type Change = readonly [what: string, at: (side: Side, page: number) => [ints: Int32Array, index: number]];

const last = 1;
const ofPages: readonly Change[] = [
  ['whose page it is', ({ world }, page) => [world.tree.vma, page + last]],
  ['pte.pfn', ({ world }, page) => [world.pte.pfn, page + last]],
  ['pte.flags', ({ world }, page) => [world.pte.flags, page + last]],
  ['what the cell shows', ({ spec }, page) => [spec.state.cellView, page + last]],
  ['its mark', ({ spec }, page) => [spec.state.cellMark, page + last]],
  ['its first word', ({ spec }, page) => [spec.state.cellWords, (page + last) * STORED_WORDS]],
  ['its last word', ({ spec }, page) => [spec.state.cellWords, (page + last + 1) * STORED_WORDS - 1]],
];
const ofMappings: readonly Change[] = [
  ...VMA_VALUES.map((name): Change => [`vma.${name}`, ({ world }, page) => [world.vma[name], page]]),
  ['vma.end', ({ world }, page) => [world.vma.end, page]],
  ['vma.file', ({ world }, page) => [world.vma.file, page]],
];
const ofMaps: readonly Change[] = [
  ['pages of the map', ({ spec: { state } }, page) => [state.mapPages, state.cellMap[page]]],
  ['its first page', ({ spec: { state } }, page) => [state.mapFirst, state.cellMap[page]]],
  ['its offset', ({ spec: { state } }, page) => [state.mapPgoff, state.cellMap[page]]],
  ['its event', ({ spec: { state } }, page) => [state.mapEvent, state.cellMap[page]]],
  ['that it was touched', ({ spec: { state } }, page) => [state.mapTouched, state.cellMap[page]]],
  ['the map of its last page', ({ spec: { state } }, page) => [state.cellMap, page + last]],
];
const ofMemory: readonly Change[] = [
  ['that it is resident', ({ world }, page) => [world.resident.page, page + last]],
  ['its first word', ({ world }, page) => [world.content, (FIRST_PRIVATE + page + last) * WORDS]],
  ['its last word', ({ world }, page) => [world.content, (FIRST_PRIVATE + page + last + 1) * WORDS - 1]],
];

/** Add one to an int, and look. */
function sameAfter(side: Side, [, at]: Change, page: number): boolean {
  side.remember();
  const [ints, index] = at(side, page);
  ints[index]++;
  const found = same(side);
  side.restore();
  return found;
}

describe('every column counts', () => {
  it.each(ofPages)('of pages: %s', (...change) => {
    for (const lines of [TWO_OF_ONE, TWO_PRIVATE])
      for (const page of [0, 6]) expect(sameAfter(sideAfter(lines), change, page)).toBe(false);
  });

  it.each(ofMappings)('of mappings: %s', (...change) => {
    for (const lines of [TWO_OF_ONE, TWO_PRIVATE])
      for (const page of [0, 6]) expect(sameAfter(sideAfter(lines), change, page)).toBe(false);
  });

  it.each(ofMaps)('of mappings of events, to the specification: %s', (...change) => {
    for (const page of [0, 6]) expect(sameAfter(sideAfter(TWO_OF_ONE), change, page)).toBe(false);
  });

  it('of pages, that a mapping of an event holds them', () => {
    for (const page of [0, 6]) {
      const side = sideAfter(TWO_OF_ONE);
      side.spec.state.cellMap[page] = NONE;
      expect(same(side)).toBe(false);
    }
  });

  it.each(ofMemory)('of private memory: %s', (...change) => {
    for (const page of [0, 6]) {
      expect(sameAfter(sideAfter(TWO_PRIVATE), change, page)).toBe(false);
      expect(sameAfter(sideAfter(TWO_OF_ONE), change, page)).toBe(true);
    }
  });

  it.each(ofPages)('of pages that hold nothing those that tell that they do: %s', (...change) => {
    const [what] = change;
    const tells = ['whose page it is', 'pte.pfn', 'pte.flags', 'what the cell shows'].includes(what);
    for (const page of [0, 6]) expect(sameAfter(sideAfter([]), change, page)).toBe(!tells);
  });

  it('but shared memory is never the same', () => {
    const side = sideAfter(TWO_PRIVATE);
    const { cellObject } = side.spec.state;
    for (const pages of [[0], [6], [0, 6]]) {
      side.remember();
      for (const page of pages) cellObject[page] = 3;
      expect(same(side)).toBe(false);
      side.restore();
    }
    for (const page of [0, 6]) side.world.vma.file[page] = -1;
    expect(same(side)).toBe(false);
  });
});

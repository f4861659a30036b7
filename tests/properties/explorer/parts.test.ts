import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { OBS_WIDTH } from '#model/alphabet/bounds';
import {
  obsWidth,
  SEGV_MAPERR,
  VIEW_ANON,
  VIEW_DC,
  VIEW_FIRST,
  VIEW_IO,
  VIEW_LO,
  VIEW_PERF,
  VIEW_PGOFF_SHIFT,
  VIEW_R,
  VIEW_RSS_SHIFT,
  VIEW_SHARED,
  VIEW_W,
  VIEW_WF,
  VIEW_X,
} from '#model/alphabet/observations';
import { OP } from '#model/alphabet/operations';
import { differingParts } from '#properties/explorer/parts';

const KINDS = [OP.maps, OP.status, OP.load];
/** Bits that the view of a page has. */
const VIEW_BITS = 0x1fff_ffff;

/** A successful answer to an operation of this kind. */
const answerTo = (kind: number) =>
  fc
    .array(fc.oneof(fc.constant(0), fc.integer({ min: 0, max: VIEW_BITS })), {
      minLength: obsWidth(kind) - 1,
      maxLength: obsWidth(kind) - 1,
    })
    .map((ints) => Int32Array.of(0, ...ints, ...new Array<number>(OBS_WIDTH - 1 - ints.length).fill(0)));
const answers = fc
  .constantFrom(...KINDS)
  .chain((kind) => fc.tuple(fc.constant(kind), answerTo(kind), answerTo(kind)));

const namesOf = (kind: number, one: readonly number[], other: readonly number[]): string[] => {
  const row = (ints: readonly number[]) => Int32Array.from({ length: OBS_WIDTH }, (_, i) => ints[i] ?? 0);
  return differingParts(kind, row(one), row(other)).map(({ what }) => what);
};

describe('parts of an observation that differ', () => {
  it('are all that differs: with each of them taken from the other answer it is that answer', () => {
    fc.assert(
      fc.property(answers, ([kind, one, other]) => {
        const parts = differingParts(kind, one, other);
        expect(parts.length === 0).toBe(one.join() === other.join());
        const mended = one.slice();
        for (const part of parts) part.graft(other, mended);
        expect(mended).toEqual(other);
      }),
    );
  });

  it('are apart: with one of them taken from the other answer the rest differs as before', () => {
    fc.assert(
      fc.property(answers, ([kind, one, other]) => {
        const parts = differingParts(kind, one, other);
        for (const part of parts) {
          const grafted = one.slice();
          part.graft(other, grafted);
          const left = differingParts(kind, grafted, other).map(({ what }) => what);
          expect(left).toEqual(parts.filter((each) => each !== part).map(({ what }) => what));
        }
      }),
    );
  });

  it('are the outcome alone where outcomes differ, with all that comes of it', () => {
    fc.assert(
      fc.property(answers, ([kind, one, other]) => {
        const fault = other.slice();
        fault[0] = SEGV_MAPERR;
        const [part, ...more] = differingParts(kind, one, fault);
        expect([part.what, more]).toEqual(['outcome', []]);
        const grafted = one.slice();
        part.graft(fault, grafted);
        expect(grafted).toEqual(fault);
      }),
    );
  });

  it.each<[string, number]>([
    ['kind of memory', VIEW_ANON ^ VIEW_PERF],
    ['permissions', VIEW_R],
    ['permissions', VIEW_W],
    ['permissions', VIEW_X],
    ['permissions', VIEW_SHARED],
    ['VmFlags lo', VIEW_LO],
    ['VmFlags wf', VIEW_WF],
    ['VmFlags dc io', VIEW_DC | VIEW_IO],
    ['boundary', VIEW_FIRST],
    ['pgoff', 1 << VIEW_PGOFF_SHIFT],
    ['pgoff', 16 << VIEW_PGOFF_SHIFT],
    ['Rss', 1 << VIEW_RSS_SHIFT],
    ['Rss', 16 << VIEW_RSS_SHIFT],
  ])('have the names that /proc gives them: %s', (name, bits) => {
    for (const page of [2, OBS_WIDTH - 1]) {
      const view = new Array<number>(OBS_WIDTH).fill(0);
      view[page] = bits;
      expect(namesOf(OP.maps, view, [])).toEqual([name]);
    }
  });

  it('are numbers by themselves', () => {
    for (const kind of KINDS) expect(namesOf(kind, [0, 5], [0, 6])).toEqual(['value']);
    expect(namesOf(OP.status, [0, 0, 1, 0], [0, 0, 0, 0])).toEqual(['VmPin']);
    expect(namesOf(OP.status, [0, 0, 0, 1], [0, 0, 0, 0])).toEqual(['VmLck']);
    expect(namesOf(OP.status, [0, 1, 1, 1], [0, 0, 0, 0])).toEqual(['value', 'VmPin', 'VmLck']);
  });

  it('are looked for only where this operation answers something', () => {
    expect(namesOf(OP.load, [0, 0, 1], [])).toEqual([]);
    expect(namesOf(OP.status, [0, 0, 0, 0, 1], [])).toEqual([]);
  });
});

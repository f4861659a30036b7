import { describe, expect, it } from 'vitest';
import { MAX_RANGE } from '#model/alphabet/bounds';
import { MMAP_POPULATE, MMAP_PRIVATE, WORD_AUX_OFFSET, WORD_AUX_SIZE } from '#model/alphabet/operands';
import { OP } from '#model/alphabet/operations';
import type { Draft } from '#properties/arbitraries/draft';
import { drawMmap, drawPlanned } from '#properties/arbitraries/draw/mappings';
import { ALWAYS, type Drawn, draftAfter, drawn, share, through, values } from '../drafts.js';

/** Descriptor 1 has a buffer of 5 pages, with its control page at page 4. */
const BUFFER = `
  open fd=1 flags=aux
  mmap fd=1 page=4 npages=5 prot=read+write`;

/** A draft for that state which knows of it what a sequence would have told it. */
function capable(features: object = {}, script = BUFFER): Draft {
  const draft = draftAfter(script, features);
  know(draft);
  return draft;
}

function know({ aux }: Draft): void {
  aux.forget();
  aux.opened(0, 1, true);
  aux.mapped(0, 1, 4);
}

interface First {
  readonly operation: Drawn;
  /** The plan after it. */
  readonly aux: Readonly<Pick<Draft['aux'], 'left' | 'proc' | 'fd' | 'page' | 'offset' | 'npages'>>;
}

/** So many operations, each of which is drawn as the first in the same state, of which the draft knows besides what is `told`. */
function firsts(times: number, told: (draft: Draft) => void = () => {}, script = BUFFER): readonly First[] {
  const draft = draftAfter(script);
  return Array.from({ length: times }, () => {
    know(draft);
    told(draft);
    const [operation] = drawn(draft, drawMmap, 1);
    const { left, proc, fd, page, offset, npages } = draft.aux;
    return { operation, aux: { left, proc, fd, page, offset, npages } };
  });
}

const isPlan = ({ operation }: First): boolean => operation.kind === OP.store;

describe('an AUX area', () => {
  it('is begun often for an event that can have one, seldom for another', () => {
    expect(share(firsts(2_000), isPlan)).toBeGreaterThan(0.5);
    const other = firsts(2_000, ({ aux }) => aux.opened(0, 1, false));
    expect(share(other, isPlan)).toBeGreaterThan(0.01);
    expect(share(other, isPlan)).toBeLessThan(0.1);
  });

  it('begins with its place in the file, which is right behind the data, or not far from it', () => {
    const plans = firsts(3_000).filter(isPlan);
    for (const { operation, aux } of plans) {
      const { page, word, value } = operation;
      expect({ page, word, value }).toEqual({ page: 4, word: WORD_AUX_OFFSET, value: aux.offset });
      expect(aux).toMatchObject({ left: 2, proc: 0, fd: 1, page: 4 });
    }
    const offsets = plans.map(({ operation }) => operation.value);
    expect(share(offsets, (offset) => offset === 5)).toBeGreaterThan(0.7);
    expect(values(offsets)).toEqual(through(1, 8));
    expect(share(offsets, (offset) => offset < 5)).toBeLessThan(0.1);
  });

  it('has mostly a power of two of pages, at times any number', () => {
    const sizes = firsts(4_000)
      .filter(isPlan)
      .map(({ aux }) => aux.npages);
    expect(values(sizes)).toEqual(through(1, MAX_RANGE));
    expect(share(sizes, (npages) => [1, 2, 4, 8].includes(npages))).toBeGreaterThan(0.9);
    expect(share(sizes, (npages) => npages === 8)).toBeGreaterThan(0.15);
  });

  it('is not begun without a buffer, or where the control page is not mapped', () => {
    expect(
      share(
        firsts(300, () => {}, 'open fd=1 flags=aux'),
        isPlan,
      ),
    ).toBe(0);
    expect(
      share(
        firsts(300, ({ aux }) => aux.mapped(0, 1, 5)),
        isPlan,
      ),
    ).toBe(0);
  });

  it('is not begun for an event without a buffer on the control page of another event', () => {
    const other = `
      open fd=1 flags=aux
      open fd=0
      mmap fd=0 page=4 npages=5 prot=read+write`;
    expect(
      share(
        firsts(300, () => {}, other),
        isPlan,
      ),
    ).toBe(0);
  });

  it('is then given its size and mapped there, whatever else the sequence does in between', () => {
    const draft = capable({ populate: ALWAYS, private: ALWAYS });
    draft.aux.start(0, 1, 4, 5, 2);
    draft.proc = 1;
    const [size, mapping] = drawn(draft, drawPlanned, 2);
    expect(size).toMatchObject({ kind: OP.store, proc: 0, page: 4, word: WORD_AUX_SIZE, value: 2 });
    expect(mapping).toMatchObject({
      kind: OP.mmap,
      proc: 0,
      fd: 1,
      npages: 2,
      flags: MMAP_POPULATE | MMAP_PRIVATE,
      pgoff: 5,
    });
    expect(draft.aux.left).toBe(0);
  });

  it('is mapped once more in about half of the cases when the event was given one', () => {
    const given = firsts(2_000, ({ aux }) => {
      aux.start(0, 1, 4, 7, 2);
      aux.left = 0;
    });
    const again = ({ operation: { kind, pgoff, npages } }: First): boolean =>
      kind === OP.mmap && pgoff === 7 && npages === 2;
    expect(share(given, again)).toBeGreaterThan(0.2);
    expect(share(given, isPlan)).toBeGreaterThan(0.2);
    expect(share(firsts(2_000), again)).toBeLessThan(0.01);
  });

  it('has the pages that it is mapped over looked at again', () => {
    for (let seed = 0; seed < 40; seed++) {
      const draft = capable({ over: ALWAYS });
      draft.rng.seed(seed, 1);
      draft.aux.start(0, 1, 4, 5, 8);
      draft.aux.left = 1;
      draft.known.view = draftAfter('').known.view;
      const [{ page }] = drawn(draft, drawPlanned, 1);
      draft.known.refresh(0);
      expect(draft.known.mapped[0] & (0xff << page)).toBe(0);
    }
  });
});

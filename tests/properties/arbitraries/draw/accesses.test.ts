import { describe, expect, it } from 'vitest';
import { OP_WIDTH } from '#model/alphabet/bounds';
import { STORE_WORD, STORED, TOKEN, WORD_SCRATCH, WORDS } from '#model/alphabet/operands';
import { OP } from '#model/alphabet/operations';
import {
  type Drawer,
  drawFutex,
  drawStore,
  onPage,
  onWord,
  readOf,
  withToken,
  writeTo,
} from '#properties/arbitraries/draw/accesses';
import { DRAWERS } from '#properties/arbitraries/draw/index';
import { ALWAYS, draftAfter, drawn, share, through, values } from '../drafts.js';

/** A mapping at the first page of the arena, so that the page is not told from none by luck. */
const ONE_PAGE = 'mmap fd=-1 page=0 npages=1 prot=read+write';
/** The same, and a child that has another page. */
const FAMILY = `fork child=2
  2: mmap fd=-1 page=5 npages=1 prot=read
  ${ONE_PAGE}`;

const TOKENS = through(TOKEN.min, TOKEN.max);

const OWN: readonly (readonly [string, number, Drawer])[] = [
  ['store', OP.store, drawStore],
  ['fetch', OP.fetch, onPage(OP.fetch)],
  ['load', OP.load, onWord(OP.load)],
  ['xchg', OP.xchg, withToken(OP.xchg)],
  ['futex', OP.futex, drawFutex],
];

const OTHERS = [
  ['vm_readv', OP.vm_readv],
  ['vm_writev', OP.vm_writev],
  ['ptrace_peek', OP.ptrace_peek],
  ['ptrace_poke', OP.ptrace_poke],
  ['mem_read', OP.mem_read],
  ['mem_write', OP.mem_write],
] as const;

describe('accesses to own memory', () => {
  it.each(OWN)('%s is drawn where there is a page, and not where there is none', (_, kind, drawer) => {
    const found = drawn(draftAfter(ONE_PAGE), drawer, 50);
    expect(found.length).toBe(50);
    expect(values(found.map((each) => each.kind))).toEqual([kind]);
    expect(values(found.map(({ page }) => page))).toEqual([0]);
    expect(drawn(draftAfter(''), drawer, 50)).toEqual([]);
  });

  it('are to the word without meaning unless the sequence is about the kernel’s words', () => {
    const plain = drawn(draftAfter(ONE_PAGE), onWord(OP.load));
    expect(values(plain.map(({ word }) => word))).toEqual([WORD_SCRATCH]);
    const words = drawn(draftAfter(ONE_PAGE, { words: ALWAYS }), onWord(OP.load));
    expect(values(words.map(({ word }) => word))).toEqual(through(0, WORDS - 1));
  });

  it('store a token in the word without meaning, and mostly a number of pages in the kernel’s', () => {
    const plain = drawn(draftAfter(ONE_PAGE), drawStore, 1_000);
    expect(values(plain.map(({ word }) => word))).toEqual([WORD_SCRATCH]);
    expect(values(plain.map(({ value }) => value))).toEqual(TOKENS);
    const words = drawn(draftAfter(ONE_PAGE, { words: ALWAYS }), drawStore, 2_000);
    expect(values(words.map(({ word }) => word))).toEqual(through(0, STORE_WORD.max));
    expect(values(words.map(({ value }) => value))).toEqual(through(STORED.min, STORED.max));
    expect(share(words, ({ value }) => value < 16)).toBeGreaterThan(0.7);
  });

  it('put any token into memory, and wait on it in both scopes', () => {
    const tokens = drawn(draftAfter(ONE_PAGE), withToken(OP.xchg), 1_000);
    expect(values(tokens.map(({ value }) => value))).toEqual(TOKENS);
    expect(values(drawn(draftAfter(ONE_PAGE), drawFutex).map(({ scope }) => scope))).toEqual([0, 1]);
  });
});

describe('accesses to the memory of other processes', () => {
  it.each(OTHERS)('%s names a page of the process that it names', (name, kind) => {
    const found = drawn(draftAfter(FAMILY), DRAWERS[kind]);
    expect(found.length).toBe(400);
    expect(values(found.map((each) => each.kind))).toEqual([kind]);
    const others = found.filter(({ target }) => target === 2);
    expect(values(others.map(({ page }) => page))).toEqual([5]);
    // /proc/PID/mem can be one's own, for the others a target has to be another process.
    const own = found.filter(({ target }) => target === 0);
    expect(own.length > 100).toBe(name.startsWith('mem_'));
    expect(values(own.map(({ page }) => page))).toEqual(name.startsWith('mem_') ? [0] : []);
    expect(others.length).toBeGreaterThan(100);
  });

  it.each(OTHERS)(
    '%s is drawn on the own process, where that is allowed and nobody else lives',
    (name, kind) => {
      const found = drawn(draftAfter(ONE_PAGE), DRAWERS[kind], 50);
      expect(found.length).toBe(name.startsWith('mem_') ? 50 : 0);
      expect(found.every(({ target, page }) => target === 0 && page === 0)).toBe(true);
    },
  );

  it.each(OTHERS)('%s is not drawn where no process has memory', (_, kind) => {
    expect(drawn(draftAfter('fork child=1'), DRAWERS[kind], 50)).toEqual([]);
  });

  it.each(OTHERS)('%s is drawn on the first page of another process', (_, kind) => {
    const script = `fork child=1
      1: ${ONE_PAGE}`;
    const found = drawn(draftAfter(script), DRAWERS[kind]).filter(({ target }) => target === 1);
    expect(found.length).toBeGreaterThan(100);
    expect(found.every(({ page }) => page === 0)).toBe(true);
  });

  it.each(OTHERS)('%s by another process can be of the first one', (name, kind) => {
    const draft = draftAfter(FAMILY);
    draft.proc = 2;
    const targets = values(drawn(draft, DRAWERS[kind]).map(({ target }) => target));
    expect(targets).toEqual(name.startsWith('mem_') ? [0, 2] : [0]);
  });

  it.each(OTHERS)('%s looks at the memory of that process, which may have changed', (_, kind) => {
    const draft = draftAfter(FAMILY);
    draft.begin(new Int32Array(OP_WIDTH), 0);
    draft.known.view = draftAfter('').known.view;
    draft.known.forget();
    for (let i = 0; i < 20; i++) expect(DRAWERS[kind](draft)).toBe(false);
  });

  it('read every word where a sequence is about words, and write tokens', () => {
    const read = drawn(draftAfter(FAMILY, { words: ALWAYS }), readOf(OP.vm_readv, false));
    expect(values(read.map(({ word }) => word))).toEqual(through(0, WORDS - 1));
    const written = drawn(draftAfter(FAMILY), writeTo(OP.vm_writev, false), 1_000);
    expect(values(written.map(({ value }) => value))).toEqual(TOKENS);
  });
});

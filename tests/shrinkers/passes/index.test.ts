import { describe, expect, it } from 'vitest';
import type { Pass } from '#shrinkers/edit';
import * as addresses from '#shrinkers/passes/addresses';
import * as aux from '#shrinkers/passes/aux';
import * as drop from '#shrinkers/passes/drop';
import * as environment from '#shrinkers/passes/environment';
import * as fold from '#shrinkers/passes/fold';
import { PASSES } from '#shrinkers/passes/index';
import * as kinds from '#shrinkers/passes/kinds';
import * as merge from '#shrinkers/passes/merge';
import * as names from '#shrinkers/passes/names';
import * as operands from '#shrinkers/passes/operands';
import * as reorder from '#shrinkers/passes/reorder';
import * as sizes from '#shrinkers/passes/sizes';
import * as together from '#shrinkers/passes/together';
import * as trade from '#shrinkers/passes/trade';
import { read, told } from '../traces.js';

const FILES = [
  addresses,
  aux,
  drop,
  environment,
  fold,
  kinds,
  merge,
  names,
  operands,
  reorder,
  sizes,
  together,
  trade,
];

/** A trace of so many operations, for which every pass has something to propose. */
const trace = (length: number) => read(['mmap 0 -1 1 2 3', ...Array(length - 1).fill('maps 0')].join('; '));

/** What a pass proposes for it. */
const proposed = (pass: Pass, length: number): unknown[] =>
  [...pass(trace(length))].map((each) => [told(each), each.env]);

describe('the passes', () => {
  const { lowerTogether, exchangeOperands, shortenWithLimits } = together;
  const { dropAndChange, cheapenAndChange } = trade;
  const forShort: readonly Pass[] = [
    lowerTogether,
    exchangeOperands,
    reorder.reorder,
    shortenWithLimits,
    dropAndChange,
    cheapenAndChange,
  ];
  const always = PASSES.slice(0, -forShort.length);

  it('are all that there are, each once', () => {
    const all: Pass[] = FILES.flatMap((file) => Object.values(file));
    expect(new Set(always)).toEqual(new Set(all.filter((pass) => !forShort.includes(pass))));
    expect(PASSES.length).toBe(all.length);
  });

  it('begin with what takes most away', () => {
    expect(PASSES[0]).toBe(drop.dropChunks);
  });

  it('change two places at once in traces of at most 10 operations, at the end', () => {
    const last = PASSES.slice(-forShort.length);
    for (const [i, pass] of last.entries()) {
      expect(proposed(pass, 10)).toEqual(proposed(forShort[i], 10));
      expect(proposed(forShort[i], 11).length).toBeGreaterThan(0);
      expect(proposed(pass, 11)).toEqual([]);
    }
  });
});

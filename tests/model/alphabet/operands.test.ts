import { describe, expect, it } from 'vitest';
import { PAGE_SIZE } from '#model/alphabet/bounds';
import * as operands from '#model/alphabet/operands';

const NUMBERS: Readonly<Record<string, unknown>> = operands;

/** Names of a domain, with the number that a constant of this prefix gives to each. */
function numbersOf({ names = [] }: operands.Domain, prefix: string): unknown[] {
  return names.map((name) => NUMBERS[`${prefix}_${name.toUpperCase()}`]);
}

describe('operands', () => {
  it('that are bits have the bit of their name for a constant', () => {
    const domains: [operands.Domain, string][] = [
      [operands.PROT, 'PROT'],
      [operands.OPEN_FLAGS, 'OPEN'],
      [operands.MMAP_FLAGS, 'MMAP'],
    ];
    for (const [domain, prefix] of domains) {
      const numbers = numbersOf(domain, prefix);
      expect(numbers).toEqual(numbers.map((_, i) => 1 << i));
      expect(domain).toMatchObject({ kind: 'bits', min: 0, max: (1 << numbers.length) - 1 });
    }
  });

  it('that are a choice have the place of their name for a constant', () => {
    const domains: [operands.Domain, string][] = [
      [operands.MREMAP_MODE, 'MREMAP'],
      [operands.WORD, 'WORD'],
      [operands.INJECT_SITE, 'INJECT'],
    ];
    for (const [domain, prefix] of domains) {
      const numbers = numbersOf(domain, prefix);
      expect(numbers).toEqual([...numbers.keys()]);
      expect(domain).toMatchObject({ kind: 'choice', min: 0, max: numbers.length - 1 });
    }
  });

  it('that are a word lie in its page, none over another', () => {
    const { WORD, WORD_BYTE, WORDS, STORE_WORD } = operands;
    expect(WORD.names).toHaveLength(WORDS);
    expect(new Set(WORD_BYTE).size).toBe(WORDS);
    for (const byte of WORD_BYTE) {
      expect(byte % 8).toBe(0);
      expect(byte).toBeLessThan(PAGE_SIZE);
    }
    // The number of a word is the same whether it is loaded or stored.
    expect(WORD.names?.slice(0, STORE_WORD.names?.length)).toEqual(STORE_WORD.names);
  });

  it('that are an advice have a number of the kernel each', () => {
    const { ADVICE, ADVICE_VALUE } = operands;
    expect(new Set(ADVICE_VALUE).size).toBe(ADVICE.names?.length);
    const value = (name: string) => ADVICE_VALUE[ADVICE.names?.indexOf(name) ?? -1];
    // include/uapi/asm-generic/mman-common.h
    expect([value('DONTNEED'), value('DONTFORK'), value('POPULATE_WRITE'), value('HWPOISON')]).toEqual([
      4, 10, 23, 100,
    ]);
  });
});

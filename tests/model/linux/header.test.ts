// The header that is generated for the agent, read back as a C compiler would.
import { describe, expect, it } from 'vitest';
import * as bounds from '#model/alphabet/bounds';
import * as observations from '#model/alphabet/observations';
import type { Domain } from '#model/alphabet/operands';
import * as operands from '#model/alphabet/operands';
import { OP, OP_NAMES, OPERATIONS } from '#model/alphabet/operations';
import { ALPHABET_HASH, alphabetHeader } from '#model/linux/header';
import { PROTOCOL } from '#model/linux/protocol';

const header = (): string => alphabetHeader();
const numbers = (): ReadonlyMap<string, number> =>
  new Map(
    [...header().matchAll(/^#define A_(\w+) (-?\d+)$/gm)].map(([, name, value]) => [name, Number(value)]),
  );
/** The rows of a table, as text between its braces. */
const table = (name: string): string | undefined =>
  new RegExp(`^static const (.*) ${name}\\[(.*)\\] = \\{(.*)\\};$`, 'm').exec(header())?.slice(1).join(' | ');

describe('the header of the agent', () => {
  it('has each number of the alphabet and of the protocol under its name', () => {
    const found = numbers();
    for (const module of [bounds, observations, operands])
      for (const [name, value] of Object.entries(module))
        if (typeof value === 'number') expect([name, found.get(name)]).toEqual([name, value]);
    for (const [name, value] of Object.entries(PROTOCOL))
      expect([name, found.get(`FRAME_${name}`)]).toEqual([name, value]);
  });

  it('has the bounds of each domain', () => {
    const found = numbers();
    const isDomain = (value: unknown): value is Domain =>
      typeof value === 'object' && value !== null && !Array.isArray(value);
    const domains = Object.entries(operands).filter(([, value]) => isDomain(value)) as [string, Domain][];
    expect(domains.length).toBeGreaterThan(20);
    for (const [name, { min, max }] of domains)
      expect([name, found.get(`${name}_MIN`), found.get(`${name}_MAX`)]).toEqual([name, min, max]);
  });

  it('says the number of each operation and where its operands are, behind the process', () => {
    const found = numbers();
    expect(found.get('KINDS')).toBe(OP_NAMES.length);
    for (const name of OP_NAMES) {
      expect(found.get(`OP_${name.toUpperCase()}`)).toBe(OP[name]);
      Object.keys(OPERATIONS[name].operands).forEach((operand, i) => {
        expect(found.get(`${name.toUpperCase()}_AT_${operand.toUpperCase()}`)).toBe(2 + i);
      });
    }
  });

  it('has tables of what operations are called and what their operands may be', () => {
    expect(table('A_NAME')).toBe(`char *const | A_KINDS | ${OP_NAMES.map((name) => `"${name}"`).join(', ')}`);
    expect(table('A_OPERANDS')).toMatch(/^int \| A_KINDS \| 3, 1, 2, 2, 1, 6, /);
    // Of `open`: a slot, four flags, a slot or none; and no more operands.
    expect(table('A_MIN')).toMatch(/^int \| A_KINDS\]\[A_MAX_OPERANDS \| \{0, 0, -1, 0, 0, 0\}, /);
    expect(table('A_MAX')).toMatch(/^int \| A_KINDS\]\[A_MAX_OPERANDS \| \{3, 15, 3, 0, 0, 0\}, /);
    expect(table('A_WORD_BYTE')).toBe(`int | A_WORDS | ${operands.WORD_BYTE.join(', ')}`);
    expect(table('A_ADVICE_VALUE')).toBe(`int |  | ${operands.ADVICE_VALUE.join(', ')}`);
  });

  it('may be included twice, and defines nothing but names that begin with A_', () => {
    const lines = header().split('\n');
    expect(lines.slice(0, 2)).toEqual(['#ifndef ALPHABET_H', '#define ALPHABET_H']);
    expect(lines.slice(-2)).toEqual(['#endif', '']);
    const named = /^(#define A_\w+ -?\d+|static const (int|char \*const) A_\w+\[.*\};)$/;
    for (const line of lines.slice(2, -2)) expect(line).toMatch(named);
  });

  it('has a positive number over all of it, the same each time', () => {
    expect(numbers().get('HASH')).toBe(ALPHABET_HASH);
    expect(ALPHABET_HASH).toBeGreaterThan(0);
    expect(header()).toBe(header());
  });
});

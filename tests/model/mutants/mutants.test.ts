import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { advance } from '#model/designs/advance';
import { demand_fault } from '#model/designs/demand-fault';
import { DESIGNS, type Design } from '#model/designs/index';
import { INTERLEAVINGS, MUTANTS } from '#model/mutants/index';

const SOURCE = new URL('../../../model/mutants/', import.meta.url);
const BASES = [advance, demand_fault];

/** Files that are no mutant: what several mutants of a family differ in alike. */
const SHARED = ['index.ts', 'inserting.ts'];

const files = readdirSync(SOURCE, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .flatMap(({ name }) =>
    readdirSync(new URL(name, SOURCE))
      .filter((file) => !SHARED.includes(file))
      .map((file) => `${name}/${file}`),
  );

/** Parts of a design in which another one differs, hooks of its mappings one by one. */
function differences(design: Design, base: Design): string[] {
  const flat = (one: Design): Record<string, unknown> => {
    const { id: _id, title: _title, vm_ops, ...rest } = one;
    return { ...rest, ...vm_ops };
  };
  const [a, b] = [flat(design), flat(base)];
  return Object.keys({ ...a, ...b }).filter((key) => a[key] !== b[key]);
}

describe('the mutants', () => {
  it('are one file each, and every file is in the list', () => {
    const concurrent = INTERLEAVINGS.map(({ id }) => `concurrent/${id}.ts`);
    const listed = [...MUTANTS.map(({ family, id }) => `${family}/${id}.ts`), ...concurrent];
    expect(listed.sort()).toEqual(files.sort());
  });

  it('have names of their own', () => {
    const names = [...MUTANTS, ...INTERLEAVINGS, ...DESIGNS].map(({ id }) => id);
    expect(new Set(names).size).toBe(names.length);
  });

  it.each(MUTANTS)('$id differs from its base in a few hooks', ({ design, base, defect }) => {
    const from = BASES.find(({ id }) => id === base);
    if (from === undefined) throw new Error(`${base} is no intended design`);
    const differs = differences(design, from);
    expect(differs.length).toBeGreaterThan(0);
    expect(differs.length).toBeLessThanOrEqual(3);
    expect(design.title).toBe(defect);
  });

  it.each([...MUTANTS, ...INTERLEAVINGS])(
    '$id says where it is known from, what is wrong and what comes of it',
    ({ id, source, defect, shows, family, needs, base, design }) => {
      expect(source).toMatch(/^\w/);
      expect(defect).toMatch(/^[A-Za-z].*\.$/);
      expect(shows).toMatch(/^[a-zA-Z].*[^.]$/);
      expect(readdirSync(SOURCE)).toContain(family);
      expect(['sequence', 'injection', 'interleaving']).toContain(needs);
      expect(BASES.map((each) => each.id)).toContain(base);
      expect([design.id, design.title]).toEqual([id, defect]);
    },
  );

  it('that need interleavings are listed and nothing else', () => {
    expect(INTERLEAVINGS.length).toBeGreaterThan(0);
    expect(INTERLEAVINGS.every(({ needs }) => needs === 'interleaving')).toBe(true);
    expect(MUTANTS.some(({ needs }) => needs === 'interleaving')).toBe(false);
  });
});

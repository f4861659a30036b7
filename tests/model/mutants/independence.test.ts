// What is searched for may decide nothing about the search: taken away, it is not missed.
import { spawnSync } from 'node:child_process';
import { appendFileSync, cpSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '../../..');
const FAMILIES = readdirSync(join(ROOT, 'model/mutants'), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

describe('generators, bounds and invariants', () => {
  let whole = '';
  const copies: string[] = [];

  /** A copy of the compiled product without one folder of its mutants. */
  function copyWithout(folder?: string): string {
    const copy = mkdtempSync(join(tmpdir(), 'mapahead-mutants-'));
    copies.push(copy);
    for (const part of ['model', 'properties', 'shrinkers'])
      cpSync(join(ROOT, 'dist', part), join(copy, 'dist', part), { recursive: true });
    cpSync(join(ROOT, 'package.json'), join(copy, 'package.json'));
    cpSync(join(import.meta.dirname, 'fixture/probe.mjs'), join(copy, 'probe.mjs'));
    symlinkSync(join(ROOT, 'node_modules'), join(copy, 'node_modules'));
    if (folder !== undefined) rmSync(join(copy, 'dist/model/mutants', folder), { recursive: true });
    return copy;
  }

  function probe(copy: string): { status: number | null; out: string; err: string } {
    const ran = spawnSync(process.execPath, ['probe.mjs'], { cwd: copy, encoding: 'utf8' });
    return { status: ran.status, out: ran.stdout, err: ran.stderr };
  }

  beforeAll(() => {
    const { status, out, err } = probe(copyWithout());
    expect(status, err).toBe(0);
    expect(out).toMatch(/^[0-9a-f]{64}\n$/);
    whole = out;
  }, 120_000);

  afterAll(() => {
    for (const copy of copies) rmSync(copy, { recursive: true, force: true });
  }, 120_000);

  it.each(['.', ...FAMILIES])(
    'are the same without model/mutants/%s',
    (family) => {
      const { status, out, err } = probe(copyWithout(family));
      expect(status, err).toBe(0);
      expect(out).toBe(whole);
    },
    120_000,
  );

  it('would be seen to depend on one', () => {
    const copy = copyWithout('rejected');
    appendFileSync(
      join(copy, 'dist/properties/arbitraries/weights.js'),
      "\nimport { MUTANTS } from '../../model/mutants/index.js';\nWEIGHTS.mmap = MUTANTS.length;\n",
    );
    expect(probe(copy).err).toContain('ERR_MODULE_NOT_FOUND');
  }, 120_000);
});

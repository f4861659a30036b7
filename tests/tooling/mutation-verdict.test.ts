import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '../..');

interface Survivor {
  readonly file: string;
  readonly was: string;
  readonly becomes: string;
  readonly reason: string;
}
interface Settings {
  readonly goal: number;
  readonly parts: Record<string, { ci?: boolean; mutate: string[]; tests: string[] }>;
  readonly survivors: readonly Survivor[];
}

const settings: Settings = JSON.parse(readFileSync(join(ROOT, 'mutation.json'), 'utf8'));

type Verdict = (
  name: string,
  report: unknown,
  survivors: readonly Survivor[],
  goal: number,
) => { text: string; passed: boolean };

const { verdictOn }: { verdictOn: Verdict } = await import(join(ROOT, 'scripts/mutation-verdict.mjs'));

const SOURCE = 'const a = 1;\nif (a === 1 &&\n  b) f();\n';
const change = (status: string, replacement = 'false') => ({
  status,
  replacement,
  location: { start: { line: 2, column: 5 }, end: { line: 3, column: 4 } },
});
const report = (...mutants: object[]) => ({ files: { 'model/a.ts': { source: SOURCE, mutants } } });
const known = { file: 'model/a.ts', was: 'a === 1 &&\n  b', becomes: 'false', reason: 'why' };

describe('the verdict on a mutation report', () => {
  it('counts what was noticed', () => {
    const mutants = [change('Killed'), change('Timeout'), change('CompileError'), change('Ignored')];
    expect(verdictOn('part', report(...mutants), [], 95)).toEqual({
      text: 'part: 2 of 2 noticed, 100.0 %',
      passed: true,
    });
  });

  it('fails below the goal, explained or not', () => {
    const { text, passed } = verdictOn('part', report(change('Killed'), change('Survived')), [known], 95);
    expect([text, passed]).toEqual(['part: 1 of 2 noticed, 50.0 %, below 95 %', false]);
  });

  it.each(['Survived', 'NoCoverage'])('fails for a change that %s without a reason', (status) => {
    const { text, passed } = verdictOn('part', report(change('Killed'), change(status)), [], 50);
    expect(passed).toBe(false);
    expect(text).toContain('no reason: model/a.ts:2: a === 1 &&\n  b -> false');
    expect(verdictOn('part', report(change('Killed'), change(status)), [known], 50).passed).toBe(true);
    const other = { ...known, becomes: 'true' };
    expect(verdictOn('part', report(change('Killed'), change(status)), [other], 50).passed).toBe(false);
  });

  it('fails for a reason that is no longer needed, in the files that were run', () => {
    const { text, passed } = verdictOn('part', report(change('Killed')), [known], 95);
    expect([passed, text]).toEqual([false, expect.stringContaining('no longer survives: model/a.ts')]);
    expect(verdictOn('part', report(change('Killed')), [{ ...known, file: 'b.ts' }], 95).passed).toBe(true);
  });

  it('fails when nothing was judged', () => {
    expect(verdictOn('part', { files: {} }, [], 95).passed).toBe(false);
  });
});

/** A file, or a folder with files of this ending. */
function isThere(pattern: string): boolean {
  const [, folder, ending] = /^(.*?)(?:\/\*\*)?\/\*(?:-\*)?(\.[.a-z]+)$/.exec(pattern) ?? [];
  if (folder === undefined || ending === undefined) return existsSync(join(ROOT, pattern));
  return readdirSync(join(ROOT, folder)).some((file) => file.endsWith(ending));
}

describe('mutation.json', () => {
  it.each(Object.entries(settings.parts))('%s names files that are there', (_name, { mutate, tests }) => {
    for (const pattern of [...mutate, ...tests]) expect(isThere(pattern), pattern).toBe(true);
  });

  it('has a part for CI, and a reason for each survivor', () => {
    expect(Object.values(settings.parts).some(({ ci }) => ci === true)).toBe(true);
    for (const { file, was, reason } of settings.survivors) {
      expect(reason.length, file).toBeGreaterThan(10);
      expect(readFileSync(join(ROOT, file), 'utf8'), file).toContain(was);
    }
  });
});

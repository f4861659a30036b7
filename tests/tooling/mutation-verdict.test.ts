import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '../..');

interface Survivor {
  readonly file: string;
  readonly was: string;
  readonly becomes: string;
  readonly reason: string;
}
interface Part {
  readonly ci?: boolean;
  readonly mutate: readonly string[];
  readonly tests: readonly string[];
  readonly survivors: readonly Survivor[];
}

const parts: readonly (readonly [string, Part])[] = readdirSync(join(ROOT, 'mutation')).map((file) => [
  basename(file, '.json'),
  JSON.parse(readFileSync(join(ROOT, 'mutation', file), 'utf8')),
]);

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
      text: 'part: 2 of 2 noticed (1 without an end), 100.0 %',
      passed: true,
    });
  });

  it('fails below the goal, explained or not', () => {
    const { text, passed } = verdictOn('part', report(change('Killed'), change('Survived')), [known], 95);
    expect([text, passed]).toEqual(['part: 1 of 2 noticed (0 without an end), 50.0 %, below 95 %', false]);
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

/** Files of a folder, `**` for those of its folders, too, whose name may have `*` in it. */
function filesOf(pattern: string): string[] {
  const folder = dirname(pattern);
  const deep = basename(folder) === '**';
  const root = deep ? dirname(folder) : folder;
  const name = new RegExp(`^${basename(pattern).replaceAll('.', '\\.').replaceAll('*', '.*')}$`);
  return readdirSync(join(ROOT, root), { recursive: deep, encoding: 'utf8' })
    .filter((file) => name.test(basename(file)))
    .map((file) => join(root, file));
}

/** What a part changes: a pattern with `!` in front takes files away. */
function changed({ mutate }: Part): string[] {
  const without = mutate.filter((pattern) => pattern.startsWith('!')).map((pattern) => pattern.slice(1));
  return mutate
    .filter((pattern) => !pattern.startsWith('!'))
    .flatMap(filesOf)
    .filter((file) => !without.includes(file));
}

describe('the parts of the code mutation', () => {
  it.each(parts)('%s names files that are there', (_name, { mutate, tests }) => {
    for (const pattern of [...mutate, ...tests])
      expect(filesOf(pattern.replace(/^!/, '')), pattern).not.toEqual([]);
  });

  it.each(parts)('%s has a reason for each survivor', (_name, part) => {
    const own = changed(part);
    for (const { file, was, reason } of part.survivors) {
      expect(own).toContain(file);
      expect(reason.length, file).toBeGreaterThan(10);
      expect(readFileSync(join(ROOT, file), 'utf8'), file).toContain(was);
    }
  });

  it('change no file twice', () => {
    const all = parts.flatMap(([, part]) => changed(part));
    expect(all.filter((file, i) => all.indexOf(file) !== i)).toEqual([]);
  });

  it('leave no file out', () => {
    const all = parts.flatMap(([, part]) => changed(part));
    const sources = ['model/**/*.ts', 'properties/**/*.ts', 'shrinkers/**/*.ts'].flatMap(filesOf);
    expect(sources.length).toBeGreaterThan(300);
    expect(sources.filter((file) => !all.includes(file))).toEqual([]);
  });

  it('have something for CI', () => {
    expect(parts.some(([, { ci }]) => ci === true)).toBe(true);
  });
});

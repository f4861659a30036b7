import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { runScript, scratch } from './scratch.js';

interface Hits {
  functions: number[];
  branches: number[];
}

const SOURCE = 'export const a = 1;\n';
const FULL: Hits = { functions: [1, 1], branches: Array(20).fill(1) };

const at = (line: number): { loc: { start: { line: number } } } => ({ loc: { start: { line } } });

/** An entry of the Istanbul format: each hit lies on a line of its own, the functions first. */
function entry({ functions, branches }: Hits): object {
  return {
    s: functions,
    statementMap: functions.map((_, index) => at(index + 1).loc),
    f: functions,
    b: branches.map((hits) => [hits]),
    branchMap: branches.map((_, index) => at(functions.length + index + 1)),
  };
}

function judge(sources: Record<string, string>, report: Record<string, Hits>): ReturnType<typeof runScript> {
  const folder = scratch({ ...sources, 'coverage/coverage-final.json': '' });
  const entries = Object.entries(report).map(([path, hits]) => [join(folder, path), entry(hits)]);
  writeFileSync(join(folder, 'coverage/coverage-final.json'), JSON.stringify(Object.fromEntries(entries)));
  return runScript('check-coverage.mjs', folder);
}

it('accepts 100 % of the functions and 95 % of the branches', () => {
  const branches = [0, ...Array(19).fill(1)];
  const { status, stdout } = judge({ 'model/a.ts': SOURCE }, { 'model/a.ts': { functions: [1], branches } });
  expect(stdout).toContain('(none)');
  expect(status).toBe(0);
});

it('rejects less than 95 % of the branches and names the lines', () => {
  const branches = [1, 0, 0, ...Array(17).fill(1)];
  const { status, stdout } = judge({ 'model/a.ts': SOURCE }, { 'model/a.ts': { functions: [1], branches } });
  expect(stdout).toMatch(/model\/a\.ts.*90\.0% \(18\/20\) {2}lines 3-4/);
  expect(status).toBe(1);
});

it('rejects one function that no test calls', () => {
  const report = { 'model/a.ts': FULL, 'model/b.ts': { functions: [1, 0], branches: [1] } };
  const { status, stdout } = judge({ 'model/a.ts': SOURCE, 'model/b.ts': SOURCE }, report);
  expect(stdout).toMatch(/model\/b\.ts.*50\.0% \(1\/2\)/);
  expect(stdout).not.toMatch(/model\/a\.ts/);
  expect(status).toBe(1);
});

it('rejects a file that the report does not know', () => {
  const { status, stdout } = judge({ 'model/a.ts': SOURCE, 'model/b.ts': SOURCE }, { 'model/a.ts': FULL });
  expect(stdout).toMatch(/model\/b\.ts.*not in the report/);
  expect(status).toBe(1);
});

it('has nothing to say about files of types and about other folders', () => {
  const sources = {
    'model/a.ts': SOURCE,
    'model/types.ts': 'export type A = 1;\n',
    'dist/model/types.js': '// types\nexport {};\n//# sourceMappingURL=types.js.map\n',
    'cli/main.ts': SOURCE,
  };
  expect(judge(sources, { 'model/a.ts': FULL })).toMatchObject({ status: 0, stderr: '' });
});

it('needs no report as long as there is no code', () => {
  expect(runScript('check-coverage.mjs', scratch({ 'README.md': '' }))).toMatchObject({ status: 0 });
});

it('rejects a missing report', () => {
  expect(runScript('check-coverage.mjs', scratch({ 'model/a.ts': SOURCE }))).toMatchObject({ status: 1 });
});

import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

interface Violation {
  from: string;
  rule: { name: string };
}

/** One forbidden import for each rule: the file that gets it, and what it imports. */
const FORBIDDEN: Record<string, { file: string; imports: string }> = {
  'no-cycles': { file: 'model/mm/planted-cycle-a.ts', imports: './planted-cycle-b.js' },
  'model-stands-alone': { file: 'model/mm/planted-upward.ts', imports: '../../reports/planted.js' },
  'spec-knows-the-alphabet-only': { file: 'model/spec/planted-model.ts', imports: '../mm/planted.js' },
  'models-do-not-know-the-spec': { file: 'model/perf/planted-spec.ts', imports: '../spec/planted.js' },
  'alphabet-is-neutral': { file: 'model/alphabet/planted-model.ts', imports: '../mm/planted.js' },
  'nobody-knows-the-mutants': {
    file: 'properties/arbitraries/planted-mutant.ts',
    imports: '../../model/mutants/planted.js',
  },
  'properties-use-the-model': { file: 'properties/planted-report.ts', imports: '../reports/planted.js' },
  'shrinkers-use-the-alphabet': { file: 'shrinkers/planted-cli.ts', imports: '../cli/planted.js' },
  'reports-use-the-model': { file: 'reports/planted-shrinker.ts', imports: '../shrinkers/planted.js' },
  'page-is-built-alone': { file: 'cli/planted-page.ts', imports: '../reports/page/planted.js' },
  'nothing-imports-bench-or-tests': { file: 'cli/planted-bench.ts', imports: '../bench/planted.js' },
  'terminal-libraries-stay-outside': { file: 'reports/planted-commander.ts', imports: 'commander' },
  'product-needs-runtime-packages-only': { file: 'cli/planted-dev.ts', imports: 'vitest' },
  'imports-exist': { file: 'cli/planted-nowhere.ts', imports: './no-such-file.js' },
};

const FOLDERS = ['model', 'properties', 'shrinkers', 'reports', 'cli', 'bench', 'tests'];
const CONFIGURATION = ['.dependency-cruiser.cjs', 'package.json', 'tsconfig.json'];

const root = join(import.meta.dirname, '..');

function violationsIn(project: string): Violation[] {
  const depcruise = join(root, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
  const args = [depcruise, '--config', '.dependency-cruiser.cjs', '--output-type', 'json', '.'];
  const { stdout, stderr } = spawnSync(process.execPath, args, {
    cwd: project,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  if (stdout === '') throw new Error(stderr);
  return JSON.parse(stdout).summary.violations;
}

describe('the dependency rules', () => {
  let copy = '';
  let planted: Violation[] = [];

  function plant(file: string, text: string): void {
    mkdirSync(dirname(join(copy, file)), { recursive: true });
    writeFileSync(join(copy, file), text);
  }

  beforeAll(() => {
    copy = mkdtempSync(join(tmpdir(), 'mapahead-rules-'));
    for (const path of [...CONFIGURATION, ...FOLDERS]) {
      if (existsSync(join(root, path))) cpSync(join(root, path), join(copy, path), { recursive: true });
    }
    symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
    for (const folder of [...FOLDERS, 'model/mm', 'model/spec', 'model/mutants', 'reports/page']) {
      plant(`${folder}/planted.ts`, 'export const planted = 1;\n');
    }
    plant('model/mm/planted-cycle-b.ts', "import './planted-cycle-a.js';\n");
    for (const { file, imports } of Object.values(FORBIDDEN)) plant(file, `import '${imports}';\n`);
    planted = violationsIn(copy);
  });

  afterAll(() => {
    if (copy !== '') rmSync(copy, { recursive: true, force: true });
  });

  it('hold in this project', () => {
    expect(violationsIn(root)).toEqual([]);
  });

  it.each(Object.keys(FORBIDDEN))('%s: a forbidden import is rejected', (name) => {
    const files = planted.filter(({ rule }) => rule.name === name).map(({ from }) => from);
    expect(files).toContain(FORBIDDEN[name]?.file);
  });

  it('are each broken once above', async () => {
    const { default: configuration } = await import(join(root, '.dependency-cruiser.cjs'));
    const names = configuration.forbidden.map((rule: { name: string }) => rule.name);
    expect(names.sort()).toEqual(Object.keys(FORBIDDEN).sort());
  });
});

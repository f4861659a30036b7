// Judges the coverage of model/, from the report that c8 wrote.
// Usage: check-coverage.mjs [folder of the project]
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { countsOf, missingFile, percent, sum } from './coverage-counts.mjs';
import { walk } from './walk.mjs';

const THRESHOLDS = { functions: 100, branches: 95 };

const root = resolve(process.argv[2] ?? join(import.meta.dirname, '..'));
const reportPath = join(root, 'coverage', 'coverage-final.json');

/** A file of types alone compiles to nothing, never runs, and has nothing to cover. */
function hasCode(path) {
  const compiled = join(root, 'dist', path.replace(/\.ts$/, '.js'));
  if (!existsSync(compiled)) return true;
  const code = readFileSync(compiled, 'utf8').replace(/\/\/.*$|\/\*[\s\S]*?\*\//gm, '');
  return code.replace(/export \{\};?/, '').trim() !== '';
}

const isBelow = (counts) =>
  Object.entries(THRESHOLDS).some(([kind, threshold]) => percent(counts[kind]) < threshold);

function row(name, counts, remark) {
  const figures = ['functions', 'branches'].map((kind) => {
    const { covered, total } = counts[kind];
    return `${percent(counts[kind]).toFixed(1)}% (${covered}/${total})`.padStart(20);
  });
  return `${name.padEnd(44)}${figures.join('')}  ${remark}`.trimEnd();
}

function judge(files) {
  const report = existsSync(reportPath) ? JSON.parse(readFileSync(reportPath, 'utf8')) : undefined;
  if (report === undefined) {
    console.error('No coverage report found: run "npm run coverage".');
    return false;
  }
  const counted = files.map((path) => {
    const entry = report[join(root, path)];
    return { path, ...(entry === undefined ? missingFile() : countsOf(entry)) };
  });
  const total = {
    functions: sum(counted.map((file) => file.functions)),
    branches: sum(counted.map((file) => file.branches)),
  };
  const below = counted.filter(isBelow);
  console.log(
    `Coverage of model/, wanted: functions ${THRESHOLDS.functions}%, branches ${THRESHOLDS.branches}%`,
  );
  console.log(
    `${'file below the thresholds'.padEnd(44)}${'functions'.padStart(20)}${'branches'.padStart(20)}  uncovered`,
  );
  for (const file of below) console.log(row(file.path, file, file.uncovered));
  if (below.length === 0) console.log('(none)');
  console.log(row(`all ${counted.length} files`, total, ''));
  return !isBelow(total);
}

const files = walk(root, 'model').filter((path) => path.endsWith('.ts') && hasCode(path));
if (files.length === 0) {
  console.log('Coverage of model/: no code to judge.');
} else if (!judge(files)) {
  console.error('Coverage of model/ is below the thresholds.');
  process.exitCode = 1;
}

import { copyFileSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { runScriptIn, scratch } from './scratch.js';

const ROOT = join(import.meta.dirname, '../..');
const MARKS = ['<!-- kernels: written by npm run kernels; do not edit -->', '<!-- end of kernels -->'];

/** A copy of what the script works on. */
function project(readme: string): string {
  const folder = scratch({ 'README.md': readme });
  for (const name of ['docs', 'scripts']) mkdirSync(join(folder, name));
  copyFileSync(join(ROOT, 'docs/kernels.json'), join(folder, 'docs/kernels.json'));
  copyFileSync(join(ROOT, 'scripts/write-matrix.mjs'), join(folder, 'scripts/write-matrix.mjs'));
  for (const name of ['dist', 'node_modules', 'package.json'])
    symlinkSync(join(ROOT, name), join(folder, name));
  return folder;
}

it('writes the matrix between its marks, and then finds it up to date', () => {
  const folder = project(`before\n${MARKS.join('\nold\n')}\nafter\n`);
  expect(runScriptIn(folder, 'write-matrix.mjs', '--check')).toMatchObject({
    status: 1,
    stderr: 'the matrix of kernels in README.md is not up to date: npm run kernels\n',
  });
  expect(runScriptIn(folder, 'write-matrix.mjs').status).toBe(0);
  const text = readFileSync(join(folder, 'README.md'), 'utf8');
  expect(text).toMatch(/^before\n<!-- kernels.*\n\| `gup-refused` \|.*<!-- end of kernels -->\nafter\n$/s);
  expect(text).not.toContain('old\n');
  expect(runScriptIn(folder, 'write-matrix.mjs', '--check')).toMatchObject({ status: 0, stderr: '' });
});

it('says when there is no place for it, or when what was recorded cannot be read', () => {
  const folder = project('nothing\n');
  expect(runScriptIn(folder, 'write-matrix.mjs', '--check')).toMatchObject({
    status: 1,
    stderr: expect.stringContaining('README.md has no place for the matrix'),
  });
  writeFileSync(join(folder, 'docs/kernels.json'), '{}');
  expect(runScriptIn(folder, 'write-matrix.mjs').status).toBe(1);
});

it('is up to date', () => {
  expect(runScriptIn(ROOT, 'write-matrix.mjs', '--check')).toMatchObject({ status: 0, stderr: '' });
});

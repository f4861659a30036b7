import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const root = join(import.meta.dirname, '..', '..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');

const { dependencies, devDependencies } = JSON.parse(read('package.json'));
const packages: [string, string][] = Object.entries({ ...dependencies, ...devDependencies });

it.each(packages)('%s has one exact version', (_name, version) => {
  expect(version).toMatch(/^\d+\.\d+\.\d+$/);
});

it.each(packages)('%s is justified in docs/DEPENDENCIES.md', (name, version) => {
  const lines = read('docs/DEPENDENCIES.md').split('\n');
  expect(lines.filter((line) => line.startsWith(`- \`${name}\` ${version}: `))).toHaveLength(1);
});

it('docs/DEPENDENCIES.md speaks of no other package', () => {
  const named = [...read('docs/DEPENDENCIES.md').matchAll(/^- `(\S+)` \d/gm)].map(([, name]) => name);
  expect(named.sort()).toEqual(packages.map(([name]) => name).sort());
});

// A compiled file whose source is gone could still be imported, and would be counted as uncovered code.
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { walk } from './walk.mjs';

const root = join(import.meta.dirname, '..');

for (const path of walk(join(root, 'dist'))) {
  const source = path.replace(/\.js(?:\.map)?$/, '.ts');
  if (!existsSync(join(root, source))) rmSync(join(root, 'dist', path));
}

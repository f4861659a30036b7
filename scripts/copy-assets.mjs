// The compiler copies TypeScript only. The Linux agent is C, compiled on the machine that runs it,
// so its sources travel with the compiled program.
import { copyFileSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { walk } from './walk.mjs';

const root = join(import.meta.dirname, '..');

for (const path of [...walk(root, 'model/linux/agent'), ...walk(root, 'reports/reproducers/c')]) {
  if (!/\.[ch]$/.test(path)) continue;
  const target = join(root, 'dist', path);
  mkdirSync(dirname(target), { recursive: true });
  copyFileSync(join(root, path), target);
}

import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach } from 'vitest';

const scripts = join(import.meta.dirname, '..', '..', 'scripts');
const folders: string[] = [];

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** A folder with the given files, removed after the test. */
export function scratch(files: Record<string, string>): string {
  const folder = mkdtempSync(join(tmpdir(), 'mapahead-scratch-'));
  folders.push(folder);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

export function runScript(
  name: string,
  argument: string,
): { status: number | null; stdout: string; stderr: string } {
  return spawnSync(process.execPath, [join(scripts, name), argument], { encoding: 'utf8' });
}

/** Run the copy of a script that stands in this project. */
export function runScriptIn(
  project: string,
  name: string,
  ...args: readonly string[]
): { status: number | null; stdout: string; stderr: string } {
  return spawnSync(process.execPath, ['--preserve-symlinks', join(project, 'scripts', name), ...args], {
    encoding: 'utf8',
  });
}

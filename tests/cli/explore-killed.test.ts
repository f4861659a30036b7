// The real command, killed in the middle: its checkpoint must be whole, and lead to the counts of a search in one go.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, expect, it } from 'vitest';

const MAIN = join(import.meta.dirname, '../../dist/cli/main.js');
const folder = mkdtempSync(join(tmpdir(), 'mapahead-killed-'));
afterAll(() => rmSync(folder, { recursive: true }));

const SEARCH = ['explore', '--bounds', 'small', '--symmetry', 'off', '--json'];

interface Printed {
  readonly closed: boolean;
  readonly states: number;
  readonly seconds?: number;
  readonly bytes?: number;
}

function searched(more: readonly string[]): Omit<Printed, 'seconds' | 'bytes'> {
  const { status, stdout } = spawnSync(process.execPath, [MAIN, ...SEARCH, ...more], { encoding: 'utf8' });
  expect(status).toBe(0);
  const { seconds: _, bytes: __, ...rest } = JSON.parse(stdout) as Printed;
  return rest;
}

/** Start the search, and kill it when it has written another checkpoint. @returns whether it was alive until then */
async function kill(checkpoint: string): Promise<boolean> {
  const child = spawn(
    process.execPath,
    [MAIN, ...SEARCH, '--workers', '2', '--checkpoint', checkpoint, '--checkpoint-every', '0.1'],
    { stdio: 'ignore' },
  );
  const ended = new Promise((resolve) => child.once('exit', (_code, signal) => resolve(signal)));
  while (!existsSync(checkpoint) && child.exitCode === null) await sleep(2);
  child.kill('SIGKILL');
  return (await ended) === 'SIGKILL';
}

it('a search that is killed goes on from its checkpoint to the same counts', async () => {
  const checkpoint = join(folder, 'killed.ckpt');
  expect(await kill(checkpoint)).toBe(true);
  const resumed = searched(['--checkpoint', checkpoint, '--workers', '1']);
  expect(resumed.closed).toBe(true);
  expect(resumed).toEqual(searched([]));
  // What a writing left half done was replaced.
  expect(readdirSync(folder)).toEqual(['killed.ckpt']);
}, 120_000);

import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { advance } from '#model/designs/advance';
import { demand_fault } from '#model/designs/demand-fault';
import { twinBounds } from '#properties/explorer/twin-bounds';
import { search } from './tiny.js';

const TWIN = join(import.meta.dirname, '../../../bench/twin/twin.pml');
const folder = mkdtempSync(join(tmpdir(), 'mapahead-spin-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Descriptors and places of each process, and what Spin counted. */
const SIZES = [
  [1, 1, 152, 1_356],
  [2, 1, 1_444, 19_908],
  [2, 2, 12_006, 210_786],
] as const;

function run(command: string, args: readonly string[]): string {
  const { status, stdout, stderr, error } = spawnSync(command, args, { cwd: folder, encoding: 'utf8' });
  if (error !== undefined || status !== 0)
    throw new Error(`${command}: ${error?.message ?? stdout + stderr}`);
  return stdout;
}

const installed = ['spin', 'gcc'].every((command) => spawnSync(command, ['--version']).error === undefined);

/** States and transitions of the twin, by Spin's exact search. It counts coming to the first state as a transition. */
function countBySpin(fds: number, places: number): { states: number; transitions: number } {
  run('spin', [`-DF=${fds}`, `-DV=${places}`, '-a', TWIN]);
  run('gcc', ['-O2', '-w', '-DSAFETY', '-DNOREDUCE', '-DNOCOMP', '-o', 'pan', 'pan.c']);
  const out = run('./pan', ['-m1000000', '-w20']);
  const number = (pattern: RegExp): number => Number(pattern.exec(out)?.[1]);
  expect(out).toContain('errors: 0');
  return { states: number(/(\d+) states, stored/), transitions: number(/(\d+) transitions/) - 1 };
}

describe('the twin', () => {
  it.each(SIZES)(
    'with %i descriptors and %i places has the states that Spin counted',
    async (fds, places, states, transitions) => {
      const found = await search(advance, twinBounds(fds, places), { symmetry: false });
      expect(found).toMatchObject({ closed: true, states });
      expect(found.transitions - found.skipped).toBe(transitions);
    },
  );

  it('is the same for the other mechanism, since no page is touched', async () => {
    const found = await search(demand_fault, twinBounds(2, 1), { symmetry: false });
    expect(found).toMatchObject({ closed: true, states: 1_444 });
  });

  it.each(SIZES)(
    'with %i descriptors and %i places is counted by Spin now',
    (fds, places, states, transitions) => {
      if (!installed && process.env['CI'] === undefined) {
        console.warn(
          'SPIN IS NOT INSTALLED: nothing confirms the counts of the explorer (Debian packages: spin, gcc)',
        );
        return;
      }
      expect(countBySpin(fds, places)).toEqual({ states, transitions });
    },
  );
});

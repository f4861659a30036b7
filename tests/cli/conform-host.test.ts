// The real command on the real kernel of this machine.
import { spawn, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { release } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { KNOWN_FINDINGS, VARIATION_POINTS } from '#model/spec/index';
import { recordsSchema, versionOf } from '#reports/conformance/record';
import { reportSchema } from '#reports/json/schema';

const ROOT = join(import.meta.dirname, '../..');
const RECORDS = recordsSchema.parse(JSON.parse(readFileSync(join(ROOT, 'docs/kernels.json'), 'utf8')));
const COMMAND = ['dist/cli/main.js', 'conform'];
const OPTIONS = { cwd: ROOT, encoding: 'utf8' as const, env: { ...process.env, NO_COLOR: '1' } };

describe('mapahead conform on the host', { timeout: 600_000 }, () => {
  it('agrees with the specification, and measures again what is recorded of this kernel', () => {
    const args = [
      '--matrix',
      '--source',
      'corpus',
      '--source',
      'random',
      '--runs',
      '200',
      '--seed',
      '7',
      '--json',
    ];
    const { status, stdout, stderr } = spawnSync(process.execPath, [...COMMAND, ...args], OPTIONS);
    expect(status, stderr).toBe(0);
    const { verdicts, kernels = [] } = reportSchema.parse(JSON.parse(stdout));
    expect(verdicts[0]?.system).toBe(`linux-${release()}`);
    expect(verdicts[0]?.sequences).toBeGreaterThan(209);
    const [{ sides, disagreements }] = kernels;
    expect(disagreements).toEqual([]);
    expect(sides.map(({ id }) => id)).toEqual([...VARIATION_POINTS, ...KNOWN_FINDINGS].map(({ id }) => id));

    const recorded = RECORDS.kernels.find((each) => each.release === versionOf(release()));
    for (const { id, measured, expected, notObservable, witness } of sides) {
      // A kernel that nobody has recorded yet has to be on the sides that its release says.
      const before = recorded?.sides.find((each) => each.id === id) ?? { measured: expected };
      if (notObservable === undefined) {
        expect([id, measured]).toEqual([id, before.measured]);
        expect(witness?.repeats).toBe(10);
      } else
        expect([id, notObservable]).toEqual([id, expect.stringMatching(/no PMU|no privilege|no injected/)]);
    }
  });

  it('runs the whole transition cover', () => {
    const args = ['--source', 'cover', '--json'];
    const { status, stdout, stderr } = spawnSync(process.execPath, [...COMMAND, ...args], OPTIONS);
    expect(status, stderr).toBe(0);
    const { kernels = [] } = reportSchema.parse(JSON.parse(stdout));
    const { features = 0, shown = 0, unobserved = 0, otherwise = 0, disagreed } = kernels[0]?.cover ?? {};
    expect(features).toBeGreaterThan(2_000);
    expect(shown + unobserved + otherwise).toBe(features);
    expect(disagreed).toBe(0);
    expect(shown / features).toBeGreaterThan(0.7);
  });

  it('is interrupted by Ctrl-C, and says what it knows by then', async () => {
    const child = spawn(process.execPath, [...COMMAND, '--source', 'random', '--time', '200'], OPTIONS);
    let out = '';
    child.stdout.on('data', (piece: Buffer) => {
      out += piece.toString();
    });
    child.stderr.on('data', (piece: Buffer) => {
      if (piece.toString().includes('random sequences')) child.kill('SIGINT');
    });
    const code = await new Promise((resolve) => child.on('close', resolve));
    expect(code).toBe(130);
    expect(out).toMatch(/incomplete: random: interrupted after [\d,]+ sequences/);
    expect(out).toContain('INTERRUPTED');
  });
});

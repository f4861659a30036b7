// Reproducers beside mapahead itself: random sequences on the kernel of this machine, judged by both. Arguments: sequences, seed.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { release, tmpdir } from 'node:os';
import { join } from 'node:path';
import { openHost } from '../model/linux/host.js';
import { encodeToken } from '../model/trace/token.js';
import { reproducerOf, type Scenario } from '../reports/reproducers/index.js';
import { LENGTH, Recorded } from './recorded.js';

const COMPILER = process.env['CC'] ?? 'cc';
const BATCH = 20;
/** Limits that sequences meet often, and usual ones. */
const STARTS = [
  { gift: 5, rlimit: 6 },
  { gift: 12, rlimit: 6 },
  { gift: 2, rlimit: 3 },
];
const GOAL = 0.99;
const [sequences = 1000, seed = 1] = process.argv.slice(2).map(Number);
const RELEASE = release();
const folder = mkdtempSync(join(tmpdir(), 'mapahead-bench-'));

/** Compile and run it here. */
function ran(scenario: Scenario): { exitCode: number | null; out: string } {
  const [source, program] = [join(folder, 'reproducer.c'), join(folder, 'reproducer')];
  writeFileSync(source, reproducerOf(scenario));
  execFileSync(COMPILER, ['-Wall', '-Wextra', '-Werror', '-o', program, source]);
  const { status, stdout } = spawnSync(program, { encoding: 'utf8', cwd: folder });
  return { exitCode: status, out: stdout.trim() };
}

const verdicts = new Map<string, number>();
let agreed = 0;
let done = 0;
try {
  for (const start of STARTS) {
    const host = await openHost(start);
    const recorded = new Recorded(host);
    const end = Math.round((sequences * (STARTS.indexOf(start) + 1)) / STARTS.length);
    while (done < end) {
      const count = Math.min(BATCH, end - done);
      for (const { trace, recording } of await recorded.drawn(count, seed, done)) {
        const own = recorded.verdict(trace, recording);
        const { exitCode, out } = ran(recorded.asSpecified(trace, recording));
        const key = `mapahead ${own}, reproducer ${exitCode}`;
        verdicts.set(key, (verdicts.get(key) ?? 0) + 1);
        if (own === exitCode) agreed++;
        else process.stderr.write(`\n${key}: ${out}\n${encodeToken(host.id, trace)}\n`);
      }
      done += count;
      process.stderr.write(`\r${done} of ${sequences} sequences, ${agreed} verdicts alike`);
    }
    await host.close();
  }
} finally {
  rmSync(folder, { recursive: true });
}
process.stderr.write('\n');
const share = agreed / done;
const lines = [
  `Verdicts of reproducers and of mapahead on ${RELEASE}, ${done} random sequences of ${LENGTH} operations`,
  `and what closes them, seed ${seed}:`,
  '',
  ...[...verdicts].sort().map(([key, count]) => `  ${key}: ${count}`),
  '',
  `  alike: ${(100 * share).toFixed(1)} %; goal: ${100 * GOAL} % ${share >= GOAL ? 'met' : 'MISSED'}`,
];
process.stdout.write(`${lines.join('\n')}\n`);

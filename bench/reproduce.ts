// Reproducers beside mapahead itself: random sequences on the kernel of this machine, judged by both. Arguments: sequences, seed.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { release, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Recording } from '../model/alphabet/system.js';
import type { Trace } from '../model/alphabet/trace.js';
import { openHost } from '../model/linux/host.js';
import { findingsOfKernel, flavourOfKernel, Spec } from '../model/spec/index.js';
import { encodeToken } from '../model/trace/token.js';
import { expectationsOf, factsOf } from '../properties/checkers/expectations.js';
import { splitObservations } from '../properties/checkers/explain.js';
import { KernelOracle } from '../properties/checkers/kernel-oracle.js';
import { KernelSequences } from '../properties/checkers/kernel-sequences.js';
import { reproducerOf } from '../reports/reproducers/index.js';

const COMPILER = process.env['CC'] ?? 'cc';
const LENGTH = 25;
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
const FLAVOUR = flavourOfKernel(RELEASE);
const oracle = new KernelOracle(RELEASE);
const folder = mkdtempSync(join(tmpdir(), 'mapahead-bench-'));

/** What mapahead says: 0 as specified, 1 not, or with a known finding; 4 the specification leaves something open. */
function ownVerdict(trace: Trace, recording: Recording): number {
  if (oracle.judge(trace, recording).failure !== undefined) return 1;
  return oracle.witnesses(trace, recording).length > 0 ? 1 : 0;
}

function reproduced(trace: Trace, recording: Recording): { exitCode: number | null; out: string } {
  const seen = splitObservations(trace.ops, recording.obs, recording.steps);
  const id = `linux-${RELEASE}`;
  const text = reproducerOf({
    trace,
    expectations: expectationsOf(FLAVOUR, trace, seen),
    facts: factsOf(FLAVOUR, trace),
    title: 'A random sequence.',
    like: id,
    system: id,
  });
  const [source, program] = [join(folder, 'reproducer.c'), join(folder, 'reproducer')];
  writeFileSync(source, text);
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
    const draws = new KernelSequences(new Spec(FLAVOUR | findingsOfKernel(RELEASE)), host.env, LENGTH);
    const end = Math.round((sequences * (STARTS.indexOf(start) + 1)) / STARTS.length);
    while (done < end) {
      const count = Math.min(BATCH, end - done);
      const traces = Array.from({ length: count }, (_, i) => draws.draw({ high: seed, low: done + i }));
      const recordings = await host.run(traces.map(({ ops }) => ops));
      traces.forEach((trace, i) => {
        const own = ownVerdict(trace, recordings[i]);
        const { exitCode, out } = reproduced(trace, recordings[i]);
        const key = `mapahead ${own}, reproducer ${exitCode}`;
        verdicts.set(key, (verdicts.get(key) ?? 0) + 1);
        if (own === exitCode) agreed++;
        else process.stderr.write(`\n${key}: ${out}\n${encodeToken(host.id, trace)}\n`);
      });
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

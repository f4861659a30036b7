import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { advance } from '../model/designs/advance.js';
import { explore } from '../properties/explorer/explore.js';
import { twinBounds } from '../properties/explorer/twin-bounds.js';
import { median } from './rounds.js';

/** Descriptors and places of each process in the twin. */
const FDS = 4;
const PLACES = 2;
const ROUNDS = 5;
const TWIN = join(import.meta.dirname, '../../bench/twin/twin.pml');

interface Measured {
  readonly states: number;
  readonly cpuSeconds: number;
  /** Of the explorer the set of states, of Spin all that it takes: by their own accounts. */
  readonly bytes: number;
}

function run(folder: string, command: string): string {
  const { status, stdout, stderr } = spawnSync('bash', ['-c', command], { cwd: folder, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${command}\n${stdout}${stderr}`);
  return stdout + stderr;
}

/** Spin's fastest exact search; its CPU time by the shell's account. */
function bySpin(folder: string): Measured {
  const out = run(folder, 'TIMEFORMAT="cpu %U %S"; time ./pan -m10000 -w17');
  const number = (pattern: RegExp, group = 1): number => Number(pattern.exec(out)?.[group]);
  const cpu = /cpu ([\d.]+) ([\d.]+)/;
  return {
    states: number(/(\d+) states, stored/),
    cpuSeconds: number(cpu) + number(cpu, 2),
    bytes: 1e6 * number(/([\d.]+)\s+memory usage \(Mbyte\)/),
  };
}

async function byExplorer(): Promise<Measured> {
  const before = process.cpuUsage();
  const endless = Number.POSITIVE_INFINITY;
  const { states, bytes, closed } = await explore(
    { design: advance, bounds: twinBounds(FDS, PLACES), symmetry: false },
    { depth: endless, bytes: endless, timeMs: endless },
  );
  if (!closed) throw new Error('the twin does not close: nothing can be measured');
  const { user, system } = process.cpuUsage(before);
  return { states, bytes, cpuSeconds: (user + system) / 1e6 };
}

const whole = (value: number): string => Math.round(value).toLocaleString('en-US');

function row(name: string, rounds: readonly Measured[]): string {
  const rate = median(rounds.map(({ states, cpuSeconds }) => states / cpuSeconds));
  const [{ states, bytes }] = rounds;
  return `  ${name.padEnd(10)}${whole(states).padStart(10)}${whole(rate).padStart(14)}${(bytes / states).toFixed(0).padStart(14)}`;
}

const folder = mkdtempSync(join(tmpdir(), 'mapahead-bench-'));
try {
  run(folder, `spin -DF=${FDS} -DV=${PLACES} -a '${TWIN}'`);
  run(folder, 'gcc -O3 -march=native -w -DSAFETY -DNOREDUCE -DNOCOMP -o pan pan.c');
  const spin: Measured[] = [];
  const explorer: Measured[] = [];
  await byExplorer();
  for (let round = 0; round < ROUNDS; round++) {
    spin.push(bySpin(folder));
    explorer.push(await byExplorer());
  }
  if (spin[0].states !== explorer[0].states) throw new Error('the counts differ: nothing can be compared');
  const ratios = explorer.map(({ cpuSeconds }, i) => spin[i].cpuSeconds / cpuSeconds);
  process.stdout.write(`The twin, ${FDS} descriptors and ${PLACES} places, without symmetry (${cpus()[0].model}, Node ${process.version}).

                states  states/CPU s  bytes/state
${row('explorer', explorer)}
${row('Spin', spin)}

  ratio, median of ${ROUNDS} rounds: ${median(ratios).toFixed(3)} (${Math.min(...ratios).toFixed(3)} to ${Math.max(...ratios).toFixed(3)}); goal: 2, ${median(ratios) >= 2 ? 'met' : 'MISSED'}

The explorer runs the model of the kernel, the specification and every invariant at each transition; the twin knows
descriptors, mappings and buffers only, and checks nothing.
`);
} finally {
  rmSync(folder, { recursive: true });
}

import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { exploreTwin, type Measured, Spin } from './explore-runs.js';
import { median } from './rounds.js';

/** Descriptors and places of each process in the twin. */
const WITHOUT_SYMMETRY = [4, 2] as const;
const WITH_SYMMETRY = [4, 4] as const;
const TEN_TIMES = [4, 3] as const;
const ROUNDS = 5;
/** Of searches that take minutes. */
const LONG_ROUNDS = 3;

const whole = (value: number): string => Math.round(value).toLocaleString('en-US');
const range = (values: readonly number[], digits: number): string =>
  `${median(values).toFixed(digits)} (${Math.min(...values).toFixed(digits)} to ${Math.max(...values).toFixed(digits)})`;
const say = (text: string): boolean => process.stdout.write(text);

function row(name: string, rounds: readonly Measured[], states: number): string {
  const rate = median(rounds.map(({ cpuSeconds }) => states / cpuSeconds));
  const [{ bytes, states: stored }] = rounds;
  return `  ${name.padEnd(10)}${whole(stored).padStart(11)}${whole(rate).padStart(18)}${(bytes / stored).toFixed(0).padStart(15)}\n`;
}

/** Explorer and Spin in turn. @returns Spin's CPU seconds over the explorer's */
async function beside(spin: Spin, size: readonly [number, number], symmetry: boolean): Promise<number[]> {
  spin.compile(...size);
  const theirs: Measured[] = [];
  const ours: Measured[] = [];
  await exploreTwin([2, 2], { symmetry });
  for (let round = 0; round < ROUNDS; round++) {
    theirs.push(spin.run());
    ours.push(await exploreTwin(size, { symmetry }));
  }
  const [{ states }] = theirs;
  if (!symmetry && states !== ours[0].states) throw new Error('the counts differ: nothing can be compared');
  say(`
The twin, ${size[0]} descriptors and ${size[1]} places, ${symmetry ? 'the explorer with symmetry' : 'without symmetry'}:

           states held  covered a CPU second   bytes a state
${row('explorer', ours, states)}${row('Spin', theirs, states)}`);
  return theirs.map(({ cpuSeconds }, i) => cpuSeconds / ours[i].cpuSeconds);
}

const verdict = (met: boolean): string => (met ? 'met' : 'MISSED');

/** Seconds by the clock that two searches of one thread take which run at the same time and share nothing but the machine. */
async function twoProcesses(): Promise<number> {
  const start = performance.now();
  const once = (): Promise<unknown> =>
    promisify(execFile)(process.execPath, [
      join(import.meta.dirname, 'explore-once.js'),
      ...TEN_TIMES.map(String),
    ]);
  await Promise.all([once(), once()]);
  return (performance.now() - start) / 1000;
}

async function threads(): Promise<void> {
  const gains: number[] = [];
  const most: number[] = [];
  for (let round = 0; round < LONG_ROUNDS; round++) {
    const alone = await exploreTwin(TEN_TIMES, { symmetry: false });
    const two = await exploreTwin(TEN_TIMES, { symmetry: false, workers: 2 });
    gains.push(alone.wallSeconds / two.wallSeconds);
    most.push((2 * alone.wallSeconds) / (await twoProcesses()));
  }
  say(`
Two threads against one, without symmetry, by the clock: ${range(gains, 2)} times as fast; goal: 1.6, ${verdict(median(gains) >= 1.6)}
  Two processes of one thread each, which share nothing, do ${range(most, 2)} times the work of one on this machine.
`);
}

async function growth(): Promise<void> {
  const few = await exploreTwin(WITHOUT_SYMMETRY, { symmetry: false });
  const many = await exploreTwin(TEN_TIMES, { symmetry: false });
  const states = many.states / few.states;
  const transitions = many.transitions / few.transitions;
  const time = many.cpuSeconds / few.cpuSeconds;
  say(`
Growth, without symmetry: ${states.toFixed(1)} times the states and ${transitions.toFixed(1)} times the transitions take ${time.toFixed(1)} times the CPU time,
  ${(time / transitions).toFixed(2)} times as much a transition; goal: 1.2, ${verdict(time / transitions <= 1.2)}. ${(many.bytes / many.states).toFixed(1)} bytes a state; goal: 40, ${verdict(many.bytes / many.states <= 40)}
`);
}

const folder = mkdtempSync(join(tmpdir(), 'mapahead-bench-'));
try {
  const spin = new Spin(folder);
  say(`${cpus()[0].model}, Node ${process.version}\n`);
  const equal = await beside(spin, WITHOUT_SYMMETRY, false);
  say(`
  CPU time of Spin over that of the explorer, ${ROUNDS} rounds: ${range(equal, 3)}; goal: 2, ${verdict(median(equal) >= 2)}
`);
  const covered = await beside(spin, WITH_SYMMETRY, true);
  say(`
  CPU time of Spin over that of the explorer, ${ROUNDS} rounds: ${range(covered, 1)}; goal: 2, ${verdict(median(covered) >= 2)}

The explorer runs the model of the kernel, the specification and every invariant at each transition; the twin knows
descriptors, mappings and buffers only, and checks nothing.
`);
  await threads();
  await growth();
} finally {
  rmSync(folder, { recursive: true });
}

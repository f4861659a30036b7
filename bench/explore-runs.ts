import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { advance } from '../model/designs/advance.js';
import { explore } from '../properties/explorer/explore.js';
import { twinBounds } from '../properties/explorer/twin-bounds.js';

const TWIN = join(import.meta.dirname, '../../bench/twin/twin.pml');

/** One search. */
export interface Measured {
  readonly states: number;
  readonly transitions: number;
  readonly cpuSeconds: number;
  readonly wallSeconds: number;
  /** Of the explorer the set of states, of Spin all that it takes: by their own accounts. */
  readonly bytes: number;
}

/** Spin's fastest exact search of the twin. */
export class Spin {
  constructor(private readonly folder: string) {}

  /** @param places for mappings in each process */
  compile(fds: number, places: number): void {
    this.#run(`spin -DF=${fds} -DV=${places} -a '${TWIN}'`);
    this.#run('gcc -O3 -march=native -w -DSAFETY -DNOREDUCE -DNOCOMP -o pan pan.c');
  }

  /** CPU time by the shell's account. */
  run(): Measured {
    const out = this.#run('TIMEFORMAT="cpu %U %S %R"; time ./pan -m10000000 -w22');
    const number = (pattern: RegExp, group = 1): number => Number(pattern.exec(out)?.[group]);
    const cpu = /cpu ([\d.]+) ([\d.]+) ([\d.]+)/;
    return {
      states: number(/([\d.e+]+) states, stored/),
      transitions: number(/([\d.e+]+) transitions/) - 1,
      cpuSeconds: number(cpu) + number(cpu, 2),
      wallSeconds: number(cpu, 3),
      bytes: 1e6 * number(/([\d.]+)\s+memory usage \(Mbyte\)/),
    };
  }

  #run(command: string): string {
    const { status, stdout, stderr } = spawnSync('bash', ['-c', command], {
      cwd: this.folder,
      encoding: 'utf8',
    });
    if (status !== 0) throw new Error(`${command}\n${stdout}${stderr}`);
    return stdout + stderr;
  }
}

/** @param size descriptors and places of each process */
export async function exploreTwin(
  [fds, places]: readonly [number, number],
  { symmetry, workers = 1 }: { readonly symmetry: boolean; readonly workers?: number },
): Promise<Measured> {
  const before = process.cpuUsage();
  const start = performance.now();
  const endless = Number.POSITIVE_INFINITY;
  const { states, transitions, bytes, closed } = await explore(
    { design: advance, bounds: twinBounds(fds, places), symmetry },
    { depth: endless, bytes: endless, timeMs: endless, workers },
  );
  if (!closed) throw new Error('the twin does not close: nothing can be measured');
  const { user, system } = process.cpuUsage(before);
  return {
    states,
    transitions,
    bytes,
    cpuSeconds: (user + system) / 1e6,
    wallSeconds: (performance.now() - start) / 1000,
  };
}

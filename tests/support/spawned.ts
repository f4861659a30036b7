// The real command, in a process of its own.
import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';

export const MAIN = join(import.meta.dirname, '..', '..', 'dist', 'cli', 'main.js');

export interface Ended {
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly out: string;
  readonly err: string;
}

/** Run it. @param during is called whenever it has written to its standard error */
export function spawned(
  args: readonly string[],
  during: (child: ChildProcess, err: string) => void = () => {},
): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [MAIN, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
    let [out, err] = ['', ''];
    child.stdout.on('data', (chunk) => {
      out += chunk;
    });
    child.stderr.on('data', (chunk) => {
      err += chunk;
      during(child, err);
    });
    child.on('error', reject);
    // As a shell shows it: a process that the signal itself ended has 130, too.
    child.on('close', (code, signal) =>
      resolve({ exitCode: signal === 'SIGINT' ? 130 : code, signal, out, err }),
    );
  });
}

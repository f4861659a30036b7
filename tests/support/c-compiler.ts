import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const COMPILER = process.env['CC'] ?? 'cc';
const HARNESS_FOLDER = import.meta.dirname;

/** What a program said and how it ended. */
export interface Ran {
  readonly exitCode: number | null;
  readonly out: string;
}

/** A folder in which programs are compiled, without a warning, and run. */
export class Workshop {
  readonly #folder = mkdtempSync(join(tmpdir(), 'mapahead-c-'));
  readonly #options: readonly string[];
  #count = 0;

  /** @param options further ones of the compiler */
  constructor(options: readonly string[] = []) {
    this.#options = options;
  }

  /** @throws Error with what the compiler says */
  compile(text: string): string {
    const folder = join(this.#folder, `${this.#count++}`, 'perf_events');
    mkdirSync(folder, { recursive: true });
    const [source, program] = [join(folder, 'reproducer.c'), join(folder, 'reproducer')];
    // Tests for the kernel's tree include the harness from the folder above.
    writeFileSync(
      join(folder, '..', 'kselftest_harness.h'),
      `#include "${join(HARNESS_FOLDER, 'kselftest_harness.h')}"\n`,
    );
    writeFileSync(source, text);
    execFileSync(COMPILER, ['-Wall', '-Wextra', '-Werror', ...this.#options, '-o', program, source], {
      stdio: 'pipe',
      encoding: 'utf8',
    });
    return program;
  }

  run(program: string): Ran {
    const { status, stdout } = spawnSync(program, { encoding: 'utf8', cwd: this.#folder, timeout: 120_000 });
    return { exitCode: status, out: stdout };
  }

  /** Compile and run. */
  try(text: string): Ran {
    return this.run(this.compile(text));
  }

  clear(): void {
    rmSync(this.#folder, { recursive: true });
  }
}

import { execFile, execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Env } from '../model/alphabet/system.js';
import type { Trace } from '../model/alphabet/trace.js';
import { findingsOfKernel, flavourOfKernel, Spec } from '../model/spec/index.js';
import { expectationsOf, factsOf } from '../properties/checkers/expectations.js';
import { KernelSequences } from '../properties/checkers/kernel-sequences.js';
import { cProgram, type Ending } from '../reports/reproducers/c-program.js';
import { notReproduced } from '../reports/reproducers/index.js';

const COMPILER = process.env['CC'] ?? 'cc';
const run = promisify(execFile);

/** Sets up once, then forks and does the calls again and again: nothing is sent, recorded or judged, no uid is fresh, no headroom is left over. */
const LOOP: Ending = {
  includes: [],
  usage: ['A benchmark: it does the sequence as often as TIMES says.'],
  text: (resumes) => `static struct shared start;

static void once(void)
{
	pid_t first;

	memcpy(shared, &start, sizeof(start));
	first = fork();
	if (first == 0)
		begin();
	if (first < 0)
		exit(1);
	shared->pid[P0] = first;
	watch();
	kill(first, SIGKILL);
	kill(-first, SIGKILL);
	while (waitpid(first, NULL, WNOHANG) >= 0 || kill(-first, 0) == 0)
		if (waitpid(-1, NULL, WNOHANG) <= 0)
			sched_yield();
}

int main(int count, char **arguments)
{
	int times = atoi(getenv("TIMES"));

${resumes ? '\tresume_after_execve(count, arguments);\n' : '\t(void)count;\n\t(void)arguments;\n'}	make_shared();
	hold_back_signals();
	prepare();
	memcpy(&start, shared, sizeof(start));
	while (times-- > 0) {
		once();
		if (shared->verdict == DIFFERS)
			return 1;
	}
	for (int i = 0; i < 2; i++)
		if (start.holder[i] > 0)
			kill(start.holder[i], SIGKILL);
	remove_program();
	return 0;
}`,
};

/** Sequences as bare C programs: what the calls themselves cost on this machine. */
export class BareLoops {
  readonly #folder = mkdtempSync(join(tmpdir(), 'mapahead-bench-'));
  readonly #programs: string[] = [];
  readonly traces: Trace[] = [];
  #next = 0;

  /**
   * Draw sequences as for a kernel, and compile each. Those that no program can do, or that do not do the same again and again under one uid, are
   * passed over.
   * @param release of this machine's kernel
   */
  constructor(release: string, env: Env, length: number, count: number) {
    const flavour = flavourOfKernel(release);
    const draws = new KernelSequences(new Spec(flavour | findingsOfKernel(release)), env, length);
    for (let low = 0; this.traces.length < count; low++) {
      if (low > 20 * count) throw new Error('no sequences can be done as bare programs');
      const trace = draws.draw({ high: 7, low });
      const program = this.#compiled(release, trace, low);
      if (program === undefined) continue;
      this.#programs.push(program);
      this.traces.push(trace);
    }
  }

  #compiled(release: string, trace: Trace, number: number): string | undefined {
    const flavour = flavourOfKernel(release) | findingsOfKernel(release);
    const id = `linux-${release}`;
    const scenario = {
      trace,
      expectations: expectationsOf(flavour, trace, []),
      facts: factsOf(flavour, trace),
      title: 'A random sequence.',
      like: id,
      system: id,
    };
    if (scenario.expectations.length < trace.ops.length / 8 || notReproduced(scenario).length > 0)
      return undefined;
    const program = join(this.#folder, `loop${number}`);
    writeFileSync(`${program}.c`, cProgram(scenario, LOOP));
    execFileSync(COMPILER, ['-O2', '-w', '-o', program, `${program}.c`]);
    try {
      execFileSync(program, { cwd: this.#folder, env: { TIMES: '10' }, stdio: 'ignore', timeout: 20_000 });
      return program;
    } catch {
      return undefined;
    }
  }

  /** Do the next sequence so many times. */
  async work(times: number): Promise<number> {
    const program = this.#programs[this.#next++ % this.#programs.length];
    await run(program, { cwd: this.#folder, env: { TIMES: String(times) } });
    return times;
  }

  close(): void {
    rmSync(this.#folder, { recursive: true });
  }
}

// The command with engines that answer as the test says, and a terminal that keeps what is written.
import { PassThrough } from 'node:stream';
import type { DesignEntry, Engines, Kernel, SearchOptions } from '#cli/engines';
import { run } from '#cli/run';
import type { Terminal } from '#cli/terminal';
import { DEFAULT_ENV } from '#model/alphabet/system';
import type { Trace } from '#model/alphabet/trace';
import type { KernelFacts } from '#model/linux/facts';
import type { Verdict } from '#model/verdict';
import { FakeKernel } from '../properties/checkers/fakes.js';
import { FAILED, KERNEL, PASSED } from '../reports/examples.js';

export interface Result {
  readonly exitCode: number;
  readonly out: string;
  readonly err: string;
}

export interface Given {
  readonly engines?: Partial<Engines>;
  readonly env?: NodeJS.ProcessEnv;
  readonly tty?: boolean;
  readonly signal?: AbortSignal;
}

/** What the engines were asked to do. */
export interface Asked {
  readonly system: string;
  readonly options?: SearchOptions;
  readonly trace?: Trace;
  readonly certifyMs?: number;
}

const CERTIFICATE = { proven: true, bounds: 'wide', operations: 7, states: 61, transitions: 4368 };

export const asked: Asked[] = [];

export function design(
  id: string,
  verdict: Verdict,
  onCheck?: (options: SearchOptions) => void,
): DesignEntry {
  return {
    id,
    text: `the design ${id}`,
    kind: 'intended',
    async check(options) {
      asked.push({ system: id, options });
      onCheck?.(options);
      options.onProgress({ sequences: 5, operations: 150 });
      return { ...verdict, system: id, seed: options.seed };
    },
    replay(trace) {
      asked.push({ system: id, trace });
      return { ...verdict, system: id };
    },
    async certify(found, { timeMs }) {
      asked.push({ system: id, certifyMs: timeMs });
      const { counterexample } = found;
      return counterexample === undefined
        ? found
        : { ...found, counterexample: { ...counterexample, certificate: CERTIFICATE } };
    },
  };
}

export const FACTS: KernelFacts = {
  release: '6.18.44',
  build: '#1 SMP PREEMPT',
  cpus: 2,
  paranoid: 2,
  mlockKb: 516,
  uid: 0,
  privileged: true,
  pku: false,
  thp: true,
  ksm: true,
  direct: true,
  gift: 258,
  aux: 'none',
};

export function kernel(verdict: Verdict = KERNEL): Kernel {
  return {
    id: 'linux-6.18.44',
    env: DEFAULT_ENV,
    facts: FACTS,
    machine: 'this machine',
    async check(options) {
      asked.push({ system: 'linux-6.18.44', options });
      return verdict;
    },
    async replay(trace) {
      asked.push({ system: 'linux-6.18.44', trace });
      return verdict;
    },
    async close() {
      asked.push({ system: 'closed' });
    },
  };
}

const ENGINES: Engines = {
  designs: [design('advance', PASSED), design('demand-fault', PASSED), design('v6.14', FAILED)],
  invariants: [{ id: 'writable-pte', text: 'Only the control page is writable.' }],
  variationPoints: [
    {
      id: 'gup-refused',
      sides: ['works', 'EFAULT'],
      since: '6.14',
      why: 'VM_PFNMAP.',
      evidence: 'check_vma_flags()',
    },
  ],
  findings: [],
  kernelsAtHand: async () => ['host'],
  openKernel: async () => kernel(),
  openTraces: async () => new FakeKernel(),
};

function stream(tty: boolean): { stream: NodeJS.WriteStream; text: () => string } {
  const pass = new PassThrough();
  const chunks: string[] = [];
  pass.on('data', (chunk: Buffer) => chunks.push(chunk.toString()));
  const stream = Object.assign(pass, { isTTY: tty, columns: 80 }) as unknown as NodeJS.WriteStream;
  return { stream, text: () => chunks.join('') };
}

/** Run the command, as it would be written in a shell. */
export async function mapahead(args: string[], given: Given = {}): Promise<Result> {
  asked.length = 0;
  const [out, err] = [stream(given.tty === true), stream(given.tty === true)];
  const terminal: Terminal = { out: out.stream, err: err.stream, env: given.env ?? {} };
  const signal = given.signal ?? new AbortController().signal;
  const exitCode = await run(args, { ...ENGINES, ...given.engines }, terminal, signal);
  return { exitCode, out: out.text(), err: err.text() };
}

import { OP_WIDTH } from '../alphabet/bounds.js';
import { OK, UNLIMITED } from '../alphabet/observations.js';
import { OP } from '../alphabet/operations.js';
import type { Env, Recording, TraceSystem } from '../alphabet/system.js';
import { DEFAULT_ENV } from '../alphabet/system.js';
import { AgentProcess, type Limits } from './agent-process.js';
import { agentProgram, NoAgentError } from './compile.js';
import type { KernelFacts } from './facts.js';
import { AgentError, Session } from './session.js';

export interface HostOptions {
  /** `Env.gift`, in pages. Default 12. */
  readonly gift?: number;
  /** `Env.rlimit`, in pages. Default 6. */
  readonly rlimit?: number;
  /** Time limits; an operation that does not end within its own is answered HANG. Defaults 5 s and 60 s. */
  readonly limits?: Partial<Limits>;
  /** Have each observation sent at once, so that none is lost with the kernel or the agent. Slower. Default false. */
  readonly eager?: boolean;
  /** The C compiler. Default: the variable CC, or `cc`. */
  readonly compiler?: string;
}

/** The kernel that this program runs on, behind the agent. */
export interface HostSystem extends TraceSystem {
  readonly facts: KernelFacts;
  /** Process id of the agent at the moment, for tests of its loss. */
  readonly agentPid: number | undefined;
}

const LIMITS: Limits = { operationMs: 5_000, sequenceMs: 60_000 };

function environment(facts: KernelFacts, options: HostOptions): Env {
  return {
    gift: options.gift ?? DEFAULT_ENV.gift,
    rlimit: options.rlimit ?? DEFAULT_ENV.rlimit,
    paranoid: facts.paranoid,
    pku: facts.pku,
    thp: facts.thp,
    ksm: facts.ksm,
    // Events of a PMU with AUX buffers are not opened, so `open` with the aux flag is UNOBSERVED.
    aux: false,
  };
}

/** `exec` and a view, in which all of the confinement takes part, and then whether `env` is true. */
async function tryOut(session: Session, env: Env): Promise<void> {
  const kinds = [OP.exec, OP.headroom];
  const ops = new Int32Array(kinds.length * OP_WIDTH);
  kinds.forEach((kind, i) => {
    ops[i * OP_WIDTH] = kind;
  });
  const [recording] = await session.run([ops]);
  const [exec, , headroom, pages] = recording?.obs ?? [];
  const expected = env.paranoid <= -1 ? UNLIMITED : env.gift + env.rlimit;
  if (exec === OK && headroom === OK && pages === expected) return;
  const why =
    recording?.ended ?? `exec: ${exec}, headroom: ${headroom}, ${pages} instead of ${expected} pages`;
  throw new NoAgentError(`the agent does not work here (${why})`);
}

/**
 * The running kernel as a System that answers whole traces. The agent is compiled at first use.
 * @throws NoAgentError with one line why when it cannot be had here
 */
export async function openHost(options: HostOptions = {}): Promise<HostSystem> {
  if (process.platform !== 'linux') throw new NoAgentError(`not Linux but ${process.platform}`);
  if (process.arch !== 'x64') throw new NoAgentError(`the agent knows x86-64 only, this is ${process.arch}`);
  const program = await agentProgram(options.compiler);
  const limits = { ...LIMITS, ...options.limits };
  const start = (): ReturnType<typeof AgentProcess.start> => AgentProcess.start(program, limits);
  const { agent, facts } = await start();
  const env = environment(facts, options);
  const session = new Session(agent, async () => (await start()).agent, env, options.eager ?? false);
  try {
    await tryOut(session, env);
  } catch (error) {
    await session.close();
    throw error instanceof AgentError ? new NoAgentError(error.message) : error;
  }
  return {
    id: `linux-${facts.release}`,
    env,
    facts,
    get agentPid() {
      return session.agentPid;
    },
    run: (traces: readonly Int32Array[]): Promise<Recording[]> => session.run(traces),
    close: () => session.close(),
  };
}

/** Whether `openHost` works here; if not, one line why. */
export async function probeHost(
  options: HostOptions = {},
): Promise<({ readonly ok: true } & KernelFacts) | { readonly ok: false; readonly reason: string }> {
  try {
    const host = await openHost(options);
    await host.close();
    return { ok: true, ...host.facts };
  } catch (error) {
    if (error instanceof NoAgentError) return { ok: false, reason: error.message };
    throw error;
  }
}

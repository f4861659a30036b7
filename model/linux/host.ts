import { OP_WIDTH } from '../alphabet/bounds.js';
import { OK, UNLIMITED } from '../alphabet/observations.js';
import { type Domain, GIFT_PAGES, RLIMIT_PAGES } from '../alphabet/operands.js';
import { OP } from '../alphabet/operations.js';
import type { Env, Recording, TraceSystem } from '../alphabet/system.js';
import { DEFAULT_ENV } from '../alphabet/system.js';
import { AgentProcess, type Limits } from './agent-process.js';
import { agentProgram, NoAgentError } from './compile.js';
import type { KernelFacts } from './facts.js';
import { AgentError } from './lane.js';
import { Session } from './session.js';

export interface HostOptions {
  /** `Env.gift`, in pages. Default 12. */
  readonly gift?: number;
  /** `Env.rlimit`, in pages. Default 6. */
  readonly rlimit?: number;
  /** Time limits; an operation that does not end within its own is answered HANG. Defaults 5 s and 60 s. */
  readonly limits?: Partial<Limits>;
  /** Have each observation sent at once, so that none is lost with the kernel or the agent. Slower. Default false. */
  readonly eager?: boolean;
  /** Agents that run at a time, at most. Default 8. Without privilege it is always one. */
  readonly agents?: number;
  /** The C compiler. Default: the variable CC, or `cc`. */
  readonly compiler?: string;
}

/** The kernel that this program runs on, behind the agent. */
export interface HostSystem extends TraceSystem {
  readonly facts: KernelFacts;
  /** Process ids of the agents at the moment, for tests of their loss. */
  readonly agentPids: readonly number[];
}

/**
 * A sequence that attaches a buffer to an event which had one waits for an RCU grace period, about 11 ms each time
 * (perf_mmap(), ring_buffer_attach()). Others can run meanwhile.
 */
const AGENTS = 8;

const PATIENCE_MS = 60_000;

const LIMITS: Limits = { operationMs: 5_000, sequenceMs: 60_000 };

function pages(name: string, value: number, { min, max }: Domain): number {
  if (Number.isInteger(value) && value >= min && value <= max) return value;
  throw new RangeError(`${name} is ${value}, not a whole number from ${min} to ${max}`);
}

/** `exec`, in which all of the confinement takes part, and then whether `env` is true. */
async function tryOut(session: Session, env: Env): Promise<void> {
  const kinds = [OP.exec, OP.headroom];
  const ops = Int32Array.from(kinds.flatMap((kind) => [kind, ...Array<number>(OP_WIDTH - 1).fill(0)]));
  const headroom = env.paranoid <= -1 ? UNLIMITED : env.gift + env.rlimit;
  const expected = String([OK, 0, OK, headroom]);
  for (const { obs, ended } of await session.run([ops])) {
    if (String([...obs]) === expected) continue;
    throw new NoAgentError(`the agent does not work here: ${ended ?? `${[...obs]} instead of ${expected}`}`);
  }
}

/**
 * The running kernel as a System that answers whole traces. The agent is compiled at first use.
 * @throws NoAgentError with one line why when it cannot be had here; RangeError for options outside of their domains
 */
export async function openHost(options: HostOptions = {}): Promise<HostSystem> {
  if (process.platform !== 'linux') throw new NoAgentError(`not Linux but ${process.platform}`);
  if (process.arch !== 'x64') throw new NoAgentError(`the agent knows x86-64 only, this is ${process.arch}`);
  const program = await agentProgram(options.compiler);
  const limits = { ...LIMITS, ...options.limits };
  const start = (): ReturnType<typeof AgentProcess.start> => AgentProcess.start(program, limits);
  const gift = pages('gift', options.gift ?? DEFAULT_ENV.gift, GIFT_PAGES);
  const rlimit = pages('rlimit', options.rlimit ?? DEFAULT_ENV.rlimit, RLIMIT_PAGES);
  const { agent, facts } = await start();
  const { paranoid, pku, thp, ksm } = facts;
  // Events of a PMU with AUX buffers are not opened, so `open` with the aux flag is UNOBSERVED.
  const env = { gift, rlimit, paranoid, pku, thp, ksm, aux: false };
  const session = new Session(agent, {
    env,
    eager: options.eager ?? false,
    // Sequences of one user share its gift, so they run one after the other.
    agents: facts.privileged ? (options.agents ?? AGENTS) : 1,
    // It ends what takes too long by itself, and may have to wait for another agent of the user before.
    patienceMs: 2 * limits.sequenceMs + PATIENCE_MS,
    start: async () => (await start()).agent,
  });
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
    get agentPids() {
      return session.agentPids;
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

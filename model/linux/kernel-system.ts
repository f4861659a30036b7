import { OP_WIDTH } from '../alphabet/bounds.js';
import { OK, UNLIMITED } from '../alphabet/observations.js';
import { type Domain, GIFT_PAGES, RLIMIT_PAGES } from '../alphabet/operands.js';
import { OP } from '../alphabet/operations.js';
import type { Env, Recording, TraceSystem } from '../alphabet/system.js';
import { DEFAULT_ENV } from '../alphabet/system.js';
import type { Limits } from './agent-process.js';
import { NoAgentError } from './compile.js';
import { type KernelFacts, upstreamOf } from './facts.js';
import { type Agent, AgentError } from './lane.js';
import { Session } from './session.js';

/** What can be chosen for every kernel. */
export interface KernelOptions {
  /** `Env.gift`, in pages. Default 12. */
  readonly gift?: number;
  /** `Env.rlimit`, in pages. Default 6. */
  readonly rlimit?: number;
  /** Time limits; an operation that does not end within its own is answered HANG. Defaults 5 s and 60 s. */
  readonly limits?: Partial<Limits>;
  /** Have each observation sent at once, so that none is lost with the kernel or the agent. Slower. Default false. */
  readonly eager?: boolean;
  /** Agents that run at a time, at most. Default 8 on this machine, and 1 in guests: each has a guest of its own. */
  readonly agents?: number;
  /** The C compiler. Default: the variable CC, or `cc`. */
  readonly compiler?: string;
}

/** A real kernel, behind the agent. */
export interface KernelSystem extends TraceSystem {
  readonly facts: KernelFacts;
  /** Where it runs, in a few words. */
  readonly machine: string;
  /** Process ids of the agents, or of their guests, at the moment: for tests of their loss. */
  readonly agentPids: readonly number[];
}

/** How agents come to be on some kernel. */
export interface AgentSource {
  /** The limits that apply there. */
  readonly limits: Limits;
  /** Agents at a time. Without privilege it is always one. */
  readonly agents: number;
  /** An agent that has work and is silent for so long is given up, in ms. */
  readonly patienceMs: number;
  readonly machine: () => string;
  /** Start one and greet it. @throws NoAgentError */
  readonly start: () => Promise<{ readonly agent: Agent; readonly facts: KernelFacts }>;
}

const LIMITS: Limits = { operationMs: 5_000, sequenceMs: 60_000 };

/** Time limits with those of the options. */
export const limitsOf = ({ limits }: KernelOptions): Limits => ({ ...LIMITS, ...limits });

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
 * A kernel as a System that answers whole traces.
 * @throws NoAgentError with one line why when it cannot be had; RangeError for options outside of their domains
 */
export async function kernelSystem(source: AgentSource, options: KernelOptions): Promise<KernelSystem> {
  const gift = pages('gift', options.gift ?? DEFAULT_ENV.gift, GIFT_PAGES);
  const rlimit = pages('rlimit', options.rlimit ?? DEFAULT_ENV.rlimit, RLIMIT_PAGES);
  const { agent, facts } = await source.start();
  const { paranoid, pku, thp, ksm } = facts;
  // Events of a PMU with AUX buffers are not opened, so `open` with the aux flag is UNOBSERVED.
  const env = { gift, rlimit, paranoid, pku, thp, ksm, aux: false };
  const session = new Session(agent, {
    env,
    eager: options.eager ?? false,
    // Sequences of one user share its gift, so they run one after the other.
    agents: facts.privileged ? source.agents : 1,
    patienceMs: source.patienceMs,
    start: async () => (await source.start()).agent,
  });
  try {
    await tryOut(session, env);
  } catch (error) {
    await session.close();
    throw error instanceof AgentError ? new NoAgentError(error.message) : error;
  }
  const upstream = upstreamOf(facts);
  return {
    id: `linux-${facts.release}`,
    ...(upstream === undefined ? {} : { upstream }),
    env,
    facts,
    machine: source.machine(),
    get agentPids() {
      return session.agentPids;
    },
    run: (traces: readonly Int32Array[]): Promise<Recording[]> => session.run(traces),
    close: () => session.close(),
  };
}

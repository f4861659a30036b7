import { AgentProcess } from './agent-process.js';
import { agentProgram, NoAgentError } from './compile.js';
import type { KernelFacts } from './facts.js';
import { type KernelOptions, type KernelSystem, kernelSystem, limitsOf } from './kernel-system.js';

/** The kernel that this program runs on, behind the agent. */
export type HostSystem = KernelSystem;

/**
 * A sequence that attaches a buffer to an event which had one waits for an RCU grace period, about 11 ms each time
 * (perf_mmap(), ring_buffer_attach()). Others can run meanwhile.
 */
const AGENTS = 8;

const PATIENCE_MS = 60_000;

/**
 * The running kernel as a System that answers whole traces. The agent is compiled at first use.
 * @throws NoAgentError with one line why when it cannot be had here; RangeError for options outside of their domains
 */
export async function openHost(options: KernelOptions = {}): Promise<HostSystem> {
  if (process.platform !== 'linux') throw new NoAgentError(`not Linux but ${process.platform}`);
  if (process.arch !== 'x64') throw new NoAgentError(`the agent knows x86-64 only, this is ${process.arch}`);
  const program = await agentProgram(options.compiler);
  const limits = limitsOf(options);
  const source = {
    limits,
    agents: options.agents ?? AGENTS,
    // An agent ends what takes too long by itself, and may have to wait for another agent of the user before.
    patienceMs: 2 * limits.sequenceMs + PATIENCE_MS,
    machine: () => 'this machine',
    start: () => AgentProcess.start(program, limits),
  };
  return kernelSystem(source, options);
}

/** Whether `openHost` works here; if not, one line why. */
export async function probeHost(
  options: KernelOptions = {},
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

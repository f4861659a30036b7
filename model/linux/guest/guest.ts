import { agentProgram, NoAgentError } from '../compile.js';
import { type KernelSystem, kernelSystem, limitsOf } from '../kernel-system.js';
import { bootingOf } from './booting.js';
import type { KernelImage } from './bzimage.js';
import { GuestAgent } from './guest-agent.js';
import type { GuestOptions } from './guest-options.js';
import { initramfsOf } from './initramfs.js';
import type { Accelerator } from './qemu.js';

type Started = Awaited<ReturnType<typeof GuestAgent.start>>;

/** The agent ends by itself what takes too long; this is for a kernel that does not let it. */
const PATIENCE_MS = 30_000;
const MACHINE = { kvm: 'QEMU with KVM', tcg: 'QEMU, emulated' };

/**
 * A kernel in a virtual machine, as a System that answers whole traces. A guest that ends is started anew when there is work.
 * @throws NoAgentError with one line why when it cannot be had; RangeError for options outside of their domains
 */
export async function openGuest(image: KernelImage, options: GuestOptions = {}): Promise<KernelSystem> {
  const launcher = await agentProgram(options.compiler);
  const initramfs = await initramfsOf(launcher);
  const limits = limitsOf(options);
  const booting = bootingOf(image, initramfs, 'guest', options);
  let accelerator: Accelerator | undefined;
  const start = async (): Promise<Started> => {
    const booted = await booting.boot(
      (args, longest) =>
        GuestAgent.start({ launcher, program: booting.program, arguments: args }, limits, longest),
      accelerator,
    );
    accelerator = booted.accelerator;
    return booted.started;
  };
  const source = {
    limits,
    agents: options.agents ?? 1,
    patienceMs: options.patienceMs ?? limits.sequenceMs + PATIENCE_MS,
    machine: () => MACHINE[accelerator ?? 'tcg'],
    start,
  };
  const system = await kernelSystem(source, options);
  if (system.facts.release === image.release) return system;
  await system.close();
  const { release } = system.facts;
  throw new NoAgentError(`${image.path} says that it is ${image.release}, but its guest runs ${release}`);
}

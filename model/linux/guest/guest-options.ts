import type { KernelOptions } from '../kernel-system.js';
import type { Accelerator } from './qemu.js';

/** What can be chosen for a guest. */
export interface GuestOptions extends KernelOptions {
  /** The emulator. Default: the variable MAPAHEAD_QEMU, or `qemu-system-x86_64`. */
  readonly emulator?: string;
  /** Default: KVM where guests start with it, else emulation. */
  readonly accelerator?: Accelerator;
  /** kernel.perf_event_paranoid. Default 2, the kernel's own. */
  readonly paranoid?: number;
  /** Further parameters of the kernel. */
  readonly append?: string;
  /** Longest time until the agent in a guest answers, in ms. Default 120 s. */
  readonly bootMs?: number;
  /** A guest that has work and is silent for so long is given up, in ms. Default: the limit of a sequence and 30 s. */
  readonly patienceMs?: number;
}

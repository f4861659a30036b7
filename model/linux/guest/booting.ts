import { type Booted, withBestAccelerator } from './accelerator.js';
import type { KernelImage } from './bzimage.js';
import type { GuestOptions } from './guest-options.js';
import { type Accelerator, type Machine, qemuArguments } from './qemu.js';

const BOOT_MS = 120_000;
const PARANOID = 2;

/** A machine for this kernel, by what was chosen for a guest. */
export interface Booting {
  /** The emulator's program. */
  readonly program: string;
  /** Start it with the accelerator that was chosen, else with the best. */
  boot<T>(
    start: (command: readonly string[], longestMs: number) => Promise<T>,
    known?: Accelerator,
  ): Promise<Booted<T>>;
}

/**
 * @param initramfs the only file system of the guest
 * @param task what the agent is there for
 */
export function bootingOf(
  image: KernelImage,
  initramfs: string,
  task: Machine['task'],
  options: GuestOptions,
): Booting {
  const { paranoid = PARANOID, append = '', bootMs = BOOT_MS } = options;
  return {
    program: options.emulator ?? process.env['MAPAHEAD_QEMU'] ?? 'qemu-system-x86_64',
    async boot(start, known = options.accelerator) {
      const startWith = (accelerator: Accelerator, longestMs: number) =>
        start(
          qemuArguments({ kernel: image.path, initramfs, accelerator, task, paranoid, append }),
          longestMs,
        );
      if (known !== undefined) return { accelerator: known, started: await startWith(known, bootMs) };
      return withBestAccelerator(startWith, bootMs);
    },
  };
}

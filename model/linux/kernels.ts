import { existsSync } from 'node:fs';
import { NoAgentError } from './compile.js';
import { type KernelImage, KernelImageError, readKernelImage } from './guest/bzimage.js';
import { cachedKernels, debianKernel } from './guest/debian.js';
import { openGuest } from './guest/guest.js';
import type { GuestOptions } from './guest/guest-options.js';
import { openHost } from './host.js';
import type { KernelSystem } from './kernel-system.js';

/** The name of the kernel that this program runs on. */
export const HOST = 'host';
const DEBIAN = 'debian:';
const SERIES = /^\d+\.\d[\w.+~-]*$/;

/** How a kernel may be named, for messages and help. */
export const KERNEL_NAMES = `${HOST}, ${DEBIAN}VERSION, or the path of a bzImage`;

export interface OpenOptions extends GuestOptions {
  /** Told before something is downloaded. */
  readonly onFetch?: (what: string) => void;
}

/** Whether this can be the name of a kernel: by its form, or because a file has it. */
export function looksLikeKernel(name: string): boolean {
  return name === HOST || name.startsWith(DEBIAN) || name.includes('/') || existsSync(name);
}

async function imagePath(name: string, options: OpenOptions): Promise<string> {
  if (!name.startsWith(DEBIAN)) return name;
  const series = name.slice(DEBIAN.length);
  if (!SERIES.test(series)) throw new NoAgentError(`${name}: after "${DEBIAN}" comes a version such as 6.12`);
  return debianKernel(series, options.onFetch);
}

/**
 * The image that a name other than `host` stands for; Debian's are fetched.
 * @throws NoAgentError with one line why when it cannot be had
 */
export async function imageOf(name: string, options: OpenOptions = {}): Promise<KernelImage> {
  try {
    return await readKernelImage(await imagePath(name, options));
  } catch (error) {
    if (!(error instanceof KernelImageError)) throw error;
    throw new NoAgentError(`${error.message} (a kernel is ${KERNEL_NAMES})`);
  }
}

/** Names of the kernels that need neither a path nor a network: this machine's, and what was fetched from Debian before. */
export async function kernelsAtHand(): Promise<string[]> {
  return [HOST, ...(await cachedKernels()).map(({ version }) => `${DEBIAN}${version}`)];
}

/**
 * Any kernel as a System that answers whole traces.
 * @param name `host`; `debian:6.12`, Debian's newest cloud kernel of that series; or the path of a bzImage for x86-64
 * @throws NoAgentError with one line why when it cannot be had; RangeError for options outside of their domains
 */
export async function openKernel(name: string, options: OpenOptions = {}): Promise<KernelSystem> {
  if (name === HOST) return openHost(options);
  return openGuest(await imageOf(name, options), options);
}

import { access, constants, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cacheFolder } from '../compile.js';
import type { Accelerator } from './qemu.js';

const DEVICE = '/dev/kvm';
const BOOT_ID = '/proc/sys/kernel/random/boot_id';
/** Where KVM works, a guest's agent answers in a fraction of this. In some nested machines it only ever hangs. */
const KVM_BOOT_MS = 10_000;

const noteFile = (): string => join(cacheFolder(), 'accelerator');

const textOf = (path: string): Promise<string> => readFile(path, 'utf8').catch(() => '');

/** What guests started with since this machine did. */
async function remembered(): Promise<Accelerator | undefined> {
  const [boot, note] = await Promise.all([textOf(BOOT_ID), textOf(noteFile())]);
  return boot === '' ? undefined : (['kvm', 'tcg'] as const).find((each) => note === `${boot}${each}`);
}

/** Where it cannot be written down, it is found out anew each time. */
async function remember(accelerator: Accelerator): Promise<void> {
  const building = `${noteFile()}.${process.pid}`;
  try {
    await mkdir(cacheFolder(), { recursive: true, mode: 0o755 });
    await writeFile(building, (await textOf(BOOT_ID)) + accelerator);
    await rename(building, noteFile());
  } catch {
    await rm(building).catch(() => undefined);
  }
}

async function mayUse(device: string): Promise<boolean> {
  return access(device, constants.R_OK | constants.W_OK).then(
    () => true,
    () => false,
  );
}

/** What was started, and with what. */
export interface Booted<T> {
  readonly accelerator: Accelerator;
  readonly started: T;
}

/**
 * Boot with KVM if that works, else emulated. KVM may be there and not work: only a guest that starts tells. What was found out is
 * kept until this machine starts anew.
 * @param boot starts a guest, and throws when it does not start in this time
 * @param device what KVM is used by
 */
export async function withBestAccelerator<T>(
  boot: (accelerator: Accelerator, bootMs: number) => Promise<T>,
  bootMs: number,
  device = DEVICE,
): Promise<Booted<T>> {
  const known = (await mayUse(device)) ? await remembered() : 'tcg';
  if (known === 'tcg') return { accelerator: 'tcg', started: await boot('tcg', bootMs) };
  try {
    const started = await boot('kvm', known === 'kvm' ? bootMs : Math.min(bootMs, KVM_BOOT_MS));
    if (known === undefined) await remember('kvm');
    return { accelerator: 'kvm', started };
  } catch {
    // Without KVM the same guest says by itself what else may be wrong.
    const started = await boot('tcg', bootMs);
    await remember('tcg');
    return { accelerator: 'tcg', started };
  }
}

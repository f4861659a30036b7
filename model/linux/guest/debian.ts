import { type ExecFileException, execFile } from 'node:child_process';
import { access, copyFile, mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { cacheFolder, NoAgentError } from '../compile.js';
import { type KernelPackage, newestOf, packagesIn } from './debian-packages.js';

const run = promisify(execFile);

/** Beginnings of the names of packages that can hold an image. */
const BEGINNINGS = ['linux-image-', 'linux-binary-'];
const ENDING = '-cloud-amd64';
const IMAGE = 'vmlinuz';
/** Of lists of packages. */
const MOST_OUTPUT = 64 << 20;

const kept = (): string => join(cacheFolder(), 'debian');

/** The image of a package in the cache. */
const imageOf = ({ name, version }: KernelPackage): string => join(kept(), `${name}_${version}`, IMAGE);

/** The last line of what a command complained, which says most. */
const complaintOf = (error: ExecFileException): string =>
  error.stderr?.trim().split('\n').at(-1) || String(error);

async function apt(program: string, ...given: string[]): Promise<string> {
  try {
    return (await run(program, given, { maxBuffer: MOST_OUTPUT })).stdout;
  } catch (thrown) {
    const error = thrown as ExecFileException;
    if (error.code === 'ENOENT')
      throw new NoAgentError(`no Debian kernels here: there is no ${program}; name a bzImage instead`);
    throw new NoAgentError(`${program} ${given[0]}: ${complaintOf(error)}`);
  }
}

/** All cloud kernels that apt knows from its suites. */
async function offered(): Promise<KernelPackage[]> {
  const lists = await Promise.all(BEGINNINGS.map((beginning) => apt('apt-cache', 'pkgnames', beginning)));
  const names = lists.flatMap((list) => list.split('\n').filter((name) => name.endsWith(ENDING)));
  return names.length === 0 ? [] : packagesIn(await apt('apt-cache', 'madison', ...names));
}

/** Debian kernels that are in the cache, and need neither apt nor a network. */
export async function cachedKernels(): Promise<readonly (KernelPackage & { readonly path: string })[]> {
  const folders = await readdir(kept()).catch(() => []);
  return folders.flatMap((folder) => {
    const [name, version] = folder.split('_');
    if (version === undefined) return [];
    return [{ name, version, path: imageOf({ name, version }) }];
  });
}

/** Download into `folder` and take out the image alone. */
async function unpackIn(folder: string, { name, version }: KernelPackage): Promise<string> {
  // apt writes into the folder that it is in; as root it drops its rights before, unless told not to.
  await run('apt-get', ['download', '-q', '-o', 'APT::Sandbox::User=root', `${name}=${version}`], {
    cwd: folder,
  }).catch((error: ExecFileException) => {
    const mend = 'is there a network? are the lists new (apt-get update)?';
    throw new NoAgentError(`apt-get download ${name}=${version}: ${complaintOf(error)} (${mend})`);
  });
  const [archive = ''] = (await readdir(folder)).filter((file) => file.endsWith('.deb'));
  await apt('dpkg-deb', '-x', join(folder, archive), join(folder, 'files'));
  const boot = join(folder, 'files', 'boot');
  const images = (await readdir(boot).catch(() => [])).filter((file) => file.startsWith(`${IMAGE}-`));
  const [image] = images;
  if (image === undefined) throw new NoAgentError(`the package ${name} ${version} holds no boot/${IMAGE}-*`);
  return join(boot, image);
}

async function fetchInto(wanted: KernelPackage): Promise<void> {
  await mkdir(kept(), { recursive: true, mode: 0o755 });
  const building = await mkdtemp(join(kept(), '.fetching-'));
  try {
    const image = await unpackIn(building, wanted);
    const whole = join(building, 'whole');
    await mkdir(whole);
    await copyFile(image, join(whole, IMAGE));
    // Two may have fetched at the same time: the one that was there first is as good.
    await rename(whole, dirname(imageOf(wanted))).catch(async (error: unknown) => {
      await access(imageOf(wanted)).catch(() => Promise.reject(error));
    });
  } finally {
    await rm(building, { recursive: true, force: true });
  }
}

/**
 * The image of Debian's newest cloud kernel of a series: of what the configured suites of apt have and what was fetched before.
 * It is downloaded and unpacked at first use, and never installed; no root is needed.
 * @param series `6.12`, `6.12.117`, or a whole Debian version
 * @param onFetch told once before a download, of some 30 MB
 * @returns its path in the cache
 * @throws NoAgentError with one line why when there is none
 */
export async function debianKernel(
  series: string,
  onFetch: (what: string) => void = () => undefined,
): Promise<string> {
  const cached = await cachedKernels();
  const known = await offered().catch((error: unknown) => {
    if (newestOf(cached, series) === undefined) throw error;
    return [];
  });
  const newest = newestOf([...known, ...cached], series);
  if (newest === undefined) {
    const mend = 'apt-get update, or another suite in /etc/apt, may bring one';
    throw new NoAgentError(`apt knows no cloud kernel of Debian with version ${series}: ${mend}`);
  }
  const path = imageOf(newest);
  if (cached.some((each) => each.path === path)) return path;
  onFetch(`${newest.name} ${newest.version}`);
  await fetchInto(newest).catch((error: unknown) => {
    if (error instanceof NoAgentError) throw error;
    throw new NoAgentError(`${newest.name} cannot be kept: ${String(error)}`);
  });
  return path;
}

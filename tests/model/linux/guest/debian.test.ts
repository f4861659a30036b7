// Debian's kernels, from an apt that knows what the test says.
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { NoAgentError } from '#model/linux/compile';
import { cachedKernels, debianKernel } from '#model/linux/guest/debian';
import { kernelsAtHand, openKernel } from '#model/linux/kernels';

const NAMES = [
  'linux-image-6.1.0-50-cloud-amd64',
  'linux-image-6.1.0-56-cloud-amd64',
  'linux-image-6.12-cloud-amd64',
];
const MADISON = [
  'linux-image-6.1.0-50-cloud-amd64 | 6.1.180-1 | http://deb.debian.org/debian bookworm/main amd64 Packages',
  'linux-image-6.1.0-56-cloud-amd64 | 6.1.192-2 | http://deb.debian.org/debian bookworm/main amd64 Packages',
];

let folder: string;
let path: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mapahead-test-'));
  path = join(folder, 'bin');
  await mkdir(path);
  vi.stubEnv('XDG_CACHE_HOME', join(folder, 'cache'));
  vi.stubEnv('PATH', `${path}:/usr/bin:/bin`);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true });
});

const script = (name: string, text: string): Promise<void> =>
  writeFile(join(path, name), `#!/bin/sh\necho "${name} $*" >> ${folder}/calls\n${text}\n`, { mode: 0o755 });

/** An apt that offers these packages, and the download and contents of one. */
async function apt({
  names = NAMES,
  madison = MADISON,
  get = 'touch package.deb',
  unpack = '',
} = {}): Promise<void> {
  const lists = `case "$*" in "pkgnames linux-image-") echo "${names.join('\n')}";; madison*) echo "${madison.join('\n')}";; esac`;
  await script('apt-cache', lists);
  await script('apt-get', get);
  const boot = '"$3/boot"';
  await script(
    'dpkg-deb',
    unpack === ''
      ? `mkdir -p ${boot}; echo kernel > ${boot}/vmlinuz-6.1; echo x > ${boot}/config-6.1`
      : unpack,
  );
}

const calls = async (): Promise<string[]> =>
  (await readFile(join(folder, 'calls'), 'utf8')).trim().split('\n');

describe("Debian's kernel of a series", () => {
  it('is the newest that apt offers, fetched once', async () => {
    await apt();
    const told: string[] = [];
    const image = await debianKernel('6.1', (what) => told.push(what));
    expect(image).toBe(
      join(folder, 'cache/mapahead/debian/linux-image-6.1.0-56-cloud-amd64_6.1.192-2/vmlinuz'),
    );
    expect(await readFile(image, 'utf8')).toBe('kernel\n');
    expect(await debianKernel('6.1', (what) => told.push(what))).toBe(image);
    expect(told).toEqual(['linux-image-6.1.0-56-cloud-amd64 6.1.192-2']);
    const downloads = (await calls()).filter((call) => call.startsWith('apt-get'));
    expect(downloads).toEqual([
      'apt-get download -q -o APT::Sandbox::User=root linux-image-6.1.0-56-cloud-amd64=6.1.192-2',
    ]);
    // Nothing but the image is kept.
    expect(await readdir(join(folder, 'cache/mapahead/debian'))).toEqual([
      'linux-image-6.1.0-56-cloud-amd64_6.1.192-2',
    ]);
    expect(await readdir(join(image, '..'))).toEqual(['vmlinuz']);
    expect(await kernelsAtHand()).toEqual(['host', 'debian:6.1.192-2']);
  });

  it('may be named more exactly', async () => {
    await apt();
    expect(await debianKernel('6.1.180')).toContain('6.1.0-50-cloud-amd64_6.1.180-1');
  });

  it('is fetched once by two at the same time', async () => {
    await apt({ get: 'sleep 0.2; touch package.deb' });
    const [one, other] = await Promise.all([debianKernel('6.1'), debianKernel('6.1')]);
    expect(one).toBe(other);
    expect(await cachedKernels()).toHaveLength(1);
  });

  it('comes from the cache where apt is gone, or knows it no longer', async () => {
    await apt();
    const image = await debianKernel('6.1');
    await script('apt-cache', 'exit 1');
    expect(await debianKernel('6.1')).toBe(image);
    await apt({ names: [] });
    expect(await debianKernel('6.1')).toBe(image);
  });
});

describe('apt', () => {
  const CLOUD = 'linux-image-6.1.0-56-cloud-amd64';

  it('is asked for packages that can hold an image, and for the versions of those for clouds', async () => {
    const others = ['linux-image-6.1.0-56-amd64', 'linux-image-6.1.0-56-cloud-amd64-dbg'];
    await apt({ names: [...others, ...NAMES], get: 'touch notes package.deb x.debris' });
    await debianKernel('6.1');
    const asked = await calls();
    expect(asked.slice(0, 2).sort()).toEqual([
      'apt-cache pkgnames linux-binary-',
      'apt-cache pkgnames linux-image-',
    ]);
    expect(asked[2]).toBe(`apt-cache madison ${NAMES.join(' ')}`);
    expect(asked[3]).toMatch(/^apt-get download /);
    expect(asked[4]).toMatch(/^dpkg-deb -x (\S+)\/package\.deb \1\/files$/);
    expect(asked).toHaveLength(5);
  });

  it('is asked for no versions where it has no such package', async () => {
    await apt({ names: [] });
    await expect(debianKernel('6.1')).rejects.toThrow('apt knows no cloud kernel');
    expect((await calls()).some((call) => call.includes('madison'))).toBe(false);
  });

  it('may have much to say', async () => {
    await apt({ madison: [...MADISON, `${'x'.repeat(100)}\n`.repeat(15_000)] });
    expect(await debianKernel('6.1')).toContain(CLOUD);
  }, 20_000);

  it('may fail without a word', async () => {
    await apt({ get: 'exit 7' });
    await expect(debianKernel('6.1')).rejects.toThrow(
      new RegExp(`^apt-get download ${CLOUD}=6.1.192-2: Error: Command failed: apt-get download -q`),
    );
    await script('apt-cache', 'exit 7');
    await expect(debianKernel('6.1')).rejects.toThrow(
      /^apt-cache pkgnames: Error: Command failed: apt-cache/,
    );
  });

  it('gives the newest, whatever older one was fetched before', async () => {
    await apt();
    const older = await debianKernel('6.1.180');
    expect(await debianKernel('6.1')).not.toBe(older);
    expect(await cachedKernels()).toHaveLength(2);
  });

  it('gives a kernel whose place is taken by something else: the reason is said', async () => {
    const place = `${folder}/cache/mapahead/debian/${CLOUD}_6.1.192-2`;
    await apt({ get: `touch package.deb ${place}` });
    await expect(debianKernel('6.1')).rejects.toThrow(`${CLOUD} cannot be kept: Error: ENOTDIR`);
  });

  it('gives a kernel that cannot be kept: the reason is said', async () => {
    await apt();
    await mkdir(join(folder, 'cache'));
    await writeFile(join(folder, 'cache/mapahead'), 'a file');
    const why = debianKernel('6.1');
    await expect(why).rejects.toThrow(`${CLOUD} cannot be kept: Error: ENOTDIR`);
    await expect(why).rejects.toBeInstanceOf(NoAgentError);
  });

  it('is not told of what stands in the cache and is no kernel', async () => {
    for (const name of ['.fetching-x', 'nothing'])
      await mkdir(join(folder, 'cache/mapahead/debian', name), { recursive: true });
    expect(await cachedKernels()).toEqual([]);
    await mkdir(join(folder, 'cache/mapahead/debian', `${CLOUD}_6.1.192-2`));
    expect(await cachedKernels()).toEqual([
      {
        name: CLOUD,
        version: '6.1.192-2',
        path: join(folder, `cache/mapahead/debian/${CLOUD}_6.1.192-2/vmlinuz`),
      },
    ]);
  });
});

describe('there is none', () => {
  it.each([
    [
      'of another series',
      {},
      '6.11',
      'apt knows no cloud kernel of Debian with version 6.11: apt-get update, or another',
    ],
    [
      'without lists',
      { names: [] },
      '6.1',
      'apt knows no cloud kernel of Debian with version 6.1: apt-get update',
    ],
    [
      'without a network',
      { get: 'echo "W: x" >&2; echo "W: y" >&2; echo "E: Failed to fetch http://deb" >&2; exit 100' },
      '6.1',
      'apt-get download linux-image-6.1.0-56-cloud-amd64=6.1.192-2: E: Failed to fetch http://deb (is there a network?',
    ],
    ['in a package without one', { unpack: 'mkdir -p "$3/boot"' }, '6.1', 'holds no boot/vmlinuz-*'],
    ['in an empty package', { unpack: 'true' }, '6.1', 'holds no boot/vmlinuz-*'],
    [
      'in a package that is broken',
      { unpack: 'echo "dpkg-deb: error: no archive" >&2; exit 2' },
      '6.1',
      'no archive',
    ],
  ])('%s, and the reason is said', async (_, given, series, reason) => {
    await apt(given);
    await expect(openKernel(`debian:${series}`)).rejects.toThrow(reason);
    // Nothing half done is left.
    expect(await cachedKernels()).toEqual([]);
    expect(await readdir(join(folder, 'cache/mapahead/debian')).catch(() => [])).toEqual([]);
  });

  it('where there is no apt', async () => {
    vi.stubEnv('PATH', path);
    await expect(openKernel('debian:6.1')).rejects.toThrow(
      'no Debian kernels here: there is no apt-cache; name a bzImage instead',
    );
  });

  it.each(['debian:', 'debian:bookworm', 'debian:6', 'debian:6.1;reboot'])('called %s', async (name) => {
    await expect(openKernel(name)).rejects.toThrow(`${name}: after "debian:" comes a version such as 6.12`);
  });

  it('in a file that is no image', async () => {
    await expect(openKernel('/etc/passwd')).rejects.toThrow(
      /^\/etc\/passwd is no bzImage: .* \(a kernel is host, debian:VERSION, or the path of a bzImage\)$/,
    );
  });
});

/** A Debian package of a kernel for clouds. */
export interface KernelPackage {
  readonly name: string;
  readonly version: string;
}

/**
 * Names of packages that hold a cloud kernel's image: `linux-image-6.1.0-56-cloud-amd64`; from 7.0 on the image is in
 * `linux-binary-...`. The signed ones only: the same kernel, and fewer names. A name with two numbers is that of a package which
 * only depends on another.
 */
const NAME = /^linux-(?:image|binary)-\d+\.\d+\.\d[\w.+~-]*-cloud-amd64$/;

/** Numbers and what stands between them, for comparison. */
const parts = (version: string): string[] => version.split(/(\d+)/);

/**
 * Order of Debian versions as far as kernels use it (deb-version(7)): numbers by value, and `~` before everything, even the end.
 * @returns below 0 when `a` is older
 */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [parts(a), parts(b)];
  // Both end with what stands behind the last number, so they differ before one of them is over.
  for (let i = 0; i < left.length; i++) {
    const [x, y] = [left[i], right[i]];
    if (x === y) continue;
    if (i % 2 === 1) return Number(x) - Number(y);
    if (x.startsWith('~') !== y.startsWith('~')) return x.startsWith('~') ? -1 : 1;
    return x < y ? -1 : 1;
  }
  return 0;
}

/** Whether a package is of this kernel series: `6.12`, or more exactly `6.12.117`, or a whole Debian version. */
export function isOfSeries({ version }: KernelPackage, series: string): boolean {
  return version === series || (version.startsWith(series) && /^[.\-+~]/.test(version.slice(series.length)));
}

/** The newest of these packages that is of a series. */
export function newestOf(packages: readonly KernelPackage[], series: string): KernelPackage | undefined {
  return packages
    .filter((each) => isOfSeries(each, series))
    .sort((a, b) => compareVersions(b.version, a.version) || a.name.localeCompare(b.name))[0];
}

/** Packages from what `apt-cache madison` prints: `name | version | where`. */
export function packagesIn(madison: string): KernelPackage[] {
  return madison.split('\n').flatMap((line) => {
    const [name = '', version = '', where = ''] = line.split('|').map((field) => field.trim());
    return NAME.test(name) && !where.endsWith(' Sources') ? [{ name, version }] : [];
  });
}

import { describe, expect, it } from 'vitest';
import { compareVersions, isOfSeries, newestOf, packagesIn } from '#model/linux/guest/debian-packages';

const MADISON = `
linux-image-6.1.0-47-cloud-amd64 | 6.1.170-1 | http://deb.debian.org/debian bookworm/main amd64 Packages
linux-image-6.1.0-56-cloud-amd64 | 6.1.192-2 | http://security.debian.org bookworm-security/main amd64 Packages
linux-image-6.12-cloud-amd64 | 6.12.117-1~deb12u1 | http://security.debian.org bookworm-security/main amd64 Packages
linux-image-6.12.117+deb12-cloud-amd64 | 6.12.117-1~deb12u1 | http://security.debian.org bookworm-security/main amd64 Packages
linux-image-6.12.99+deb12-cloud-amd64 | 6.12.99-1~deb12u1 | http://security.debian.org bookworm-security/main amd64 Packages
linux-image-6.12.117+deb12-cloud-amd64-dbg | 6.12.117-1~deb12u1 | http://security.debian.org bookworm-security/main amd64 Packages
linux-image-7.0.2+deb14-cloud-amd64 | 7.0.2-1 | http://deb.debian.org/debian sid/main amd64 Packages
linux-binary-7.0.2+deb14-cloud-amd64 | 7.0.2-1 | http://deb.debian.org/debian sid/main amd64 Packages
linux-image-10.1.0+deb20-cloud-amd64 | 10.1.0-1 | http://deb.debian.org/debian sid/main amd64 Packages
old-linux-image-6.1.0-47-cloud-amd64 | 6.1.170-1 | http://deb.debian.org/debian bookworm/main amd64 Packages
linux-image-cloud-amd64 | 6.1.192-2 | http://security.debian.org bookworm-security/main amd64 Packages
linux-image-6.1.0-56-cloud-amd64 | 6.1.192-2 | http://security.debian.org bookworm-security/main Sources
`;

describe("Debian's packages", () => {
  const packages = packagesIn(MADISON);

  it('are those that hold an image', () => {
    expect(packages.map(({ name }) => name)).toEqual([
      'linux-image-6.1.0-47-cloud-amd64',
      'linux-image-6.1.0-56-cloud-amd64',
      'linux-image-6.12.117+deb12-cloud-amd64',
      'linux-image-6.12.99+deb12-cloud-amd64',
      'linux-image-7.0.2+deb14-cloud-amd64',
      'linux-binary-7.0.2+deb14-cloud-amd64',
      'linux-image-10.1.0+deb20-cloud-amd64',
    ]);
  });

  it.each([
    ['6.1', 'linux-image-6.1.0-56-cloud-amd64'],
    ['6.1.170', 'linux-image-6.1.0-47-cloud-amd64'],
    ['6.12', 'linux-image-6.12.117+deb12-cloud-amd64'],
    ['6.12.99-1~deb12u1', 'linux-image-6.12.99+deb12-cloud-amd64'],
    ['7.0', 'linux-binary-7.0.2+deb14-cloud-amd64'],
    ['6.11', undefined],
    ['6', 'linux-image-6.12.117+deb12-cloud-amd64'],
  ])('of %s: the newest is %s', (series, name) => {
    expect(newestOf(packages, series)?.name).toBe(name);
  });

  it('are of a series by whole numbers', () => {
    expect(isOfSeries({ name: '', version: '6.12.117-1' }, '6.1')).toBe(false);
    expect(isOfSeries({ name: '', version: '6.12.117-1' }, '6.12.11')).toBe(false);
    expect(isOfSeries({ name: '', version: '16.12.117-1' }, '6.12')).toBe(false);
    for (const series of ['6.12', '6.12.117', '6.12.117-1'])
      expect(isOfSeries({ name: '', version: '6.12.117-1' }, series)).toBe(true);
    expect(isOfSeries({ name: '', version: '6.12~rc7-1' }, '6.12')).toBe(true);
    expect(isOfSeries({ name: '', version: '6.12+x' }, '6.12')).toBe(true);
  });
});

describe('the newest of a series', () => {
  const [one, same, older] = [
    { name: 'linux-image-b', version: '6.12.5-1' },
    { name: 'linux-image-a', version: '6.12.5-1' },
    { name: 'linux-image-c', version: '6.12.4-1' },
  ];

  it('is the first by name of those of one version, in whatever order they come', () => {
    for (const packages of [
      [one, same, older],
      [older, same, one],
      [same, older, one],
    ]) {
      expect(newestOf(packages, '6.12')).toBe(same);
    }
  });
});

describe('versions', () => {
  it.each([
    ['6.12.9-1', '6.12.10-1'],
    ['6.12~rc7-1', '6.12-1'],
    ['6.12.117-1~bpo12+1', '6.12.117-1'],
    ['6.12.117-1~bpo12+1', '6.12.117-1~deb12u1'],
    ['6.12.117-1', '6.12.117-1+b1'],
    ['6.12', '6.12.1'],
  ])('%s is older than %s', (older, newer) => {
    expect(compareVersions(older, newer)).toBeLessThan(0);
    expect(compareVersions(newer, older)).toBeGreaterThan(0);
    expect(compareVersions(older, older)).toBe(0);
  });
});

/** Major and minor number of a release such as "6.12.117-cloud" or "7.3-rc1". @throws RangeError */
function versionOf(release: string): readonly [number, number] {
  const match = /^(\d+)\.(\d+)/.exec(release);
  if (match === null) throw new RangeError(`not a kernel release: ${release}`);
  return [Number(match[1]), Number(match[2])];
}

/** Is the release `since` or a later one? @throws RangeError when one of them is not a release */
export function isReleaseFrom(release: string, since: string): boolean {
  const [major, minor] = versionOf(release);
  const [sinceMajor, sinceMinor] = versionOf(since);
  return major > sinceMajor || (major === sinceMajor && minor >= sinceMinor);
}

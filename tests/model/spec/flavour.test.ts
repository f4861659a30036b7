import { describe, expect, it } from 'vitest';
import { flavourOf, flavourOfKernel, VARIATION_POINTS } from '#model/spec/index';

const ids = (flavour: number): string[] =>
  VARIATION_POINTS.filter((_, bit) => (flavour & (1 << bit)) !== 0).map(({ id }) => id);

describe('a flavour', () => {
  it('is made of ids', () => {
    expect(flavourOf([])).toBe(0);
    expect(ids(flavourOf(['exec-refused', 'gup-refused']))).toEqual(['gup-refused', 'exec-refused']);
    expect(() => flavourOf(['exec-refused', 'no-such'])).toThrow(
      new RangeError('no variation point is called no-such'),
    );
  });

  it('belongs to a release', () => {
    expect(ids(flavourOfKernel('6.1.0-47-cloud-amd64'))).toEqual([]);
    expect(ids(flavourOfKernel('6.12.117'))).toEqual([
      'cut-invalid',
      'dead-target-enodev',
      'populate-stops-at-hole',
    ]);
    expect(ids(flavourOfKernel('6.12.117+deb12-cloud-amd64'))).toContain('memory-failure');
    expect(ids(flavourOfKernel('6.11.10+deb13-amd64'))).not.toContain('memory-failure');
    expect(ids(flavourOfKernel('7.0.4+deb14-amd64'))).toContain('memory-failure');
    expect(ids(flavourOfKernel('6.12.57-cloud-amd64'))).not.toContain('memory-failure');
    expect(ids(flavourOfKernel('6.14'))).toContain('gup-refused');
    expect(ids(flavourOfKernel('6.14'))).not.toContain('exec-refused');
    const latest = VARIATION_POINTS.map(({ id }) => id).filter((id) => id !== 'memory-failure');
    expect(ids(flavourOfKernel('6.18.44-fc'))).toEqual(latest);
    expect(ids(flavourOfKernel('7.3-rc1'))).toEqual(latest);
    expect(ids(flavourOfKernel('5.18.2'))).toEqual([]);
    expect(ids(flavourOfKernel('10.2'))).toEqual(latest);
    for (const release of ['linux', 'linux-6.12', ''])
      expect(() => flavourOfKernel(release)).toThrow(new RangeError(`not a kernel release: ${release}`));
  });
});

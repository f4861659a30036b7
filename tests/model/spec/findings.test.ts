import { describe, expect, it } from 'vitest';
import { OUT_OF_SCOPE as OUT } from '#model/alphabet/specification';
import {
  FINDING,
  findingsOfKernel,
  flavourOfKernel,
  KNOWN_FINDINGS,
  VARIATION_POINTS,
} from '#model/spec/index';
import { AFTER, answers, follow, observation, operation, specIn } from './story.js';

const WITH = (bit: number): number => AFTER | (1 << bit);

describe('the known findings', () => {
  it('have bits of their own, after those of the variation points', () => {
    const bits = KNOWN_FINDINGS.map(({ bit }) => bit);
    expect(bits).toEqual(Object.values(FINDING));
    expect(Math.min(...bits)).toBeGreaterThanOrEqual(VARIATION_POINTS.length);
    expect(Math.max(...bits)).toBeLessThan(31);
  });

  it('say what is promised, what happens, where, and how to see it', () => {
    expect(KNOWN_FINDINGS.map(({ id }) => id)).toEqual([
      'second-mapping-charged',
      'unmapper-refunded',
      'aux-refunds-other-user',
      'kept-mapping-stays-locked',
    ]);
    for (const { id, finding, sides, kernels, why, evidence, sequence } of KNOWN_FINDINGS) {
      expect(finding, id).toBe(true);
      expect(sides, id).toHaveLength(2);
      for (const step of sequence) expect(step, id).toMatch(/^(\w+ ?\d?: )*\w+(\(.+\)| .+)$/);
      for (const text of [...sides, kernels, why, evidence]) expect(text.length, id).toBeGreaterThan(20);
      expect(sequence.length, id).toBeGreaterThan(2);
    }
  });

  it('are known for releases', () => {
    const of = (release: string): string[] =>
      KNOWN_FINDINGS.filter(({ bit }) => (findingsOfKernel(release) & (1 << bit)) !== 0).map(({ id }) => id);
    expect(of('6.12.117+deb12-cloud-amd64')).toEqual(['unmapper-refunded', 'aux-refunds-other-user']);
    expect(of('6.18.44-fc')).toEqual(KNOWN_FINDINGS.map(({ id }) => id));
    expect(flavourOfKernel('6.18.44-fc') & findingsOfKernel('6.18.44-fc')).toBe(0);
  });
});

describe('second-mapping-charged', () => {
  const story = `
    open fd=0 => ok
    mmap fd=0 page=0 npages=2 prot=read => ok
    mmap fd=0 page=2 npages=2 prot=read => ok
    munmap page=0 npages=4 => ok`;

  it('is told apart', () => {
    follow(`${story}
      headroom => ok 18`);
    const spec = follow(
      `${story}
      headroom => ok 16`,
      { flavour: WITH(FINDING.secondMappingCharged) },
    );
    expect(spec.consulted()).toBe(0);
    answers('mmap fd=0 page=0 npages=2 prot=read', spec);
    answers('mmap fd=0 page=4 npages=2 prot=read', spec);
    expect(spec.consulted() & (1 << FINDING.secondMappingCharged)).not.toBe(0);
  });

  it('is so for AUX areas, and for users beyond their gift', () => {
    const aux = `
      open fd=0 flags=aux => ok
      mmap fd=0 page=0 npages=2 prot=read+write => ok
      store page=0 word=aux_offset value=2 => ok
      store page=0 word=aux_size value=2 => ok
      mmap fd=0 page=4 npages=2 prot=read pgoff=2 => ok
      mmap fd=0 page=8 npages=2 prot=read pgoff=2 => ok
      mmap fd=0 page=12 npages=2 prot=read pgoff=2 => ok
      munmap page=0 npages=20 => ok`;
    follow(
      `${aux}
      headroom => ok 14`,
      { aux: true, flavour: WITH(FINDING.secondMappingCharged) },
    );
    follow(
      `${aux}
      headroom => ok 6`,
      { aux: true, gift: 4, flavour: WITH(FINDING.secondMappingCharged) },
    );
  });
});

describe('unmapper-refunded', () => {
  const story = `
    open fd=0 => ok
    mmap fd=0 page=0 npages=5 prot=read => ok
    fork child=1 => ok
    p1 mmap fd=0 page=0 npages=5 prot=read => ok
    munmap page=0 npages=5 => ok
    p1 munmap page=0 npages=5 => ok`;

  it('is told apart', () => {
    follow(
      `${story}
      status => ok 0 0
      p1 status => ok 0 0`,
      { gift: 2 },
    );
    follow(
      `${story}
      status => ok 3 0
      headroom => ok 5
      p1 status => ok -3 0
      p1 headroom => ok any
      p1 open fd=1 => ok
      p1 mmap fd=1 page=0 npages=2 prot=read => EPERM
      p1 mmap fd=1 page=0 npages=5 prot=read => ok
      p1 status => ok 0 0`,
      { gift: 2, flavour: WITH(FINDING.unmapperRefunded) },
    );
  });

  it('is none where the charge was within the gift, or the same memory unmaps', () => {
    follow(
      `${story}
      status => ok 0 0
      p1 status => ok 0 0`,
      { flavour: WITH(FINDING.unmapperRefunded) },
    );
    const asked = (text: string, gift: number): boolean => {
      const spec = follow(text, { gift, flavour: WITH(FINDING.unmapperRefunded) });
      return (spec.consulted() & (1 << FINDING.unmapperRefunded)) !== 0;
    };
    expect(asked(story, 2)).toBe(true);
    expect(asked(story, 12)).toBe(false);
    const alone = `
      open fd=0 => ok
      mmap fd=0 page=0 npages=5 prot=read => ok
      munmap page=0 npages=5 => ok`;
    expect(asked(alone, 2)).toBe(false);
  });
});

describe('aux-refunds-other-user', () => {
  const story = `
    open fd=0 flags=aux => ok
    mmap fd=0 page=0 npages=2 prot=read+write => ok
    store page=0 word=aux_offset value=2 => ok
    store page=0 word=aux_size value=1 => ok
    setuid user=1 => ok
    mmap fd=0 page=2 npages=1 prot=read pgoff=2 => ok
    munmap page=2 npages=1 => ok`;

  it('is not asked where one user paid for both', () => {
    const own = story.replace('setuid user=1 => ok', '');
    const flavour = WITH(FINDING.auxRefundsOther);
    expect(follow(own, { aux: true, flavour }).consulted() & (1 << FINDING.auxRefundsOther)).toBe(0);
    expect(follow(story, { aux: true, flavour }).consulted() & (1 << FINDING.auxRefundsOther)).not.toBe(0);
  });

  it('is told apart', () => {
    follow(
      `${story}
      headroom => ok 18`,
      { aux: true },
    );
    follow(
      `${story}
      headroom => ok 17
      setuid user=0 => ok
      headroom => ok 17`,
      { aux: true, flavour: WITH(FINDING.auxRefundsOther) },
    );
  });
});

describe('kept-mapping-stays-locked', () => {
  it('is not followed where it happens', () => {
    const spec = specIn({ flavour: WITH(FINDING.keptMappingStaysLocked) });
    answers('mmap fd=-1 page=0 npages=2 prot=read flags=locked', spec);
    const op = operation('mremap page=0 npages=1 new_npages=1 mode=dontunmap new_page=4');
    expect(spec.accept(op, 0, observation('ok', op[0] ?? 0))).toBe(OUT);
    expect(spec.consulted() & (1 << FINDING.keptMappingStaysLocked)).not.toBe(0);
    follow(
      `
      mmap fd=-1 page=0 npages=2 prot=read => ok
      mremap page=0 npages=1 new_npages=1 mode=dontunmap new_page=4 => ok
      maps => ok 0-1: anon r sh | 4: anon r sh
      mmap fd=-1 page=8 npages=1 prot=read flags=locked => ok
      mremap page=8 npages=1 new_npages=1 mode=fixed new_page=10 => ok
      status => ok 0 1`,
      { flavour: WITH(FINDING.keptMappingStaysLocked) },
    );
    follow(`
      mmap fd=-1 page=0 npages=2 prot=read flags=locked => ok
      mremap page=0 npages=1 new_npages=1 mode=dontunmap new_page=4 => ok
      status => ok 0 2
      maps => ok 0: anon r sh | 1: anon r sh lo | 4: anon r sh lo`);
  });
});

import { describe, expect, it } from 'vitest';
import { OP } from '#model/alphabet/operations';
import { FINDING } from '#model/spec/index';
import {
  ACCEPTED,
  AFTER,
  answers,
  follow,
  observation,
  operation,
  REJECTED,
  type Setting,
  specIn,
  verdict,
} from './story.js';

const BUFFER = `
  open fd=0 => ok
  open fd=1 => ok
  mmap fd=0 page=0 npages=3 prot=read => ok
  mmap fd=-1 page=8 npages=3 prot=read => ok`;

const failsThen = (story: string, failed: string, rest: string, setting: Setting = {}): void => {
  const lines = story.split('\n').filter((line) => line.trim() !== '');
  const spec = specIn(setting);
  const follows = (line: string): number => {
    const [what = '', seen = ''] = line.split('=>');
    const op = operation(what);
    return spec.accept(op, 0, observation(seen, op[0] ?? 0));
  };
  for (const line of [...lines, failed, ...rest.split('\n').filter((each) => each.trim() !== '')]) {
    expect(follows(line), line).toBe(ACCEPTED);
  }
};

describe('an armed failure', () => {
  it('may meet an open or an mmap that would have succeeded', () => {
    expect(
      verdict(`inject site=alloc nth=0 => ok
      open fd=0 => ENOMEM`),
    ).toBe(ACCEPTED);
    expect(verdict('open fd=0 => ENOMEM')).toBe(REJECTED);
    expect(
      verdict(`${BUFFER}
      inject site=alloc nth=1 => ok
      open fd=2 flags=cpu output=0 => ENOMEM`),
    ).toBe(ACCEPTED);
    expect(
      verdict(`${BUFFER}
      inject site=alloc nth=1 => ok
      open fd=0 => ENOMEM`),
    ).toBe(REJECTED);
    expect(
      verdict(`${BUFFER}
      inject site=pgtable nth=1 => ok
      mmap fd=1 page=8 npages=4 prot=read => ENOMEM`),
    ).toBe(REJECTED);
    expect(
      verdict(`${BUFFER}
      inject site=pgtable nth=1 => ok
      munmap page=8 npages=3 => ENOMEM`),
    ).toBe(REJECTED);
  });

  it('meets no other operation, and anonymous memory only when it is allocated', () => {
    expect(
      verdict(`inject site=alloc nth=0 => ok
      fork child=1 => ENOMEM`),
    ).toBe(REJECTED);
    expect(
      verdict(`inject site=pgtable nth=0 => ok
      mmap fd=-1 page=0 npages=1 prot=read => ENOMEM`),
    ).toBe(REJECTED);
  });

  it('of an open leaves memory alone', () => {
    failsThen(
      `mmap fd=-1 page=0 npages=4 prot=read flags=private => ok
      open fd=1 => ok
      inject site=alloc nth=0 => ok`,
      'open fd=2 flags=cpu output=1 => ENOMEM',
      'maps => ok 0-3: anon r',
    );
  });

  it('is none where the System could not arm it', () => {
    const spec = specIn();
    const unobserved = observation('UNOBSERVED', OP.inject);
    expect(spec.accept(operation('inject site=alloc nth=0'), 0, unobserved)).toBe(ACCEPTED);
    expect(spec.accept(operation('open fd=0'), 0, observation('ENOMEM', OP.open))).toBe(REJECTED);
  });

  it('stays armed over what could not be armed, and no longer over what was not observed', () => {
    const armed = (between: string): number => {
      const spec = specIn();
      answers('inject site=alloc nth=0', spec);
      const op = operation(between);
      expect(spec.accept(op, 0, observation('UNOBSERVED', op[0] ?? 0))).toBe(ACCEPTED);
      return spec.accept(operation('open fd=0'), 0, observation('ENOMEM', OP.open));
    };
    expect(armed('inject site=pgtable nth=0')).toBe(ACCEPTED);
    expect(armed('gift pages=3')).toBe(REJECTED);
  });

  it('need not meet anything', () => {
    follow(`${BUFFER}
      inject site=pgtable nth=9 => ok
      mmap fd=1 page=8 npages=3 prot=read => ok
      headroom => ok 12`);
  });

  it('is among what is allowed', () => {
    const spec = specIn();
    answers('inject site=alloc nth=0', spec);
    expect(spec.accept(operation('open fd=0'), 0, observation('EPERM', OP.open))).toBe(REJECTED);
    expect(spec.allowed().map(({ obs }) => obs[0])).toEqual([0, -12]);
    expect(spec.allowed()[1]?.rule).toContain('allocation');
  });

  it('is over after the next operation', () => {
    expect(
      verdict(`${BUFFER}
      inject site=alloc nth=0 => ok
      maps => ok 0-2: perf r sh dc de dd io pf first rss=0 | 8-10: anon r sh
      mmap fd=1 page=8 npages=3 prot=read => ENOMEM`),
    ).toBe(REJECTED);
  });

  it('leaves nothing behind but the hole of a MAP_FIXED range', () => {
    failsThen(
      `${BUFFER}
      inject site=pgtable nth=2 => ok`,
      'mmap fd=1 page=8 npages=3 prot=read => ENOMEM',
      `maps => ok 0-2: perf r sh dc de dd io pf first rss=0
      headroom => ok 15
      open fd=2 output=0 => ok
      set_output fd=1 target=0 => ok`,
    );
  });

  it('leaves the charge of a further mapping, where there is one', () => {
    const again = `
      open fd=0 flags=aux => ok
      mmap fd=0 page=0 npages=2 prot=read+write => ok
      store page=0 word=aux_offset value=2 => ok
      store page=0 word=aux_size value=1 => ok
      inject site=pgtable nth=0 => ok`;
    const flavour = AFTER | (1 << FINDING.secondMappingCharged);
    const shared = 'mmap fd=0 page=4 npages=2 prot=read => ENOMEM';
    failsThen(again, shared, 'headroom => ok 14', { aux: true, flavour });
    failsThen(again, shared, 'headroom => ok 16', { aux: true });
    const area = 'mmap fd=0 page=4 npages=1 prot=read pgoff=2 => ENOMEM';
    failsThen(again, area, 'headroom => ok 16', { aux: true, flavour });
    const twice = `${again.replace('inject site=pgtable nth=0 => ok', '')}
      mmap fd=0 page=6 npages=1 prot=read pgoff=2 => ok
      inject site=pgtable nth=0 => ok`;
    failsThen(twice, area, 'headroom => ok 14', { aux: true, flavour });
    const child = `
      open fd=0 => ok
      open fd=1 => ok
      mmap fd=1 page=0 npages=2 prot=read => ok
      fork child=1 => ok
      p1 open fd=2 => ok
      p1 close fd=0 => ok
      p1 inject site=pgtable nth=0 => ok`;
    failsThen(child, 'p1 mmap fd=1 page=4 npages=2 prot=read => ENOMEM', 'headroom => ok 14', { flavour });
    failsThen(child, 'p1 mmap fd=2 page=4 npages=2 prot=read => ENOMEM', 'headroom => ok 16', { flavour });
    failsThen(
      'inject site=alloc nth=0 => ok',
      'mmap fd=-1 page=4 npages=1 prot=read => ENOMEM',
      'headroom => ok 18',
      { flavour },
    );
    failsThen(
      'inject site=alloc nth=0 => ok',
      'mmap fd=-1 page=4 npages=1 prot=read => ENOMEM',
      'maps => ok',
    );
  });
});

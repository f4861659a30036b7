import { describe, expect, it } from 'vitest';
import { KernelJudge } from '#properties/checkers/kernel-judge';
import { KernelOracle } from '#properties/checkers/kernel-oracle';
import { KernelRandom } from '#properties/checkers/kernel-random';
import { conform, START } from '#properties/conformance/conform';
import { KERNEL_FLAVOUR, RELEASE } from '../checkers/fakes.js';
import { bitOf, specKernel } from './kernels.js';
import { ADVICE, DRAWN, FEATURES, many, OPENED, OPTIONS, whenRun } from './small-run.js';
import { SINGLE } from './tiny-bounds.js';

const seconds = expect.any(Number);

describe('conform, source by source', () => {
  it('hands on what each source came to, and one verdict', async () => {
    const before = performance.now();
    const { verdict, ...rest } = await conform(specKernel(), OPTIONS);
    const elapsed = (performance.now() - before) / 1000;
    expect(rest).toStrictEqual({
      name: 'fake',
      sources: [
        { source: 'corpus', sequences: 2, disagreed: 0, seconds },
        { source: 'cover', sequences: FEATURES, disagreed: 0, seconds },
        { source: 'random', sequences: 40, disagreed: 0, seconds },
      ],
      cover: { features: FEATURES, shown: FEATURES, missed: [] },
      unobserved: [{ what: 'open (aux)', why: 'no PMU with AUX buffers', operations: 1 }],
    });
    for (const source of rest.sources) {
      expect(source.seconds).toBeGreaterThan(0);
      expect(source.seconds).toBeLessThan(elapsed);
    }
    expect(verdict).toMatchObject({ system: `linux-${RELEASE}`, seed: 7, outcome: 'passed' });
    expect(verdict.incomplete).toBeUndefined();
    expect(verdict.counts.sequences).toBe(42 + FEATURES);
  });

  it('runs those sources only that are asked for, in their order', async () => {
    for (const source of ['corpus', 'cover', 'random'] as const) {
      const result = await conform(specKernel(), { ...OPTIONS, sources: [source] });
      expect(result.sources.map((each) => each.source)).toEqual([source]);
      // What is left out is left out, not undefined.
      expect(Object.keys(result).includes('cover')).toBe(source === 'cover');
    }
    const { sources } = await conform(specKernel(), { ...OPTIONS, sources: ['random', 'corpus'] });
    expect(sources.map((each) => each.source)).toEqual(['corpus', 'random']);
  });

  it('says which release a kernel was made from, if it says so itself', async () => {
    const kernel = specKernel();
    const open = kernel.open.bind(kernel);
    kernel.open = async (start) => Object.assign(await open(start), { upstream: '6.18.9' });
    expect((await conform(kernel, { ...OPTIONS, sources: ['corpus'] })).upstream).toBe('6.18.9');
  });

  it('tells what it is doing, and how far it is', async () => {
    const told: string[] = [];
    const disagreeing = specKernel(KERNEL_FLAVOUR ^ bitOf('lru-advice-refused'));
    const { verdict } = await conform(disagreeing, {
      ...OPTIONS,
      corpus: [OPENED, ADVICE],
      sources: ['corpus', 'cover'],
      onProgress: ({ doing, sequences, operations }) =>
        told.push(`${doing}, ${sequences}, ${operations > sequences}`),
    });
    expect(verdict.outcome).toBe('failed');
    expect(told).toEqual([
      'corpus, 0, false',
      'searching the bounds single for a cover, 2, true',
      ...Array.from({ length: FEATURES }, (_, i) => `transition cover, ${i + 3}, true`),
      'shrinking, 15, true',
    ]);
    told.length = 0;
    const onProgress = ({ doing }: { readonly doing: string }) => told.push(doing);
    await conform(specKernel(), { ...OPTIONS, sources: ['random'], onProgress });
    // A known finding is shrunk, too.
    expect([...new Set(told)]).toEqual(['random sequences', 'shrinking']);
  });

  it('counts what disagreed by source', async () => {
    const advised = specKernel(KERNEL_FLAVOUR ^ bitOf('lru-advice-refused') ^ bitOf('dontneed-refused'));
    const { sources } = await conform(advised, {
      ...OPTIONS,
      corpus: [ADVICE, OPENED, ADVICE],
      sources: ['corpus', 'cover'],
    });
    expect(sources.map(({ sequences, disagreed }) => [sequences, disagreed])).toEqual([
      [3, 2],
      [FEATURES, 2],
    ]);
  });

  it('counts drawn operations that named nothing', async () => {
    const judge = new KernelJudge(new KernelOracle(RELEASE));
    const random = new KernelRandom(await specKernel().open(START), judge, DRAWN);
    await random.search();
    expect(random.unmapped).toBeGreaterThan(0);
    const { verdict } = await conform(specKernel(), { ...OPTIONS, sources: ['random'] });
    expect(verdict.counts.missing).toBe(verdict.counts.skipped + random.unmapped);
  });
});

describe('the cover of a kernel', () => {
  it('has what AUX buffers can do, which is not observed where there are none', async () => {
    const operations = [{ op: 'open' as const, with: { flags: [['aux']] } }];
    const coverBounds = [{ bounds: { ...SINGLE, operations }, depth: 1 }];
    const { cover, verdict } = await conform(specKernel(), { ...OPTIONS, sources: ['cover'], coverBounds });
    expect(cover).toEqual({
      features: 1,
      shown: 0,
      missed: [{ feature: 'open ok', how: 'unobserved', why: 'no PMU with AUX buffers' }],
    });
    expect(verdict.outcome).toBe('passed');
  });

  it('is what its machine can do', async () => {
    const operations = [
      {
        op: 'mmap' as const,
        with: { fd: [-1], page: [0], npages: [2], prot: [['read']], flags: [['private']] },
      },
      { op: 'madvise' as const, with: { page: [0], npages: [2], advice: ['HUGEPAGE'] } },
    ];
    const coverBounds = [{ bounds: { ...SINGLE, operations }, depth: 2 }];
    // Without transparent huge pages the advice is EINVAL, mapped or not: two outcomes, four pairs.
    const kernel = specKernel();
    const open = kernel.open.bind(kernel);
    kernel.open = async (start) => {
      const system = await open(start);
      return Object.assign(system, { env: { ...system.env, thp: false } });
    };
    const { cover } = await conform(kernel, { ...OPTIONS, sources: ['cover'], coverBounds });
    expect(cover).toEqual({ features: 6, shown: 6, missed: [] });
  });
});

describe('conform that does less than it was asked for', () => {
  it('says so of a corpus that is empty', async () => {
    const { sources, verdict } = await conform(specKernel(), { ...OPTIONS, corpus: [], sources: ['corpus'] });
    expect(sources).toStrictEqual([
      { source: 'corpus', sequences: 0, disagreed: 0, seconds, incomplete: 'there is no corpus' },
    ]);
    expect(verdict.incomplete).toBe('corpus: there is no corpus');
  });

  it('ends at a signal between batches, and begins no other source', async () => {
    const interrupt = new AbortController();
    const { sources, verdict } = await conform(
      whenRun(specKernel(), () => interrupt.abort()),
      { ...OPTIONS, corpus: many(70), signal: interrupt.signal },
    );
    expect(sources.map(({ sequences, incomplete }) => [sequences, incomplete])).toEqual([
      [64, 'interrupted after 64 of 70 sequences'],
      [0, 'interrupted before it began'],
      [0, 'interrupted before it began'],
    ]);
    expect(verdict.incomplete).toBe(
      'corpus: interrupted after 64 of 70 sequences; cover: interrupted before it began; random: interrupted before it began',
    );
  });

  it('ends while the cover is searched, or before it is run', async () => {
    const searching = new AbortController();
    const told: string[] = [];
    const early = await conform(specKernel(), {
      ...OPTIONS,
      coverBounds: [SINGLE, SINGLE].map((bounds) => ({ bounds, depth: 3 })),
      sources: ['cover'],
      signal: searching.signal,
      onProgress: ({ doing }) => {
        told.push(doing);
        if (doing.startsWith('searching')) searching.abort();
      },
    });
    expect(told).toEqual(['searching the bounds single for a cover']);
    expect(early.sources[0].incomplete).toBe('interrupted while the cover was searched');
    expect(early.cover).toBeUndefined();
    const opening = new AbortController();
    const kernel = specKernel();
    const open = kernel.open.bind(kernel);
    kernel.open = (start) => {
      if (start.gift === SINGLE.env?.gift) opening.abort();
      return open(start);
    };
    const late = await conform(kernel, { ...OPTIONS, sources: ['cover'], signal: opening.signal });
    expect(late.sources[0].incomplete).toBe(`interrupted after 0 of ${FEATURES} sequences`);
    expect(late.cover).toEqual({ features: FEATURES, shown: 0, missed: [] });
  });

  it('keeps what it has of a kernel that is lost, and asks it no more', async () => {
    let asked = 0;
    const dying = whenRun(specKernel(), (_, gift) => {
      asked++;
      if (gift === SINGLE.env?.gift) throw new Error('the machine is gone');
    });
    const { sources, verdict } = await conform(dying, OPTIONS);
    expect(sources.map(({ sequences, incomplete }) => [sequences, incomplete])).toEqual([
      [2, undefined],
      [0, 'the kernel was lost: the machine is gone'],
      [0, 'the kernel was lost: the machine is gone'],
    ]);
    expect(asked).toBe(2);
    expect(verdict).toMatchObject({
      outcome: 'not-run',
      reason: 'not all that was asked for: the machine is gone',
    });
    expect(dying.open_now).toBe(0);
  });

  it('says that random sequences lost the kernel', async () => {
    const dying = whenRun(specKernel(), () => {
      throw new Error('the machine is gone');
    });
    const { sources, verdict } = await conform(dying, { ...OPTIONS, sources: ['random'] });
    expect(sources[0].incomplete).toBe('after 0 sequences the kernel was lost: the machine is gone');
    expect(verdict).toMatchObject({ outcome: 'not-run', reason: 'the machine is gone' });
  });

  it('passes on a mistake, and closes the kernel', async () => {
    const kernel = specKernel();
    const mistaken = conform(kernel, {
      ...OPTIONS,
      onProgress: () => {
        throw new TypeError('a mistake');
      },
    });
    await expect(mistaken).rejects.toThrow(new TypeError('a mistake'));
    expect(kernel.open_now).toBe(0);
  });
});

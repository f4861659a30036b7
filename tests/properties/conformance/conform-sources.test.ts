import { describe, expect, it } from 'vitest';
import { OP } from '#model/alphabet/operations';
import { DEFAULT_ENV } from '#model/alphabet/system';
import { KNOWN_FINDINGS, VARIATION_POINTS } from '#model/spec/index';
import { KernelJudge } from '#properties/checkers/kernel-judge';
import { KernelOracle } from '#properties/checkers/kernel-oracle';
import { KernelRandom } from '#properties/checkers/kernel-random';
import { type ConformOptions, conform, START } from '#properties/conformance/conform';
import { traceOf } from '../../shrinkers/traces.js';
import { type Alter, KERNEL_FLAVOUR, RELEASE } from '../checkers/fakes.js';
import { bitOf, type Opened, specKernel } from './kernels.js';
import { ADVISED, SINGLE } from './tiny-bounds.js';

const ENV = { ...DEFAULT_ENV, gift: 5, rlimit: 6 };
const OPENED = { name: 'open.json', trace: traceOf([['open', 0, 0, 0, -1]], ENV) };
const AUX = { name: 'aux.json', trace: traceOf([['open', 0, 0, 4, -1]], ENV) };
const ADVICE = {
  name: 'advice.json',
  trace: traceOf(
    [
      ['open', 0, 0, 0, -1],
      ['mmap', 0, 0, 0, 2, 1, 0, 0],
      ['madvise', 0, 0, 2, 17],
    ],
    ENV,
  ),
};
const many = (count: number) => Array.from({ length: count }, () => OPENED);
const FEATURES = 13;
const DRAWN = { seed: 7, runs: 40, length: 6, timeMs: 60_000 };
const OPTIONS: ConformOptions = {
  ...DRAWN,
  sources: ['corpus', 'cover', 'random'],
  corpus: [OPENED, AUX],
  matrix: false,
  coverBounds: [{ bounds: SINGLE, depth: 3 }],
  pointBounds: [ADVISED],
};

/** A kernel that does something each time that it runs sequences. */
function whenRun(kernel: Opened, at: (sequences: number, gift: number) => void): Opened {
  const open = kernel.open.bind(kernel);
  kernel.open = async (start) => {
    const system = await open(start);
    const run = system.run.bind(system);
    system.run = async (traces) => {
      at(traces.length, start.gift);
      return run(traces);
    };
    return system;
  };
  return kernel;
}

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
      const { sources, cover } = await conform(specKernel(), { ...OPTIONS, sources: [source] });
      expect(sources.map((each) => each.source)).toEqual([source]);
      expect(cover !== undefined).toBe(source === 'cover');
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

describe('conform with a matrix', () => {
  const IDS = [...VARIATION_POINTS, ...KNOWN_FINDINGS].map(({ id }) => id);
  const CORPUS: ConformOptions = { ...OPTIONS, sources: ['corpus'], corpus: [OPENED, ADVICE], matrix: true };

  it('measures first, and holds the kernel to the sides that it is on', async () => {
    const told: string[] = [];
    const { sides, verdict, sources } = await conform(
      specKernel(KERNEL_FLAVOUR ^ bitOf('lru-advice-refused')),
      {
        ...CORPUS,
        onProgress: ({ doing, sequences }) => told.push(`${doing}, ${sequences}`),
      },
    );
    expect(
      sides?.flatMap(({ id, measured }) => (measured === undefined ? [] : [`${id} ${measured}`])),
    ).toEqual(['dontneed-refused 1', 'lru-advice-refused 0']);
    expect(told).toEqual([...IDS, ...IDS].map((id) => `measuring ${id}, 0`).concat('corpus, 0'));
    expect(verdict.outcome).toBe('passed');
    expect(sources[0]).toMatchObject({ sequences: 2, disagreed: 0 });
  });

  it('takes what neither side explains for a disagreement', async () => {
    const alter: Alter = (ops, at, obs) => {
      if (ops[at] === OP.madvise && ops[at + 4] === 17) obs[0] = -99;
    };
    const { verdict, sources } = await conform(specKernel(KERNEL_FLAVOUR, alter), {
      ...CORPUS,
      corpus: [OPENED],
    });
    expect(verdict.outcome).toBe('failed');
    expect(verdict.counterexample?.failure.detail).toBe('process 0: madvise gave errno 99, allowed EINVAL');
    expect(verdict.counts.sequences).toBe(2);
    expect(sources[0]).toMatchObject({ sequences: 1, disagreed: 0 });
  });

  it('has no sides when it is interrupted before it, and those that it has when meanwhile', async () => {
    const before = new AbortController();
    before.abort();
    const none = await conform(specKernel(), { ...CORPUS, signal: before.signal });
    expect(none.sides).toBeUndefined();
    const meanwhile = new AbortController();
    const some = await conform(specKernel(), {
      ...CORPUS,
      signal: meanwhile.signal,
      onProgress: ({ doing }) => {
        if (doing === `measuring ${IDS[1]}`) meanwhile.abort();
      },
    });
    expect(some.sides?.map(({ id }) => id)).toEqual(IDS.slice(0, 2));
    expect(some.sources[0].incomplete).toBe('interrupted before it began');
  });

  it('is not told of a kernel that was lost while it was measured', async () => {
    const dying = whenRun(specKernel(), () => {
      throw new Error('the machine is gone');
    });
    const { sides, sources } = await conform(dying, CORPUS);
    expect(sides).toBeUndefined();
    expect(sources[0].incomplete).toBe('the kernel was lost: the machine is gone');
  });
});

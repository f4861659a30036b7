import { describe, expect, it } from 'vitest';
import { OBS_WIDTH, OP_WIDTH } from '#model/alphabet/bounds';
import { SKIP } from '#model/alphabet/observations';
import { OP_NAMES } from '#model/alphabet/operations';
import { DEFAULT_ENV } from '#model/alphabet/system';
import { advance } from '#model/designs/advance';
import { ModelSystem } from '#model/model-system';
import type { CoverBounds } from '#properties/conformance/cover-bounds';
import { type CoverOptions, type Feature, transitionCover } from '#properties/conformance/transition-cover';
import type { Bounds } from '#properties/explorer/bounds';
import { traceOf } from '../../shrinkers/traces.js';
import { TINY } from '../explorer/tiny.js';
import { SINGLE } from './tiny-bounds.js';

const { gift: _gift, rlimit: _rlimit, ...MACHINE } = { ...DEFAULT_ENV, pku: true };
const ENV = { ...DEFAULT_ENV, pku: true, gift: 2, rlimit: 2 };

/** Sequences of one operation of each kind are told by their kinds. */
const said = ({ id, kind, status, trace: { ops } }: Feature): string => {
  const kinds = [...ops].filter((_, i) => i % OP_WIDTH === 0).map((op) => OP_NAMES[op]);
  return `${kind} ${id}${status === undefined ? '' : ` ${status}`}: ${kinds.join(' ')}`;
};
const cover = async (release: string, bounds: readonly CoverBounds[], options?: CoverOptions) =>
  (await transitionCover(release, MACHINE, bounds, options)).map(said);

describe('transitionCover of tiny bounds', () => {
  it('is every outcome, every pair and every kind of state, each by a shortest sequence', async () => {
    expect(await cover('6.18', [{ bounds: SINGLE, depth: 3 }])).toEqual([
      'outcome open ok 0: open',
      'outcome mmap skip 65536: mmap',
      'outcome madvise ENOMEM -12: madvise',
      'outcome mmap ok 0: open mmap',
      'outcome madvise EINVAL -22: open mmap madvise',
      'pair madvise, open: madvise open',
      'pair madvise, madvise: madvise madvise',
      'pair open, mmap: open mmap',
      'pair open, madvise: open madvise',
      'pair madvise, mmap: open madvise mmap',
      'pair mmap, mmap: open mmap mmap',
      'pair mmap, madvise: open mmap madvise',
      'state mapped: open mmap',
    ]);
  });

  it('starts from the limits of the bounds, on the machine that is given', async () => {
    const features = await transitionCover('6.18', MACHINE, [{ bounds: SINGLE, depth: 3 }]);
    expect(features.map(({ trace: { env } }) => env)).toEqual(features.map(() => ENV));
    expect(features.find(({ id }) => id === 'madvise EINVAL')?.trace).toEqual(
      traceOf(
        [
          ['open', 0, 0, 0, -1],
          ['mmap', 0, 0, 0, 2, 1, 0, 0],
          ['madvise', 0, 0, 2, 4],
        ],
        ENV,
      ),
    );
  });

  it('is of every process by its own name', async () => {
    const features = await transitionCover('6.18', MACHINE, [{ bounds: TINY, depth: 4 }]);
    const system = new ModelSystem(advance);
    const obs = new Int32Array(OBS_WIDTH);
    for (const { id, kind, status, trace } of features) {
      system.reset(trace.env);
      for (let at = 0; at < trace.ops.length; at += OP_WIDTH) system.step(trace.ops, at, obs);
      if (kind === 'outcome') expect(`${id} ${obs[0]}`).toBe(`${id} ${status}`);
      // The second of a pair does something.
      if (kind === 'pair') expect([id, obs[0] === SKIP]).toEqual([id, false]);
    }
    expect(features.length).toBe(105);
  });

  it('goes as deep as it is told', async () => {
    expect(await cover('6.18', [{ bounds: SINGLE, depth: 1 }])).toEqual([
      'outcome open ok 0: open',
      'outcome mmap skip 65536: mmap',
      'outcome madvise ENOMEM -12: madvise',
      'pair madvise, open: madvise open',
      'pair madvise, madvise: madvise madvise',
    ]);
  });

  it('is of the intended design of the time: since v6.14 pages are mapped in advance', async () => {
    const advised = (features: readonly string[]) =>
      features.filter((each) => each.startsWith('outcome madvise'));
    expect(advised(await cover('6.14', [{ bounds: SINGLE, depth: 3 }]))).toEqual([
      'outcome madvise ENOMEM -12: madvise',
      'outcome madvise EINVAL -22: open mmap madvise',
    ]);
    expect(advised(await cover('6.13.9', [{ bounds: SINGLE, depth: 3 }]))).toEqual([
      'outcome madvise ENOMEM -12: madvise',
      'outcome madvise ok 0: open mmap madvise',
    ]);
  });

  it('keeps the first of two sequences as long, and takes a shorter one that comes later', async () => {
    const [open, mmap] = SINGLE.operations;
    const other: Bounds = { ...SINGLE, operations: [{ op: 'open', with: { fd: [1] } }] };
    const opens = async (...list: Bounds[]) => {
      const features = await transitionCover(
        '6.18',
        MACHINE,
        list.map((bounds) => ({ bounds, depth: 1 })),
      );
      return features.find(({ id }) => id === 'open ok')?.trace.ops[2];
    };
    expect([await opens(SINGLE, other), await opens(other, SINGLE)]).toEqual([0, 1]);
    const far: Bounds = {
      ...SINGLE,
      operations: [open, { op: 'dup', with: { newfd: [1] } }, { ...mmap, with: { ...mmap.with, fd: [1] } }],
    };
    const mapped = async (...list: Bounds[]) =>
      (
        await cover(
          '6.18',
          list.map((bounds) => ({ bounds, depth: 3 })),
        )
      ).filter((each) => each.startsWith('outcome mmap ok'));
    expect(await mapped(far)).toEqual(['outcome mmap ok 0: open dup mmap']);
    expect(await mapped(far, SINGLE)).toEqual(['outcome mmap ok 0: open mmap']);
    expect(await mapped(SINGLE, far)).toEqual(['outcome mmap ok 0: open mmap']);
  });

  it('tells features apart by what their bounds are about', async () => {
    expect(
      await cover('6.18', [
        { bounds: { ...SINGLE, operations: SINGLE.operations.slice(0, 1) }, depth: 1, about: 'AUX:' },
        { bounds: { ...SINGLE, operations: SINGLE.operations.slice(0, 1) }, depth: 1 },
      ]),
    ).toEqual(['outcome AUX: open ok 0: open', 'outcome open ok 0: open']);
  });

  it('tells which bounds it searches, and begins no others after a signal', async () => {
    const told: string[] = [];
    const interrupt = new AbortController();
    const features = await cover(
      '6.18',
      [
        { bounds: SINGLE, depth: 3 },
        { bounds: { ...SINGLE, name: 'next' }, depth: 3, about: 'next' },
        { bounds: { ...SINGLE, name: 'never' }, depth: 3 },
      ],
      {
        signal: interrupt.signal,
        onBounds: (name) => {
          told.push(name);
          if (name === 'next') interrupt.abort();
        },
      },
    );
    expect(told).toEqual(['single', 'next']);
    // The search that was interrupted at its first state has seen nothing.
    expect(features).toEqual(await cover('6.18', [{ bounds: SINGLE, depth: 3 }]));
  });
});

import { describe, expect, it } from 'vitest';
import { OBS_WIDTH, OP_WIDTH } from '#model/alphabet/bounds';
import { OK, SKIP } from '#model/alphabet/observations';
import { OP_NAMES } from '#model/alphabet/operations';
import type { Trace } from '#model/alphabet/trace';
import { advance } from '#model/designs/advance';
import { ModelSystem } from '#model/model-system';
import { statusName } from '#model/trace/observation-json';
import { COVER_BOUNDS } from '#properties/conformance/cover-bounds';
import { transitionCover } from '#properties/conformance/transition-cover';
import { alphabetOf, environmentOf } from '#properties/explorer/alphabet';
import { TINY } from '../explorer/tiny.js';

const { gift: _gift, rlimit: _rlimit, ...MACHINE } = environmentOf(TINY);
const ENDLESS = Number.POSITIVE_INFINITY;
/** As many events as there can be: what is beyond the bounds is not a part of a cover. */
const { events: _events, ...FREE } = TINY;

const system = new ModelSystem(advance);

/** What the model answers to each operation. */
function statuses({ env, ops }: Trace): number[] {
  const obs = new Int32Array(OBS_WIDTH);
  const list: number[] = [];
  system.reset(env);
  for (let at = 0; at < ops.length; at += OP_WIDTH) {
    system.step(ops, at, obs);
    list.push(obs[0]);
  }
  return list;
}

const names = ({ ops }: Trace): string[] =>
  [...ops].filter((_, i) => i % OP_WIDTH === 0).map((k) => OP_NAMES[k]);

/** Every feature within so many operations, found by doing all sequences: its length. */
function byBruteForce(depth: number): Map<string, number> {
  const alphabet = alphabetOf(TINY);
  const kinds = Array.from({ length: alphabet.length / 8 }, (_, i) => [...alphabet.slice(i * 8, i * 8 + 8)]);
  const found = new Map<string, number>();
  const note = (id: string, length: number): void => {
    if ((found.get(id) ?? ENDLESS) > length) found.set(id, length);
  };
  let sequences: number[][] = [[]];
  for (let length = 1; length <= depth; length++) {
    sequences = sequences.flatMap((sequence) => kinds.map((kind) => [...sequence, ...kind]));
    for (const sequence of sequences) {
      const trace = { env: environmentOf(TINY), ops: Int32Array.from(sequence) };
      const [last, before] = statuses(trace).reverse();
      const [kind, kindBefore] = names(trace).reverse();
      note(`${kind} ${statusName(last)}`, length);
      if (before === OK && last === OK) note(`${kindBefore}, ${kind}`, length);
    }
  }
  return found;
}

describe('transitionCover', { timeout: 120_000 }, () => {
  it('has every outcome and every pair of operations, each by a sequence that is as short as can be', async () => {
    const cover = await transitionCover('6.18', MACHINE, [{ bounds: FREE, depth: 5 }]);
    const lengths = new Map(cover.map(({ id, trace }) => [id, trace.ops.length / OP_WIDTH]));
    const expected = byBruteForce(4);
    expect(expected.size).toBeGreaterThan(60);
    for (const [id, length] of expected) expect(lengths.get(id), id).toBe(length);
  });

  it('shows what it says', async () => {
    const cover = await transitionCover('6.18', MACHINE, [{ bounds: TINY, depth: ENDLESS }]);
    for (const { id, kind, trace, status } of cover) {
      const [last, before] = statuses(trace).reverse();
      if (kind === 'outcome') {
        expect(id).toBe(`${names(trace).at(-1)} ${statusName(last)}`);
        expect(last).toBe(status);
      } else if (kind === 'pair') {
        expect(id).toBe(names(trace).slice(-2).join(', '));
        expect([before, last]).not.toContain(SKIP);
      }
    }
    expect(new Set(cover.map(({ kind }) => kind))).toEqual(new Set(['outcome', 'pair', 'state']));
    expect(new Set(cover.map(({ id }) => id)).size).toBe(cover.length);
  });

  it('is of the design of the time of the kernel', async () => {
    const bounds = {
      ...TINY,
      operations: [
        ...TINY.operations,
        { op: 'madvise' as const, with: { npages: [2], advice: ['DONTNEED'] } },
      ],
    };
    const ids = async (release: string): Promise<string[]> =>
      (await transitionCover(release, MACHINE, [{ bounds, depth: 5 }])).map(({ id }) => id);
    expect(await ids('6.12.117')).not.toContain('madvise EINVAL');
    expect(await ids('6.18.44')).toContain('madvise EINVAL');
  });

  it('tells which bounds it searches, and ends at a signal', async () => {
    const told: string[] = [];
    const controller = new AbortController();
    const cover = await transitionCover(
      '6.18',
      MACHINE,
      [
        { bounds: TINY, depth: 3, about: 'tiny:' },
        { bounds: { ...TINY, name: 'never' }, depth: 3 },
      ],
      {
        signal: controller.signal,
        onBounds: (name) => {
          told.push(name);
          controller.abort();
        },
      },
    );
    expect(told).toEqual(['tiny']);
    expect(cover.every(({ id }) => id.startsWith('tiny: '))).toBe(true);
  });

  it('has every kind of operation in its bounds', () => {
    const kinds = new Set(COVER_BOUNDS.flatMap(({ bounds }) => bounds.operations.map(({ op }) => op)));
    expect([...OP_NAMES].filter((name) => !kinds.has(name))).toEqual([]);
  });
});

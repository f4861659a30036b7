import { describe, expect, it } from 'vitest';
import { OP } from '#model/alphabet/operations';
import { KNOWN_FINDINGS, VARIATION_POINTS } from '#model/spec/index';
import { measureSides, type SidesOptions } from '#properties/conformance/measure-sides';
import { type Alter, KERNEL_FLAVOUR } from '../checkers/fakes.js';
import { bitOf, specKernel } from './kernels.js';
import { ADVISED } from './tiny-bounds.js';

const IDS = [...VARIATION_POINTS, ...KNOWN_FINDINGS].map(({ id }) => id);
const NONE = 'no sequence within the bounds tells the sides apart';

async function measure(flavour: number, alter?: Alter, more: Partial<SidesOptions> = {}) {
  const told: string[] = [];
  const kernel = await specKernel(flavour, alter).open({ gift: 5, rlimit: 6 });
  const sides = await measureSides(kernel, KERNEL_FLAVOUR, {
    stop: () => false,
    onPoint: (id) => told.push(id),
    bounds: [ADVISED],
    ...more,
  });
  return { told, ...sides };
}

describe('measureSides within tiny bounds', () => {
  it('asks once about every point and finding, where all is as the release says', async () => {
    const { told, results, unexplained, flavour } = await measure(KERNEL_FLAVOUR);
    expect(told).toEqual(IDS);
    expect(results.map(({ id }) => id)).toEqual(IDS);
    expect(results.map(({ finding }) => finding)).toEqual([
      ...VARIATION_POINTS.map(() => false),
      ...KNOWN_FINDINGS.map(() => true),
    ]);
    expect(results.map(({ expected }) => expected)).toEqual(
      IDS.map((id) => ((KERNEL_FLAVOUR & bitOf(id)) === 0 ? 0 : 1)),
    );
    const seen = results.filter(({ notObservable }) => notObservable !== NONE);
    expect(seen.map(({ id, measured }) => [id, measured])).toEqual([
      ['dontneed-refused', 1],
      ['lru-advice-refused', 1],
    ]);
    expect(unexplained).toEqual([]);
    expect(flavour).toBe(KERNEL_FLAVOUR);
  });

  it('asks again with the sides that were measured, until they stay', async () => {
    const other = KERNEL_FLAVOUR ^ bitOf('dontneed-refused');
    const { told, results, flavour } = await measure(other);
    expect(told).toEqual([...IDS, ...IDS]);
    expect(results.flatMap(({ measured }) => measured ?? [])).toEqual([0, 1]);
    expect(flavour).toBe(other);
    const first = await specKernel(KERNEL_FLAVOUR).open({ gift: 5, rlimit: 6 });
    const back = await measureSides(first, other, { stop: () => false, bounds: [ADVISED] });
    expect(back.flavour).toBe(KERNEL_FLAVOUR);
  });

  it('asks four times at most, of a kernel that is never the same', async () => {
    let asked = 0;
    // Ten sequences for each of the two points in a round.
    const alter: Alter = (ops, at, obs) => {
      if (ops[at] === OP.madvise) obs[0] = Math.floor(asked++ / 20) % 2 === 0 ? 0 : -22;
    };
    const { told, flavour } = await measure(KERNEL_FLAVOUR, alter);
    expect(told).toEqual([...IDS, ...IDS, ...IDS, ...IDS]);
    expect(flavour).toBe(KERNEL_FLAVOUR);
  });

  it('hands on what neither side explains, of the last round', async () => {
    const alter: Alter = (ops, at, obs) => {
      if (ops[at] === OP.madvise && ops[at + 4] === 17) obs[0] = -99;
    };
    const { results, unexplained, flavour, told } = await measure(
      KERNEL_FLAVOUR ^ bitOf('dontneed-refused'),
      alter,
    );
    expect(told).toEqual([...IDS, ...IDS]);
    expect(results.flatMap(({ id, unexplained: wrong }) => (wrong === undefined ? [] : [id]))).toEqual([
      'lru-advice-refused',
    ]);
    expect(unexplained.map(({ recording }) => recording)).toEqual([
      { obs: Int32Array.of(0, 0, 0, 0, -99, 0), steps: 3 },
    ]);
    expect(flavour).toBe(KERNEL_FLAVOUR ^ bitOf('dontneed-refused'));
  });

  it('ends between points when it is told to, with the sides that it has', async () => {
    const told: string[] = [];
    const onPoint = (id: string) => told.push(id);
    const other = KERNEL_FLAVOUR ^ bitOf('dontneed-refused');
    const early = await measure(other, undefined, { stop: () => told.length >= 3, onPoint });
    expect(told).toEqual(IDS.slice(0, 3));
    expect(early.results.map(({ id }) => id)).toEqual(told);
    expect(early.flavour).toBe(other);
    // The second round is told to end at once: what the first came to is gone, but for the sides.
    told.length = 0;
    const late = await measure(other, undefined, { stop: () => told.length > IDS.length, onPoint });
    expect(told).toEqual([...IDS, IDS[0]]);
    expect(late.results.map(({ id }) => id)).toEqual([IDS[0]]);
    expect(late.flavour).toBe(other);
  });

  it('needs nobody to be told', async () => {
    const kernel = await specKernel(KERNEL_FLAVOUR).open({ gift: 5, rlimit: 6 });
    const { results } = await measureSides(kernel, KERNEL_FLAVOUR, { stop: () => false, bounds: [ADVISED] });
    expect(results.length).toBe(IDS.length);
  });
});

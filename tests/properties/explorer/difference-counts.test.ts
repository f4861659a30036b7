import { describe, expect, it } from 'vitest';
import { OBS_WIDTH } from '#model/alphabet/bounds';
import { ERRNO } from '#model/alphabet/errno';
import { OBS_VIEW, SKIP, VIEW_IO, VIEW_PF, VIEW_RSS_SHIFT } from '#model/alphabet/observations';
import { Differences } from '#properties/explorer/differences';
import type { Side } from '#properties/explorer/side';
import { pack } from '../../support/script.js';

const OPERATIONS = [
  'open fd=0 flags=inherit',
  'maps',
  'madvise npages=2 advice=COLD',
  'mremap npages=2 mode=dontunmap',
  'futex page=1 scope=shared',
  'headroom',
];
const [OPEN, MAPS, COLD, MREMAP, FUTEX, HEADROOM] = OPERATIONS.keys();

/** A side that answers, and asks for variation points, as it is told. */
class Told {
  readonly lockstep = { obs: new Int32Array(OBS_WIDTH), consulted: (): number => this.asks };
  asks = 0;

  constructor(readonly subject: { readonly flavour: number }) {}

  answer(...obs: readonly number[]): void {
    this.lockstep.obs.set(obs);
  }
}

/** Two sides that differ in the variation points 1 and 4, and the differences between them. */
function between() {
  const one = new Told({ flavour: 0b11001 });
  const other = new Told({ flavour: 0b01011 });
  const ops = new Int32Array(OPERATIONS.flatMap((text) => [...pack(text)]));
  const differences = new Differences([one, other] as unknown as Side[], ops);
  return { one, other, differences };
}

const first = { state: 3, count: 1 };

describe('differences between two designs', () => {
  it('are none where the answers are the same', () => {
    const { one, other, differences } = between();
    for (const each of [one, other]) each.answer(-ERRNO.EFAULT, 4, 6);
    expect(differences.compare(3, FUTEX)).toBe(false);
    for (const each of [one, other]) each.answer(0, 4, 6);
    expect(differences.compare(3, MAPS)).toBe(false);
    expect(differences.list()).toEqual([]);
  });

  it.each([
    [OPEN, 'open'],
    [COLD, 'madvise COLD'],
    [MREMAP, 'mremap dontunmap'],
    [FUTEX, 'futex shared'],
  ])('of outcomes part the designs, by what operation %i chooses among', (operation, name) => {
    const { other, differences } = between();
    other.answer(-ERRNO.EINVAL, 5);
    expect(differences.compare(3, operation)).toBe(true);
    const outcomes = ['ok', 'EINVAL'];
    expect(differences.list()).toEqual([{ ...first, name, outcomes, what: 'outcome', operation }]);
  });

  it('of values and of views do not', () => {
    const { one, other, differences } = between();
    other.answer(0, 5);
    expect(differences.compare(3, HEADROOM)).toBe(false);
    const seen = { ...first, outcomes: ['ok', 'ok'] };
    const headroom = { ...seen, name: 'headroom', what: 'value', operation: HEADROOM };
    expect(differences.list()).toEqual([headroom]);
    one.answer(0, 0, VIEW_IO | VIEW_PF);
    other.answer(0, 0, 1 << VIEW_RSS_SHIFT);
    expect(differences.compare(3, MAPS)).toBe(false);
    const maps = { ...seen, name: 'maps', operation: MAPS };
    expect(differences.list()).toEqual([
      headroom,
      { ...maps, what: 'VmFlags io pf' },
      { ...maps, what: 'Rss' },
    ]);
    one.lockstep.obs.fill(0);
    other.lockstep.obs.fill(0).fill(1, OBS_WIDTH - 1);
    expect(differences.compare(4, MAPS)).toBe(false);
    expect(differences.list().map(({ what, count }) => [what, count])).toEqual([
      ['value', 1],
      ['VmFlags io pf', 1],
      ['Rss', 1],
      ['kind of memory', 1],
    ]);
  });

  it('are not looked for in the view of what failed', () => {
    const { one, other, differences } = between();
    for (const each of [one, other]) each.answer(SKIP, 0);
    other.lockstep.obs.fill(7, OBS_VIEW);
    expect(differences.compare(3, MAPS)).toBe(false);
    expect(differences.list()).toEqual([]);
    other.answer(SKIP, 1);
    expect(differences.compare(3, FUTEX)).toBe(false);
    expect(differences.list()).toMatchObject([{ what: 'value', outcomes: ['skip', 'skip'] }]);
  });

  it('are of one kind with the same operation, outcomes, part, and points that tell them apart', () => {
    const { one, other, differences } = between();
    const seen = (state: number, operation: number, [a, b]: readonly number[], asked: readonly number[]) => {
      one.answer(a);
      other.answer(b);
      [one.asks, other.asks] = asked;
      differences.compare(state, operation);
    };
    seen(1, FUTEX, [0, -ERRNO.EFAULT], [0b00010, 0]);
    // Point 0 is on the same side for both.
    seen(2, FUTEX, [0, -ERRNO.EFAULT], [0b00001, 0b00010]);
    seen(3, FUTEX, [0, -ERRNO.EFAULT], [0b10000, 0b00010]);
    seen(4, FUTEX, [-ERRNO.EFAULT, 0], [0b00010, 0]);
    seen(5, OPEN, [0, -ERRNO.EFAULT], [0b00010, 0]);
    seen(6, FUTEX, [0, -ERRNO.EFAULT], [0b00011, 0]);
    const counted = [
      [1, 3],
      [3, 1],
      [4, 1],
      [5, 1],
    ];
    expect(differences.list().map(({ state, count }) => [state, count])).toEqual(counted);
    expect(new Set(differences.save().map(([key]) => key)).size).toBe(4);
  });

  it('are saved, loaded instead of others, and merged behind them', () => {
    const { other, differences } = between();
    other.answer(0, 5);
    differences.compare(3, HEADROOM);
    const saved = structuredClone(differences.save());
    differences.compare(4, HEADROOM);
    expect(saved.map(([, { count }]) => count)).toEqual([1]);
    differences.merge(saved);
    expect(differences.list()).toMatchObject([{ state: 3, count: 3 }]);
    differences.compare(4, OPEN);
    const again = between().differences;
    again.compare(8, OPEN);
    again.load(saved);
    expect(again.list()).toEqual(saved.map(([, seen]) => seen));
    again.merge(differences.save());
    expect(again.list()).toMatchObject([
      { name: 'headroom', state: 3, count: 4 },
      { name: 'open', state: 4, count: 1 },
    ]);
    again.merge(saved);
    // What was taken over is counted on by itself.
    expect(saved.map(([, { count }]) => count)).toEqual([1]);
    expect(differences.list().map(({ count }) => count)).toEqual([3, 1]);
  });
});

import { describe, expect, it } from 'vitest';
import { incompleteness, search } from '#properties/checkers/searching';
import { Slices } from '#properties/checkers/slices';

const LIMITS = { seed: 1, timeMs: 60_000 };

/** Draws a number, and ends at the run of this number. */
function searched(endAt = Infinity) {
  const drawn: number[] = [];
  let slices = 0;
  return {
    drawn,
    get slices() {
      return slices;
    },
    draw: (random: { nextInt(min: number, max: number): number }) => random.nextInt(0, 1_000_000),
    run(value: number) {
      drawn.push(value);
      return drawn.length >= endAt;
    },
    onSlice() {
      slices++;
    },
  };
}

describe('search', () => {
  it('does as many runs as are asked for, each on what it draws, the same for the same seed', async () => {
    const one = searched();
    expect(await search(one, 30, LIMITS)).toBeUndefined();
    expect(one.drawn.length).toBe(30);
    expect(new Set(one.drawn).size).toBeGreaterThan(25);
    const again = searched();
    await search(again, 30, LIMITS);
    expect(again.drawn).toEqual(one.drawn);
    const other = searched();
    await search(other, 30, { ...LIMITS, seed: 2 });
    expect(other.drawn).not.toEqual(one.drawn);
  });

  it('ends with a find, and does not run what fails again', async () => {
    const one = searched(5);
    expect(await search(one, 30, LIMITS)).toBeUndefined();
    expect(one.drawn.length).toBe(5);
  });

  it('waits for a run that takes its time', async () => {
    let runs = 0;
    const run = async () => {
      await new Promise((done) => setTimeout(done, 1));
      return ++runs === 3;
    };
    await search({ ...searched(), run }, 30, LIMITS);
    expect(runs).toBe(3);
  });

  it('begins no run when the time is over, or was none', async () => {
    const one = searched();
    expect(await search(one, 30, { ...LIMITS, timeMs: 0 })).toBe('time');
    expect(one.drawn).toEqual([]);
  });

  it('ends without a number of runs when the time is over, and tells how it goes between', async () => {
    const one = searched();
    expect(await search(one, Infinity, { ...LIMITS, timeMs: 150 })).toBe('time');
    expect(one.drawn.length).toBeGreaterThan(20);
    expect(one.slices).toBeGreaterThan(1);
    expect(one.slices).toBeLessThan(one.drawn.length);
  });

  it('hears a signal that is given while it runs, before it looks at the time', async () => {
    const controller = new AbortController();
    const one = searched();
    const run = (value: number) => {
      if (one.drawn.length === 7) controller.abort();
      return one.run(value);
    };
    expect(await search({ ...one, run }, Infinity, { ...LIMITS, signal: controller.signal })).toBe(
      'interrupted',
    );
    expect(one.drawn.length).toBe(8);
    const over = { ...LIMITS, timeMs: 0, signal: AbortSignal.abort() };
    expect(await search(searched(), 30, over)).toBe('interrupted');
  });
});

describe('incompleteness', () => {
  it('is nothing where all was done, or time was all that was asked for', () => {
    expect(incompleteness(undefined, 30, 30, 1_000)).toBeUndefined();
    expect(incompleteness('time', 30, Infinity, 1_000)).toBeUndefined();
  });

  it('says what ended the search, and how far it came', () => {
    expect(incompleteness('time', 30, 100, 1_500)).toBe(
      'the time of 1.5 s was over after 30 of 100 sequences',
    );
    expect(incompleteness('interrupted', 30, 100, 1_500)).toBe('interrupted after 30 sequences');
    expect(incompleteness('interrupted', 30, Infinity, 1_500)).toBe('interrupted after 30 sequences');
  });
});

describe('Slices', () => {
  it('are due after their time, and not again right after a pause', async () => {
    const slices = new Slices();
    expect(slices.isDue()).toBe(false);
    const begun = performance.now();
    while (performance.now() - begun < 30);
    expect(slices.isDue()).toBe(true);
    expect(slices.elapsed()).toBeGreaterThanOrEqual(30);
    let turned = false;
    setImmediate(() => {
      turned = true;
    });
    await slices.pause();
    expect(turned).toBe(true);
    expect(slices.isDue()).toBe(false);
    expect(slices.elapsed()).toBeGreaterThanOrEqual(30);
  });
});

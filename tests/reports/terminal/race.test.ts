import { beforeAll, describe, expect, it } from 'vitest';
import type { RaceStory } from '#model/interleaving/story';
import { raceStory } from '#reports/terminal/race';
import { columns, paint, WIDTH } from '#reports/terminal/text';
import { storyOf } from '../race-example.js';

const SLOW = 120_000;
let two: RaceStory;
let three: RaceStory;
beforeAll(async () => {
  two = (await storyOf('v7.3', 'mapped: unmap | map')).story;
  three = (await storyOf('v7.3', 'redirected: unmap | map-other | redirect@2', 0)).story;
}, SLOW);

const told = (story: RaceStory): string => paint(raceStory(story), false);
const flat = (story: RaceStory): string => told(story).replace(/\s+/g, ' ');

/** The lanes: number, what is before the bar, and what is after it. */
function rows(story: RaceStory): { mark: string; lanes: string; beside: string }[] {
  return told(story)
    .split('\n')
    .flatMap((line) => {
      const [, mark, lanes, beside] = /^([ >*])(?: *\d+ | {4})(.*) [|*] ?(.*)$/.exec(line) ?? [];
      return mark === undefined || line.includes('nearest that passes') ? [] : [{ mark, lanes, beside }];
    });
}

describe('the story of a race', () => {
  it('is 80 columns wide, but for the line to be copied', () => {
    for (const story of [two, three]) {
      const lines = raceStory(story);
      for (const line of lines.slice(0, -1)) expect(columns(line)).toBeLessThanOrEqual(WIDTH);
      expect(told(story).trimEnd().split('\n').at(-1)).toBe(`npx mapahead replay ${story.token}`);
    }
  });

  it('has a row a step, each in the lane of its task', () => {
    for (const story of [two, three]) {
      const all = rows(story);
      const { steps, passing = [] } = story;
      expect(all).toHaveLength(Math.max(steps.length, passing.length));
      const [first] = all;
      const lane = (i: number): number => (all[i]?.lanes ?? '').search(/\S/);
      const starts = story.plan.tasks.map((_, t) => lane(steps.findIndex(({ task }) => task === t)));
      expect(new Set(starts).size).toBe(story.plan.tasks.length);
      expect(starts).toEqual([...starts].sort((a, b) => a - b));
      steps.forEach((step, i) => {
        expect(lane(i)).toBe(starts[step.task]);
      });
      passing.forEach((step, i) => {
        expect(all[i]?.beside).toMatch(new RegExp(`^${step.task + 1} \\w`));
      });
      expect(first?.lanes).toContain('munmap');
    }
  });

  it('marks the wrong step and the first difference', () => {
    const all = rows(two);
    expect(all.findIndex(({ mark }) => mark === '>')).toBe(two.steps.length - 1);
    const parts = two.steps.findIndex((step, i) => step.task !== two.passing?.[i]?.task);
    expect(all.findIndex(({ mark }) => mark === '*')).toBe(parts);
    expect(flat(two)).toMatch(/where task 1 went on at model\/perf\/ring-buffer\.ts:\d+/);
    expect(flat(two)).toContain('wrong process 1, page 8 still maps page 3 when it is freed');
    // What shows only when all is over has no step of its own.
    expect(rows(three).every(({ mark }) => mark !== '>')).toBe(true);
    expect(flat(three)).toContain('wrong at the end: ');
  });

  it('names the locks that are held by letters', () => {
    const text = told(two);
    for (const [i, name] of two.locks.entries())
      expect(text).toMatch(new RegExp(`^${'abcdefgh'[i]} +${name}$`, 'm'));
    const held = two.steps.findIndex(({ holds }) => holds.length > 1);
    const letters = two.steps[held]?.holds.map((lock) => 'abcdefgh'[lock]).join('');
    expect(rows(two)[held]?.lanes.trim()).toMatch(new RegExp(`^${letters} `));
  });

  it('says what is proven, and what is not', () => {
    expect(flat(two)).toMatch(
      /CERTIFIED no plan with fewer operations and no schedule with fewer than 2 context switches shows this failure, within all parts of this plan and all named plans of two actions \([\d,]+ smaller plans, [\d,]+ classes of schedules; 2 schedules with fewer switches\)/,
    );
    const certificate = { parts: true, switches: false, named: false, plans: 1, classes: 1, schedules: 0 };
    const some = { ...two, certificate: { ...certificate, reason: 'the time was up' } };
    expect(flat(some)).toContain(
      'CERTIFIED no plan with fewer operations shows this failure, within all parts of this plan (1 smaller plan, 1 class of schedules; 0 schedules with fewer switches)',
    );
    expect(flat(some)).toContain(
      'NOT CERTIFIED whether a schedule with fewer than 2 context switches does, or whether a named plan with fewer operations does: the time was up',
    );
    const { certificate: _, ...uncertified } = two;
    expect(flat(uncertified)).not.toContain('CERTIFIED');
  });

  it('tells who waits for what in a deadlock', () => {
    const waiting = [
      { task: 0, lock: 1 },
      { task: 1, lock: 0 },
    ];
    const text = told({ ...two, waiting, atEnd: true });
    expect(text).toMatch(new RegExp(`^waits +task 1 for ${two.locks[1]}$`, 'm'));
    expect(text).toMatch(new RegExp(`^waits +task 2 for ${two.locks[0]}$`, 'm'));
  });

  it('does without a schedule that passes', () => {
    const { passing: _, ...alone } = two;
    const text = told(alone);
    expect(text).not.toContain('nearest that passes');
    expect(text).not.toContain('|  ');
    expect(text.match(/^> +\d+ /gm)).toHaveLength(1);
  });
});

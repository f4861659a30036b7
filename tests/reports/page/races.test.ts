import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { RaceResult } from '#reports/results/race';
import { raceResultOf } from '../race-example.js';
import { dataOf, named } from '../result-examples.js';
import { pages } from './opened.js';

const { open } = pages();
const SCREENSHOTS = join(import.meta.dirname, '../../../coverage/screenshots');
const SLOW = 120_000;
const PLACE = '#/races';

let two: RaceResult;
let three: RaceResult;
beforeAll(async () => {
  two = await raceResultOf('v7.3', 'mapped: unmap | map');
  three = await raceResultOf('v7.3', 'redirected: unmap | map-other | redirect@2', 0);
}, SLOW);

const shown = (result: RaceResult) => open(dataOf([named('race', result)]), {}, PLACE);

describe('a race on the page', () => {
  it(
    'has one lane a task, time downwards, and beside it the nearest schedule that is right',
    async () => {
      const { page, complaints } = await shown(two);
      mkdirSync(SCREENSHOTS, { recursive: true });
      await page.screenshot({ path: join(SCREENSHOTS, 'race-found.png'), fullPage: true });
      const [race] = two.races;
      if (race?.passes === undefined) throw new Error('no schedule passes');
      expect(await page.locator('table.lanes').count()).toBe(2);
      const titles = await page.locator('table.lanes').first().locator('thead th').allInnerTexts();
      expect(titles).toEqual(['#', ...race.tasks.map((task, i) => `task ${i + 1}: ${task}`)]);
      const [fails, passes] = [race.fails.steps, race.passes.steps];
      const boxes: number[] = [];
      for (const [i, steps] of [fails, passes].entries()) {
        const table = page.locator('table.lanes').nth(i);
        const rows = table.locator('tbody tr');
        expect(await rows.count()).toBe(steps.length);
        for (const [k, step] of steps.entries()) {
          const cells = await rows.nth(k).locator('td').allInnerTexts();
          // What the step did stands in the lane of its task, and nothing in the others.
          expect(cells[step.task]).toContain(step.text);
          for (const lock of step.holds) expect(cells[step.task]).toContain(lock);
          expect(cells.filter((cell) => cell.trim() !== '')).toHaveLength(1);
        }
        boxes.push((await table.boundingBox())?.y ?? -1);
      }
      // Side by side: both begin at one height.
      expect(boxes[0]).toBe(boxes[1]);
      expect(complaints).toEqual([]);
    },
    SLOW,
  );

  it(
    'marks the step where it goes wrong, and the first difference in both schedules',
    async () => {
      const { page } = await shown(two);
      const [race] = two.races;
      const wrong = page.locator('table.lanes tr.wrong');
      expect(await wrong.count()).toBe(1);
      expect(await wrong.innerText()).toContain(race?.fails.steps.at(-1)?.wrong);
      expect(await wrong.locator('th').innerText()).toBe(String(race?.fails.steps.length));
      const marks = await page.locator('table.lanes tr.parts th').allInnerTexts();
      expect(marks).toHaveLength(2);
      expect(marks[0]).toMatch(/^\d+ first difference$/);
      expect(marks[1]).toBe(marks[0]);
      const at = Number(marks[0]?.split(' ')[0]) - 1;
      expect(race?.fails.steps.slice(0, at)).toEqual(race?.passes?.steps.slice(0, at));
      expect(race?.fails.steps[at]?.task).not.toBe(race?.passes?.steps[at]?.task);
    },
    SLOW,
  );

  it(
    'says how much was searched for something smaller, and gives the command that replays it',
    async () => {
      const { page } = await shown(two);
      const text = await page.innerText('main');
      expect(text).toContain(`Certified: ${two.races[0]?.certificate?.proven}.`);
      expect(text).not.toContain('Not certified');
      await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
      await page.click('article button');
      const token = two.races[0]?.fails.token ?? '';
      expect(token).toMatch(/^mr1:/);
      const copied = () => page.evaluate(() => navigator.clipboard.readText());
      await expect.poll(copied).toBe(`npx mapahead replay ${token}`);
    },
    SLOW,
  );

  it(
    'of three tasks has three lanes, and says where nothing was proven',
    async () => {
      const [race] = three.races;
      if (race === undefined) throw new Error('no race');
      const { page } = await shown(three);
      expect(await page.locator('table.lanes').first().locator('thead th').count()).toBe(4);
      const text = await page.innerText('main');
      expect(text).toContain('Not certified: whether a part of this plan shows this failure, or ');
      expect(text).toContain(': the time was up.');
      expect(text).not.toContain('Certified: no');
      const { certificate: _, ...uncertified } = race;
      const without = await shown({ ...three, races: [uncertified] });
      expect(await without.page.innerText('main')).toContain(
        'Not certified: that nothing smaller shows this was not searched for.',
      );
    },
    SLOW,
  );
});

import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import axe from 'axe-core';
import { describe, expect, it } from 'vitest';
import { pageHtml } from '#reports/html/page-html';
import { dataOf, FULL } from '../result-examples.js';
import { pages } from './opened.js';

const { open } = pages();
const SCREENSHOTS = join(import.meta.dirname, '../../../coverage/screenshots');
const SLOW = 120_000;

const PLACES = [
  ['verdict', '#/verdict'],
  ['counterexample', '#/counterexample'],
  ['differences', '#/differences'],
  ['kernels', '#/kernels'],
  ['races', '#/races'],
  ['mutants', '#/mutants'],
  ['coverage', '#/coverage'],
  ['code', '#/coverage/code'],
  ['source', '#/coverage/code/model%2Fmm%2Fvma.ts'],
  ['trends', '#/trends'],
] as const;

/** What axe found that is serious: its rule, and the elements. */
async function seriousOf(page: import('playwright-core').Page): Promise<string[]> {
  const found = await page.evaluate(async () => {
    const { axe } = globalThis as unknown as {
      axe: {
        run(): Promise<{ violations: { id: string; impact: string; nodes: { html: string }[] }[] }>;
      };
    };
    return (await axe.run()).violations;
  });
  return found
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(' | ')}`);
}

describe.each(['light', 'dark'] as const)('the page in %s', (colorScheme) => {
  it.each(PLACES)(
    'shows %s, is for everybody, and keeps to itself',
    async (name, place) => {
      // The policy of the page lets nothing in, not even axe.
      const opened = await open(FULL, { colorScheme, bypassCSP: true }, place);
      const { page, requests, complaints } = opened;
      mkdirSync(SCREENSHOTS, { recursive: true });
      await page.screenshot({ path: join(SCREENSHOTS, `${name}-${colorScheme}.png`), fullPage: true });
      await page.addScriptTag({ content: axe.source });
      expect(await seriousOf(page)).toEqual([]);
      expect(complaints).toEqual([]);
      expect(requests).toHaveLength(1);
      await page.context().close();
    },
    SLOW,
  );
});

describe('the page', () => {
  it('has at most 1 MB beside its data', () => {
    expect(Buffer.byteLength(pageHtml(dataOf([])))).toBeLessThan(1_000_000);
  });

  it(
    'opens from a file with one request, under its own policy, and says nothing wrong',
    async () => {
      const opened = await open(FULL);
      for (const [, place] of PLACES) await opened.go(place);
      expect(opened.requests).toEqual([opened.address]);
      expect(opened.complaints).toEqual([]);
    },
    SLOW,
  );

  it(
    'fits a phone: nothing but tables and pictures is wider',
    async () => {
      const opened = await open(FULL, { viewport: { width: 390, height: 800 } });
      for (const [name, place] of PLACES) {
        await opened.go(place);
        const width = await opened.page.evaluate(() => document.documentElement.scrollWidth);
        expect(width, name).toBeLessThanOrEqual(390);
        await opened.page.screenshot({ path: join(SCREENSHOTS, `${name}-phone.png`), fullPage: true });
      }
    },
    SLOW,
  );

  it(
    'is reached and left by keyboard alone, page by page',
    async () => {
      const { page } = await open(FULL);
      const links = await page.$$('nav[aria-label="Pages"] a');
      for (let i = 0; i < links.length; i++) {
        await page.focus('.skip');
        for (let presses = 0; presses <= i; presses++) await page.keyboard.press('Tab');
        await page.keyboard.press('Enter');
        const title = () => page.textContent('nav[aria-label="Pages"] a[aria-current]');
        await expect.poll(title, { timeout: 10_000 }).toBe(await links[i]?.textContent());
        // The focus has moved into the new page, but for the one that was there.
        if (i > 0) await page.waitForFunction(() => document.activeElement?.id === 'content');
      }
    },
    SLOW,
  );

  it(
    'says NOT RUN for all that was not',
    async () => {
      const opened = await open(dataOf([]));
      expect(await opened.page.textContent('h1')).toContain('Not everything');
      expect(await opened.page.locator('.not-run strong').count()).toBe(5);
      for (const [name, place] of [...PLACES.slice(2, 7), PLACES[9]]) {
        await opened.go(place);
        expect(await opened.page.locator('main').innerText(), name).toContain('NOT RUN');
      }
      await opened.go('#/counterexample');
      expect(await opened.page.locator('main').innerText()).toContain('None was found by what was run');
    },
    SLOW,
  );

  it(
    'has the theme that is asked for',
    async () => {
      const { page } = await open(FULL, { colorScheme: 'light' });
      const paper = (): Promise<string> =>
        page.evaluate(() => getComputedStyle(document.body).backgroundColor);
      const light = await paper();
      await page.click('.theme');
      await expect.poll(paper).toBe(light);
      await page.click('.theme');
      await expect.poll(paper).not.toBe(light);
    },
    SLOW,
  );

  it(
    'prints its content and none of its buttons',
    async () => {
      const { page, go } = await open(FULL);
      await go('#/counterexample');
      await page.emulateMedia({ media: 'print' });
      expect(await page.isVisible('.why')).toBe(true);
      expect(await page.isVisible('nav[aria-label="Pages"]')).toBe(false);
      expect(await page.isVisible('.copy >> nth=0')).toBe(false);
    },
    SLOW,
  );
});

// A page, opened from a file, with everything noted that it should not do.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll } from 'vitest';
import type { PageData } from '#reports/html/page-data';
import { pageHtml } from '#reports/html/page-html';
import { launch } from './browser.js';

export interface Opened {
  readonly page: Page;
  readonly address: string;
  /** What was asked for, over any protocol. */
  readonly requests: string[];
  /** Errors and warnings of the console, and exceptions. */
  readonly complaints: string[];
  go(place: string): Promise<void>;
}

/** Pages of one browser, for one test file. */
export function pages() {
  const folder = mkdtempSync(join(tmpdir(), 'mapahead-page-'));
  let browser: Browser | undefined;
  let files = 0;
  beforeAll(async () => {
    browser = await launch();
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true });
  });

  /** Note what a page asks for and complains of. */
  async function watched(options: BrowserContextOptions) {
    if (browser === undefined) throw new Error('the browser is not there yet');
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
    const page = await context.newPage();
    const requests: string[] = [];
    const complaints: string[] = [];
    page.on('request', (request) => requests.push(request.url()));
    page.on('pageerror', ({ message }) => complaints.push(message));
    page.on('dialog', async (dialog) => {
      complaints.push(`dialog ${dialog.message()}`);
      await dialog.dismiss();
    });
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
    });
    return { page, requests, complaints };
  }

  async function open(data: PageData, options: BrowserContextOptions = {}, place = ''): Promise<Opened> {
    const file = join(folder, `report-${files++}.html`);
    writeFileSync(file, pageHtml(data));
    const address = pathToFileURL(file).href;
    const opened = await watched(options);
    await opened.page.goto(address + place);
    await opened.page.waitForSelector('main h1');
    return {
      ...opened,
      address,
      async go(to) {
        await opened.page.evaluate((hash) => {
          location.hash = hash;
        }, to);
        await opened.page.waitForSelector('main h1');
      },
    };
  }
  return { open, watched };
}

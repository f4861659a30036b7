import { get, request } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { type Live, openLive } from '#cli/live';
import { pages } from '../reports/page/opened.js';
import { dataOf, FULL } from '../reports/result-examples.js';
import { mapahead } from './fake.js';

const { watched } = pages();
const PAGE = { ...dataOf([]), live: { command: 'npx mapahead check --watch' } };
const open: Live[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((live) => live.close()));
});

async function serve(): Promise<Live> {
  const live = await openLive(PAGE);
  open.push(live);
  return live;
}

interface Answer {
  readonly status: number;
  readonly headers: Record<string, unknown>;
  readonly body: string;
}

const ask = (
  address: string,
  options: { method?: string; headers?: Record<string, string> } = {},
): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const asked = request(address, options, (response) => {
      let body = '';
      response.on('data', (chunk) => {
        body += chunk;
      });
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body }),
      );
    });
    asked.on('error', reject);
    asked.end();
  });

describe('a page about a run that goes on', () => {
  it('is on loopback only, under a word that cannot be guessed', async () => {
    const [one, other] = [await serve(), await serve()];
    expect(one.address).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/[\w-]{32}\/$/);
    expect(new URL(one.address).pathname).not.toBe(new URL(other.address).pathname);
    const { status, body, headers } = await ask(one.address);
    expect(status).toBe(200);
    expect(body).toContain("connect-src 'self'");
    expect(headers).toMatchObject({ 'cache-control': 'no-store', 'x-frame-options': 'DENY' });
  });

  it('is not there for who does not know the word, another name of this machine, or another method', async () => {
    const { address } = await serve();
    const { origin, pathname, port } = new URL(address);
    const wrong = pathname.replace(/.\/$/, (end) => (end[0] === 'A' ? 'B/' : 'A/'));
    for (const path of ['/', '/events', wrong, `${wrong}events`, `${pathname}../`, `${pathname}events/x`])
      expect((await ask(origin + path)).status, path).toBe(404);
    expect((await ask(address, { headers: { host: `evil.example:${port}` } })).status).toBe(404);
    expect((await ask(address, { headers: { host: `localhost:${port}` } })).status).toBe(404);
    expect((await ask(address, { method: 'POST' })).status).toBe(404);
  });

  it('tells how far the run is, and at the end what it came to', async () => {
    const live = await serve();
    const { page, complaints } = await watched({});
    await page.goto(live.address);
    live.progress({ system: 'advance', share: 0.5, text: '12 sequences' });
    await expect.poll(() => page.innerText('.live')).toContain('12 sequences');
    expect(await page.getAttribute('.live progress', 'value')).toBe('0.5');
    await live.result(FULL);
    await expect.poll(() => page.innerText('h1')).toContain('Failed');
    expect(await page.locator('.live').count()).toBe(0);
    expect(complaints).toEqual([]);
  }, 120_000);

  it('says so when the run is gone', async () => {
    const live = await serve();
    const { page } = await watched({});
    await page.goto(live.address);
    await live.close();
    await expect.poll(() => page.innerText('.live h2')).toContain('gone');
  }, 120_000);

  it('is served by check and explore with --watch, and ends with them', async () => {
    const { err, exitCode } = await mapahead(['check', '--design', 'advance', '--no-host', '--watch']);
    expect(exitCode).toBe(0);
    const address = /watch (\S+)/.exec(err)?.[1] ?? '';
    expect(address).toMatch(/^http:\/\/127\.0\.0\.1:/);
    await expect(ask(address)).rejects.toThrow(/ECONNREFUSED/);
  });

  it('sends what went before to who comes late', async () => {
    const live = await serve();
    live.progress({ system: 'advance', text: 'half' });
    const first = await new Promise<string>((resolve) => {
      get(`${live.address}events`, (response) => response.once('data', (chunk) => resolve(String(chunk))));
    });
    expect(first).toBe('event: progress\ndata: [{"system":"advance","text":"half"}]\n\n');
  });
});

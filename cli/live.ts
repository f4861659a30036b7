import { randomBytes, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { LiveProgress, PageData } from '../reports/html/page-data.js';
import { pageHtml } from '../reports/html/page-html.js';

/** Only programs on this machine reach this address. */
const LOOPBACK = '127.0.0.1';
/** Milliseconds between two messages on how far the run is. */
const EVERY_MS = 250;

/** Said with every answer: nobody keeps it, frames it, guesses its kind or learns the address from it. */
const HEADERS = {
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
};

const isSame = (one: string, other: string): boolean =>
  one.length === other.length && timingSafeEqual(Buffer.from(one), Buffer.from(other));

/** A page about a run that goes on. */
export interface Live {
  /** Where it is; the long word in it keeps out who was not told. */
  readonly address: string;
  progress(progress: LiveProgress): void;
  /** Show what the run came to, to all who watch, and end. */
  result(data: PageData): Promise<void>;
  close(): Promise<void>;
}

class Server implements Live {
  readonly #token = randomBytes(24).toString('base64url');
  readonly #server = createServer((request, response) => this.#answer(request, response));
  readonly #watchers = new Set<ServerResponse>();
  readonly #progress = new Map<string, LiveProgress>();
  readonly #page: PageData;
  #timer: NodeJS.Timeout | undefined;

  constructor(page: PageData) {
    this.#page = page;
    this.#server.unref();
  }

  get #port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  get address(): string {
    return `http://${LOOPBACK}:${this.#port}/${this.#token}/`;
  }

  listen(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen(0, LOOPBACK, resolve);
    });
  }

  progress(progress: LiveProgress): void {
    this.#progress.set(progress.system, progress);
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#send('progress', [...this.#progress.values()]);
    }, EVERY_MS).unref();
  }

  async result(data: PageData): Promise<void> {
    this.#send('result', data);
    await this.close();
  }

  close(): Promise<void> {
    clearTimeout(this.#timer);
    return new Promise((resolve) => {
      for (const watcher of this.#watchers) watcher.end();
      this.#watchers.clear();
      this.#server.close(() => resolve());
      this.#server.closeIdleConnections();
    });
  }

  #send(event: string, value: unknown): void {
    const message = `event: ${event}\ndata: ${JSON.stringify(value)}\n\n`;
    for (const watcher of this.#watchers) watcher.write(message);
  }

  #answer(request: IncomingMessage, response: ServerResponse): void {
    const [, token = '', page, ...rest] = (request.url ?? '').split('/');
    // A name that somebody else's server gave this address is not the one that was told: no page from elsewhere may ask.
    const toMe = request.headers.host === `${LOOPBACK}:${this.#port}`;
    const allowed = toMe && request.method === 'GET' && isSame(token, this.#token) && rest.length === 0;
    if (allowed && page === '') {
      response.writeHead(200, { ...HEADERS, 'content-type': 'text/html; charset=utf-8' });
      response.end(pageHtml(this.#page));
    } else if (allowed && page === 'events') this.#watch(response);
    else {
      response.writeHead(404, { ...HEADERS, 'content-type': 'text/plain; charset=utf-8' });
      response.end('not here\n');
    }
  }

  #watch(response: ServerResponse): void {
    response.writeHead(200, { ...HEADERS, 'content-type': 'text/event-stream; charset=utf-8' });
    this.#watchers.add(response);
    response.on('close', () => this.#watchers.delete(response));
    response.write(`event: progress\ndata: ${JSON.stringify([...this.#progress.values()])}\n\n`);
  }
}

/**
 * Serve a page about a run to the browsers of this machine.
 * @param page what it shows until the run is over
 */
export async function openLive(page: PageData): Promise<Live> {
  const server = new Server(page);
  await server.listen();
  return server;
}

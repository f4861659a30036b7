import { readFileSync } from 'node:fs';
import type { PageData } from './page-data.js';

/** Where the build leaves the page, beside the compiled program. */
const TEMPLATE = new URL('../page/page.html', import.meta.url);
const DATA = '__MAPAHEAD_DATA__';
const CONNECT = '__MAPAHEAD_CONNECT__';

/** What could end the element that holds the data, or a line of a script, is spelled out. */
const HARMFUL = /[<>&\u2028\u2029]/g;
const spelled = (character: string): string => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;

/** JSON that can stand within an HTML element: it means the same, and holds no character of markup. */
const embeddedJson = (value: unknown): string => JSON.stringify(value).replace(HARMFUL, spelled);

/**
 * The page with its data: one file that needs nothing else.
 * @throws Error when the page has not been built
 */
export function pageHtml(data: PageData): string {
  const template = readFileSync(TEMPLATE, 'utf8');
  const connect = data.live === undefined ? "'none'" : "'self'";
  // Pieces are joined, never replaced into: data may hold what a replacement would read as a pattern.
  return template.split(CONNECT).join(connect).split(DATA).join(embeddedJson(data));
}

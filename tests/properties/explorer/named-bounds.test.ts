import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Bounds, parseBounds } from '#properties/explorer/bounds';
import { CLOSING_BOUNDS, LARGE_BOUNDS, NAMED_BOUNDS } from '#properties/explorer/named-bounds';

const FILE = 'docs/BOUNDS.md';
const text = readFileSync(join(import.meta.dirname, '../../..', FILE), 'utf8');

/** The files that stand under a heading of the page, by their own headings. */
function filesUnder(heading: string): Record<string, Bounds> {
  const [, part = ''] = text.split(`\n## ${heading}\n`);
  const [own] = part.split('\n## ');
  const files = [...own.matchAll(/^### (\S+)$.*?^```json$(.*?)^```$/gms)];
  return Object.fromEntries(files.map(([, name, json]) => [name, parseBounds(json, `${FILE}, ${name}`)]));
}

const byName = (bounds: readonly Bounds[]): Record<string, Bounds> =>
  Object.fromEntries(bounds.map((each) => [each.name, each]));

describe('named bounds', () => {
  it('are those of docs/BOUNDS.md', () => {
    expect(filesUnder('Bounds that close')).toEqual(byName(CLOSING_BOUNDS));
    expect(filesUnder('Bounds that take longer')).toEqual(byName(LARGE_BOUNDS));
    expect(text.split('\n### ').length - 1).toBe(NAMED_BOUNDS.length);
  });
});

import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { VERSION } from '#model/trace/version';

it('the version is the one of package.json', () => {
  const text = readFileSync(new URL('../../../package.json', import.meta.url), 'utf8');
  expect(VERSION).toBe(JSON.parse(text).version);
});

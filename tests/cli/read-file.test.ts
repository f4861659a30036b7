import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readBytes, readText } from '#cli/read-file';
import { mapahead } from './fake.js';

const folder = mkdtempSync(join(tmpdir(), 'mapahead-read-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe('a file that is read', () => {
  it('is whole, however long', () => {
    const path = join(folder, 'long');
    for (const length of [0, 1, 65_536, 200_001]) {
      const text = 'ä'.repeat(length);
      writeFileSync(path, text);
      expect(readText(path)).toBe(text);
      expect(readBytes(path)).toHaveLength(2 * length);
    }
  });

  it('can be a pipe', () => {
    const pipe = join(folder, 'pipe');
    const writer = `mkfifo '${pipe}' && (printf one; sleep 0.1; printf two) > '${pipe}' &`;
    execFileSync('sh', ['-c', `${writer} until [ -p '${pipe}' ]; do :; done`], { stdio: 'ignore' });
    expect(readText(pipe)).toBe('onetwo');
  });

  it('may have so many bytes and no more', () => {
    const path = join(folder, 'some');
    writeFileSync(path, Buffer.alloc(100_000));
    expect(readBytes(path, '', 100_000)).toHaveLength(100_000);
    expect(() => readBytes(path, '--x: ', 99_999)).toThrow(
      `--x: ${path} has more than 99999 bytes: name another file`,
    );
  });

  it('without an end is refused in one line, whatever it was to be', async () => {
    for (const args of [
      ['replay', '/dev/zero'],
      ['report', '/dev/zero'],
      ['explore', '--bounds', '/dev/zero'],
    ]) {
      const { exitCode, err } = await mapahead(args);
      expect([args, exitCode]).toEqual([args, 2]);
      expect(err).toMatch(/^mapahead: .*\/dev\/zero.*\n$/);
    }
  }, 60_000);

  it('that is a folder is refused in one line', async () => {
    const { exitCode, err } = await mapahead(['explore', '--bounds', folder]);
    expect([exitCode, err]).toEqual([
      2,
      'mapahead: --bounds: EISDIR: illegal operation on a directory, read\n',
    ]);
  });
});

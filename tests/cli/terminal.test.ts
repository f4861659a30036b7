import { describe, expect, it } from 'vitest';
import { plainProgress } from '#cli/progress';
import type { Terminal } from '#cli/terminal';
import { NOT_RUN, PASSED } from '../reports/examples.js';
import { mapahead } from './fake.js';

const ESCAPE = '\u001b';

describe('colours', () => {
  it('are for terminals only', async () => {
    expect((await mapahead(['list'], { tty: true })).out).toContain(`${ESCAPE}[`);
    expect((await mapahead(['list'])).out).not.toContain(ESCAPE);
  });

  it('are off with NO_COLOR and TERM=dumb', async () => {
    for (const env of [{ NO_COLOR: '1' }, { TERM: 'dumb' }]) {
      expect((await mapahead(['list'], { tty: true, env })).out).not.toContain(ESCAPE);
    }
    expect((await mapahead(['list'], { tty: true, env: { NO_COLOR: '' } })).out).toContain(ESCAPE);
  });
});

describe('progress', () => {
  it('is a bar on a terminal, gone at the end', async () => {
    const { err } = await mapahead(['check', '--no-host', '--runs', '10'], { tty: true });
    expect(err).toMatch(/advance {10}\[ {14}\] 0 %/);
    expect(err).toContain('advance: passed, 12,000 sequences, 360,000 operations in');
    expect(err.endsWith('s\n')).toBe(true);
  });

  it('is plain lines elsewhere: at the start, every ten seconds, at the end', () => {
    let now = 0;
    const lines: string[] = [];
    const write = (text: string): boolean => lines.push(text) > 0;
    const terminal = { err: { write }, env: {} } as unknown as Terminal;
    const progress = plainProgress(terminal, () => now)('advance');
    for (; now < 25_000; now += 500) progress.update(now / 50_000, now, 10 * now);
    progress.done(PASSED);
    plainProgress(terminal, () => now)('host kernel').done(NOT_RUN);
    expect(lines.map((line) => line.trimEnd())).toEqual([
      'advance: checking',
      'advance: 20 %, 10,000 sequences, 10,000 operations/s',
      'advance: 40 %, 20,000 sequences, 10,000 operations/s',
      'advance: passed, 12,000 sequences, 360,000 operations in 25.0 s',
      'host kernel: checking',
      `host kernel: not run: ${NOT_RUN.reason}`,
    ]);
  });
});

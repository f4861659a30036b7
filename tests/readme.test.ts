import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const ROOT = new URL('..', import.meta.url).pathname;
const README = readFileSync(new URL('../README.md', import.meta.url), 'utf8');

interface Command {
  readonly line: string;
  readonly args: string[];
  readonly exits: number;
  /** What the README shows it to print. */
  readonly prints?: string;
}

/** `npx mapahead ARGS   # exits N: why` in the shell blocks; a text block right after one shows what it prints. */
function commands(): Command[] {
  return [...README.matchAll(/```sh\n(.*?)```\n(?:\n```text\n(.*?)```)?/gs)].flatMap(
    ([, block = '', prints]) =>
      block
        .split('\n')
        .filter((line) => line.startsWith('npx mapahead'))
        .map((line) => {
          const [, args = '', comment = ''] = /^npx mapahead ([^#]*)(?:#(.*))?$/.exec(line) ?? [];
          const exits = Number(/exits (\d+)/.exec(comment)?.[1] ?? 0);
          const words = (args.match(/'[^']*'|\S+/g) ?? []).map((word) => word.replace(/^'(.*)'$/, '$1'));
          return { line, args: words, exits, ...(prints === undefined ? {} : { prints }) };
        }),
  );
}

/** How long it took is nobody's promise. */
const timeless = (text: string): string => text.replace(/in \d+\.\d s/g, 'in TIME');

const run = ({ args }: Command) =>
  spawnSync(process.execPath, ['dist/cli/main.js', ...args], {
    cwd: ROOT,
    encoding: 'utf8',
    env: { ...process.env, NO_COLOR: '1' },
  });

describe('README', () => {
  it('documents commands', () => expect(commands().length).toBeGreaterThan(6));

  it.each(commands())(
    '$line',
    (command) => {
      const { status, stdout, stderr } = run(command);
      expect(status, stderr).toBe(command.exits);
      if (command.prints !== undefined) expect(timeless(stdout)).toBe(timeless(command.prints));
    },
    60_000,
  );

  it('says how many kinds of operation there are', async () => {
    const { OP_NAMES } = await import('#model/alphabet/operations');
    expect(README).toContain(`${OP_NAMES.length} kinds of operation`);
  });

  it('shows a design that can be made so', async () => {
    const { advance } = await import('#model/designs/advance');
    const { map_range } = await import('#model/designs/hooks/map-range');
    const { perf_mmap_unlocked } = await import('#model/designs/hooks/mmap-v6.18');
    const { modelSubject } = await import('#properties/checkers/model-subject');
    const { searchRandom } = await import('#properties/checkers/random');
    const options = /perf_mmap_unlocked\((\{.*\}), map_range\)/.exec(README)?.[1] ?? '';
    const keys = [...options.matchAll(/(\w+): (true|false)/g)].map(([, key, value]) => [
      key,
      value === 'true',
    ]);
    const mmap = perf_mmap_unlocked(Object.fromEntries(keys), map_range);
    const verdict = await searchRandom(modelSubject({ ...advance, id: 'unlocked', mmap }), {
      seed: 1,
      runs: 300,
      length: 30,
      timeMs: Number.POSITIVE_INFINITY,
    });
    expect(verdict.outcome).toBe('passed');
  });
});

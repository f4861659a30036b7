import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { TINY } from '../properties/explorer/tiny.js';
import { mapahead } from './fake.js';

const folder = mkdtempSync(join(tmpdir(), 'mapahead-explore-'));
afterAll(() => rmSync(folder, { recursive: true }));

const file = (name: string, content: unknown): string => {
  const path = join(folder, name);
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
};
const bounds = file('bounds.json', TINY);
const explore = (args: string, given = {}) => mapahead(['explore', ...args.split(' ')], given);

describe('explore', () => {
  it('proves an intended design', async () => {
    const { exitCode, out, err } = await explore(`--bounds ${bounds}`);
    expect(exitCode).toBe(0);
    expect(err).toContain('explores advance against the specification, bounds tiny');
    expect(out).toContain('235 states, ');
    expect(out).toMatch(/vacuous, never looked at: .*failed-mmap-changes-nothing/);
    expect(out).toMatch(/PROVED {2}closed: nothing is wrong in any sequence, of any length/);
  });

  it('tells the counterexample of a transcribed design as a story', async () => {
    const { exitCode, out } = await explore(`--bounds ${bounds} --design v6.14`);
    expect(exitCode).toBe(1);
    expect(out).toMatch(/^COUNTEREXAMPLE[\s\S]*mapahead replay ma1:[\s\S]*FAILED {2}the sequence above is a/);
  });

  it('compares two designs', async () => {
    const { exitCode, out } = await explore(`--bounds ${bounds} --against demand-fault`);
    expect(exitCode).toBe(0);
    expect(out).toContain('differences between advance and demand-fault, and what explains them:');
    expect(out).toMatch(/maps +ok, another VmFlags io pf, .*: pfnmap-flags/);
  });

  it('prints JSON', async () => {
    const { exitCode, out } = await explore(`--bounds ${bounds} --json --symmetry off`);
    expect(exitCode).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      format: 'mapahead-exploration',
      outcome: 'passed',
      closed: true,
      renamings: 1,
      states: 461,
    });
  });

  it('passes when the depth that was asked for is reached, not when time or memory end it', async () => {
    const deep = await explore(`--bounds ${bounds} --depth 3`);
    expect(deep.exitCode).toBe(0);
    expect(deep.out).toMatch(/NOT CLOSED {2}the depth of 3 operations/);
    expect((await explore(`--bounds medium --time 0.1`)).exitCode).toBe(3);
  });

  it('prints what is known when it is interrupted, and goes on from its checkpoint', async () => {
    const path = join(folder, 'checkpoint');
    const first = await explore(`--bounds ${bounds} --depth 4 --checkpoint ${path}`);
    expect(first.err).toContain(`saved ${path}`);
    const signal = AbortSignal.abort();
    const again = await explore(`--bounds ${bounds} --checkpoint ${path}`, { signal });
    expect(again.exitCode).toBe(130);
    expect(again.out).toMatch(/NOT CLOSED {2}interrupted/);
    const last = await explore(`--bounds ${bounds} --checkpoint ${path}`);
    expect(last.err).toMatch(/going on from .*: \d+ states, depth 4/);
    expect(last.out).toContain('235 states, ');
    expect(last.exitCode).toBe(0);
  });

  it.each([
    ['--design nobody', 'unknown design "nobody"'],
    ['--against nobody', 'unknown design "nobody"'],
    ['--bounds nowhere', 'unknown bounds "nowhere"'],
    ['--symmetry maybe', '--symmetry: write on or off'],
    ['--invariant nothing', 'unknown invariant "nothing"'],
    ['--depth 0', '--depth: "0" is not a whole number'],
    [`--bounds ${file('text', 'x')}`, 'no JSON'],
    [`--bounds ${file('empty', {})}`, '/name'],
    [`--bounds ${file('op', { ...TINY, operations: [{ op: 'fly' }] })}`, '/operations/0/op'],
    [
      `--bounds ${file('who', { ...TINY, operations: [{ op: 'fork', with: { child: [2] } }] })}`,
      '2 is not below 2',
    ],
    [
      `--bounds ${file('what', { ...TINY, operations: [{ op: 'exit', with: { fd: [0] } }] })}`,
      'no operand of this name',
    ],
    [
      `--bounds ${file('much', { ...TINY, operations: [{ op: 'load', with: { page: [99] } }] })}`,
      '99 is not in 0..31',
    ],
    [`--bounds ${bounds} --depth 1 --checkpoint ${folder}/no/where`, '--checkpoint: '],
  ])('refuses %s', async (args, message) => {
    const { exitCode, err } = await explore(args);
    expect(exitCode).toBe(2);
    expect(err).toContain(message);
  });
});

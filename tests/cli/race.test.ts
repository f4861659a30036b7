import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { raceProgress } from '#cli/race-progress';
import { DEFAULT_ENV } from '#model/alphabet/system';
import { encodeRaceToken } from '#model/trace/race-token';
import { parsePlan } from '#properties/races/plans';
import { resultFromJson } from '#reports/results/read';
import { spawned } from '../support/spawned.js';
import { mapahead } from './fake.js';

const folder = mkdtempSync(join(tmpdir(), 'mapahead-race-'));
afterAll(() => rmSync(folder, { recursive: true }));
const SLOW = 120_000;

/** v7.3 loses a buffer here. */
const LOST = ['--design', 'v7.3', '--tasks', 'mapped: unmap | map'];
/** A plan that takes long. */
const LONG = 'mapped: unmap+map+unmap+map | map+unmap+map+unmap';

const tokenOf = (out: string): string => /^npx mapahead replay (mr1:\S+)$/m.exec(out)?.[1] ?? 'no token';
const race = (...args: string[]) => mapahead(['race', ...args]);

/** All lines but the one that is to be copied fit 80 columns. */
function expectNarrow(out: string): void {
  for (const line of out.split('\n').filter((each) => !each.startsWith('npx mapahead')))
    expect(line.length, line).toBeLessThanOrEqual(80);
}

describe('race', () => {
  it('proves that a plan has no race', async () => {
    const { exitCode, out, err } = await race('--tasks', 'mapped: unmap | map', '--seed', '4');
    expect(exitCode).toBe(0);
    expect(err).toContain('interleaves tasks on advance\n1 plan(s), dpor, seed 4\n');
    expect(out).toMatch(/1 of 1 plans, 1 of them in every class of schedules/);
    expect(out).toMatch(/(\d+) schedules, \1 classes, 0 for nothing/);
    expect(out).toMatch(/PROVED {2}advance: no race in any class of schedules of these plans\n$/);
    expectNarrow(out);
  });

  it(
    'tells a race at 80 columns, certifies it, and its token replays it',
    async () => {
      const { exitCode, out } = await race(...LOST, '--certify', '60');
      expect(exitCode).toBe(1);
      expect(out).toMatch(/^RACE {2}v7\.3 breaks no-page-freed-while-mapped$/m);
      expect(out).toMatch(/^ +task 1, process 0 +task 2, process 1 +\| nearest that passes$/m);
      expect(out.match(/^> +\d+ /gm)).toHaveLength(1);
      expect(out.match(/^\* +\d+ /gm)).toHaveLength(1);
      expect(out).toMatch(/^a +mmap_lock of process 0$/m);
      expect(out.replace(/\s+/g, ' ')).toMatch(
        /CERTIFIED no plan with fewer operations and no schedule with fewer than 2 context switches shows this failure, within all parts of this plan and all named plans of two actions/,
      );
      expect(out).toMatch(/FAILED {2}v7\.3 breaks no-page-freed-while-mapped \(mapped: unmap \| map\)\n$/);
      expectNarrow(out);
      const again = await mapahead(['replay', tokenOf(out)]);
      expect(again.exitCode).toBe(1);
      expect(again.err).toBe('');
      expect(again.out).toContain('RACE  v7.3 breaks no-page-freed-while-mapped');
      expect(tokenOf(again.out)).toBe(tokenOf(out));
    },
    SLOW,
  );

  it.each([
    ['pct', ['--seed', '1', '--budget', '2000']],
    ['bounded', ['--depth', '2']],
  ])('finds it by %s, too, and nothing in a design without it', async (mode, more) => {
    expect((await race(...LOST, '--mode', mode, ...more)).exitCode).toBe(1);
    const passed = await race('--tasks', 'mapped: unmap | map', '--mode', mode, ...more);
    expect(passed.exitCode).toBe(0);
    expect(passed.out).toMatch(mode === 'pct' ? /passed {2}advance: no race in the schedules/ : /PROVED {2}/);
  });

  it('prints one JSON object', async () => {
    const { exitCode, out } = await race(...LOST, '--json', '--all', '--seed', '9');
    expect(exitCode).toBe(1);
    const json = JSON.parse(out);
    expect(json).toMatchObject({
      format: 'mapahead-race',
      version: 1,
      outcome: 'failed',
      design: 'v7.3',
      mode: 'dpor',
      seed: 9,
      counts: { plans: 1, closed: 1, unfit: 0, redundant: 0 },
      races: [{ plan: 'mapped: unmap | map', rule: 'no-page-freed-while-mapped' }],
    });
    expect(json.counts.classes).toBe(json.counts.schedules);
    expect(json.races[0].token).toMatch(/^mr1:/);
    expect(json.races[0].shrunk.operations).toBe(5);
  });

  it(
    'leaves a result that the report reads, with the command that makes it again',
    async () => {
      const args = [...LOST, '--seed', '3', '--results', folder, '--certify', '60'];
      expect((await race(...args)).exitCode).toBe(1);
      const path = join(folder, 'race-v7.3.json');
      const result = resultFromJson(JSON.parse(readFileSync(path, 'utf8')), path);
      if (result.kind !== 'race') throw new Error('it is of another kind');
      expect(result).toMatchObject({ design: 'v7.3', outcome: 'failed', complete: false });
      expect(result.command).toBe(
        "npx mapahead race --design v7.3 --tasks 'mapped: unmap | map' --mode dpor --seed 3",
      );
      const [found] = result.races;
      expect(found?.fails.steps.at(-1)?.wrong).toContain('still maps page');
      expect(found?.passes?.steps.length).toBeGreaterThan(5);
      expect(found?.certificate?.proven).toMatch(/^no plan with fewer operations and no schedule/);
      expect(readFileSync(join(folder, 'report.html'), 'utf8')).toContain('no-page-freed-while-mapped');
    },
    SLOW,
  );

  it('says which plans were not run to their end, and what was run instead, and ends when the time is up', async () => {
    const few = await race('--tasks', 'mapped: unmap+map | map+unmap', '--budget', '5');
    expect(few.exitCode).toBe(0);
    expect(few.out).toMatch(/1 of 1 plans, 0 of them in every class/);
    expect(few.out).not.toMatch(/larger plan/);
    const larger = await race('--tasks', LONG, '--budget', '3000');
    expect(larger.out).toMatch(/1 larger plan\(s\) in every schedule with at most 2 preemptions/);
    expect(few.out).toMatch(/passed {2}advance: no race in the schedules that were run\n$/);
    const cut = await race('--tasks', LONG, '--time', '0.3');
    expect(cut.out).toMatch(/NOT CLOSED {2}none found within what was run: time\n$/);
    expect(cut.out).toMatch(/[1-9][\d,]* different ends judged/);
  });

  it('could not check where every plan fails one operation after the other', async () => {
    const { exitCode, out } = await race(
      '--design',
      'insert-pages-ro-noretry',
      '--tasks',
      'mapped: store | load@0',
    );
    expect(exitCode).toBe(3);
    expect(out).toMatch(/1 plan\(s\) passed over/);
    expect(out).toMatch(/NOT RUN {2}/);
  });

  it(
    'prints and saves what it has when it is interrupted',
    async () => {
      const interrupted = await mapahead(['race', '--tasks', LONG], { signal: AbortSignal.abort() });
      expect(interrupted.exitCode).toBe(130);
      expect(interrupted.out).toMatch(/NOT CLOSED {2}none found within what was run: interrupted\n$/);
      const args = ['race', ...LOST, '--tasks', LONG, '--all', '--results', folder];
      const { exitCode, signal, out } = await spawned(args, (child, err) => {
        if (err.endsWith('seed 5\n')) return;
        if (/interleaves tasks/.test(err)) setTimeout(() => child.kill('SIGINT'), 2_500);
      });
      expect([exitCode, signal]).toEqual([130, null]);
      expect(out).toContain('RACE  v7.3 breaks no-page-freed-while-mapped');
      expect(JSON.parse(readFileSync(join(folder, 'race-v7.3.json'), 'utf8'))).toMatchObject({
        outcome: 'interrupted',
        cut: 'interrupted',
        complete: false,
      });
    },
    SLOW,
  );

  it('shows how far it is every five seconds', () => {
    let now = 0;
    const lines: string[] = [];
    const err = { write: (text: string) => lines.push(text) } as unknown as NodeJS.WriteStream;
    const progress = raceProgress({ out: err, err, env: {} }, 4_000, () => now);
    const counts = {
      plans: 1,
      closed: 0,
      bounded: 0,
      unfit: 0,
      schedules: 0,
      redundant: 0,
      classes: 0,
      steps: 0,
      ends: 0,
      varied: 0,
    };
    progress(counts);
    now = 5_000;
    progress({ ...counts, plans: 1_234, schedules: 56_789, steps: 1_000_000 });
    progress({ ...counts, plans: 1_235 });
    now = 10_001;
    progress({ ...counts, plans: 2_000 });
    expect(lines).toEqual([
      'plan 1,234 of 4,000, 56,789 schedules, 1,000,000 steps\n',
      'plan 2,000 of 4,000, 0 schedules, 0 steps\n',
    ]);
  });
});

describe('wrong usage of race is one line and exit code 2', () => {
  it.each([
    ['--design advanc', 'unknown design "advanc": did you mean advance?'],
    ['--mode all', '--mode: write one of dpor, pct, bounded'],
    ['--budget 0', '--budget: "0" is not a whole number from 1 to 1000000000'],
    ['--depth 21', '--depth: "21" is not a whole number from 1 to 20'],
    ['--seed -1', '--seed: "-1" is not a whole number from 0 to 4294967295'],
    ['--time soon', '--time: "soon" is not a number from 0.1 to 31536000'],
    ['--certify never', '--certify: "never" is not a number from 0.1 to 31536000'],
    ['--tasks unmap', '--tasks: "unmap" has no colon: write "situation: task | task"'],
    ['--tasks mapped:unmap', '--tasks: 1 task(s): write 2 or 3'],
    ['--tasks here:unmap|map', '--tasks: no situation "here": write one of opened, mapped'],
    ['--tasks mapped:jump|map', '--tasks: no action "jump": write one of map, unmap'],
    ['--tasks mapped:unmap|map@3', '--tasks: @3: there are processes 0, 1 and 2'],
    ['--tasks mapped:fork|map|map@2', '--tasks: fork makes process 2: no task is of it'],
    [
      '--tasks mapped:map+map+map+map|map+map+map+map|map+map+map+map',
      'orders of its operations: at most 5000',
    ],
    ['--tasks mapped:map+map+map+map+map|map+map+map+map+map+map+map+map+map', 'more than 8 operations'],
    ['--three --tasks mapped:unmap|map', '--three: --tasks says already what is run'],
    ['stray', "too many arguments for 'race'"],
  ])('mapahead race %s', async (args, message) => {
    const { exitCode, out, err } = await race(...args.split(' '));
    expect(err).toContain(message);
    expect({ exitCode, out, lines: err.trim().split('\n').length }).toEqual({
      exitCode: 2,
      out: '',
      lines: 1,
    });
  });
});

describe('replay of a race', () => {
  const { plan } = parsePlan('mapped: unmap | map');
  const sequential = encodeRaceToken({ system: 'advance', plan, schedule: [0, 0, 0] });

  it('passes where nothing is wrong, and says when the design goes another way', async () => {
    const passed = await mapahead(['replay', sequential]);
    expect(passed.exitCode).toBe(0);
    expect(passed.out).toBe('passed  advance: nothing is wrong with this schedule\n');
    expect(passed.err).toBe('this design went another way than the schedule says\n');
  });

  it(
    'runs on the design that is named',
    async () => {
      const token = tokenOf((await race(...LOST)).out);
      expect((await mapahead(['replay', token, '--system', 'advance'])).exitCode).toBe(0);
      expect((await mapahead(['replay', token, '--system', 'advence'])).exitCode).toBe(2);
      const json = JSON.parse((await mapahead(['replay', token, '--json', '--certify', '60'])).out);
      expect(json).toMatchObject({ format: 'mapahead-race', outcome: 'failed', design: 'v7.3', exact: true });
      expect(json.races).toHaveLength(1);
      expect(json.races[0].certificate).toMatchObject({ parts: true, switches: true, named: true });
      expect(json.races[0].token).toBe(token);
    },
    SLOW,
  );

  it('does not begin where the token is damaged, or holds what cannot be run', async () => {
    const damaged = await mapahead(['replay', sequential.replace('03:', '04:')]);
    expect(damaged).toMatchObject({ exitCode: 2, out: '' });
    expect(damaged.err).toMatch(/checksum/);
    const four = Int32Array.from([...plan.tasks[0], ...plan.tasks[0], ...plan.tasks[0], ...plan.tasks[0]]);
    const many = { env: DEFAULT_ENV, prefix: plan.prefix, tasks: [four, four, four] };
    const token = encodeRaceToken({ system: 'advance', plan: many, schedule: [0] });
    const refused = await mapahead(['replay', token]);
    expect(refused).toMatchObject({ exitCode: 2, out: '' });
    expect(refused.err).toMatch(
      /^mapahead: this race cannot be run: more than 5000 orders of the operations\n$/,
    );
    const path = join(folder, 'no-race.json');
    writeFileSync(path, '{}');
    expect((await mapahead(['replay', path])).exitCode).toBe(2);
  });
});

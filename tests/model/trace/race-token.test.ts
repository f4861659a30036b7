import { crc32 } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { OP_WIDTH } from '#model/alphabet/bounds';
import { OP } from '#model/alphabet/operations';
import { DEFAULT_ENV } from '#model/alphabet/system';
import { MAX_TASKS } from '#model/interleaving/plan';
import {
  decodeRaceToken,
  encodeRaceToken,
  looksLikeRaceToken,
  type RaceToken,
} from '#model/trace/race-token';
import { encodeToken } from '#model/trace/token';
import { TraceError } from '#model/trace/trace-error';
import { trace } from './arbitraries.js';

/** A trace cut into a prefix and two or three tasks, and any schedule of them. */
const race: fc.Arbitrary<RaceToken> = trace.chain(({ env, ops }) => {
  const count = ops.length / OP_WIDTH;
  const cut = fc.integer({ min: 0, max: count });
  return fc
    .record({
      system: fc.constantFrom('advance', 'v6.14', 'mapfail-race'),
      cuts: fc.array(cut, { minLength: 2, maxLength: MAX_TASKS }).map((cuts) => cuts.sort((a, b) => a - b)),
      picks: fc.array(fc.nat(), { maxLength: 60 }),
    })
    .map(({ system, cuts, picks }) => {
      const ends = [...cuts, count];
      const [prefix, ...tasks] = ends.map((end, i) =>
        ops.slice((ends[i - 1] ?? 0) * OP_WIDTH, end * OP_WIDTH),
      );
      return { system, plan: { env, prefix, tasks }, schedule: picks.map((pick) => pick % tasks.length) };
    });
});

/** What decoding this says is wrong; fails on any other error. */
function problem(text: string): string {
  try {
    decodeRaceToken(text);
  } catch (error) {
    if (error instanceof TraceError) return error.message;
    throw error;
  }
  return 'no problem';
}

const REST = encodeToken('advance', {
  env: DEFAULT_ENV,
  ops: Int32Array.from([0, 1, 2, 3].flatMap((fd) => [OP.open, 0, fd, 0, -1, 0, 0, 0])),
});

/** A race token of four operations that says this of them, with the right checksum. */
function forge(counts: string, schedule: string): string {
  const crc = crc32(`${counts}:${schedule}`).toString(16).padStart(8, '0');
  return `mr1:${counts}:${schedule}:${crc}:${REST}`;
}

describe('a race token', () => {
  it('holds the System, the operations before the tasks and of each, and the schedule', () => {
    fc.assert(fc.property(race, (made) => void expect(decodeRaceToken(encodeRaceToken(made))).toEqual(made)));
  });

  it('is known by its beginning, and reads the same broken into lines', () => {
    fc.assert(
      fc.property(race, fc.nat(), (made, at) => {
        const token = encodeRaceToken(made);
        const broken = `  ${token.slice(0, at % token.length)}\n ${token.slice(at % token.length)}`;
        expect(decodeRaceToken(broken)).toEqual(made);
        expect(looksLikeRaceToken(token)).toBe(true);
      }),
    );
    for (const text of ['  mr1:', 'mr12:1']) expect(looksLikeRaceToken(text)).toBe(true);
    for (const text of [REST, 'see mr1:', 'xmr1:']) expect(looksLikeRaceToken(text)).toBe(false);
  });

  it('that is changed anywhere is refused in one line, or is the same', () => {
    fc.assert(
      fc.property(race, fc.nat(), fc.constantFrom(...'0a9z-.:'), (made, at, letter) => {
        const token = encodeRaceToken(made);
        const i = at % token.length;
        const changed = token.slice(0, i) + letter + token.slice(i + 1);
        const said = problem(changed);
        expect(said).not.toContain('\n');
        if (changed !== token) expect(said).not.toBe('no problem');
      }),
    );
  });

  it.each([
    ['', 'not a race token'],
    ['mr1:1-1-2', 'not a race token'],
    [REST, 'not a race token'],
    [`x${forge('1-1-2', '01')}`, 'not a race token'],
    [forge('1-1-2', '01.12').replace('01.12', '01.13'), 'damaged, its checksum'],
    [forge('1-1-1', '01'), 'its counts'],
    [forge('2-2', '01'), 'its counts'],
    [forge('0-1-1-1-1', '01'), 'its counts'],
    [forge('1-1-2', '21'), 'no run of steps: 21'],
    [forge('1-1-2', '00'), 'no run of steps: 00'],
    [forge('1-1-2', '0zzzz'), 'no run of steps: 0zzzz'],
    [forge('1-1-2', '0'), 'no run of steps: 0'],
  ])('%s: refused, because of %s', (text, reason) => {
    expect(problem(text).slice(0, 12 + reason.length)).toBe(`race token: ${reason}`);
  });

  it('has runs of up to 10,000 steps', () => {
    expect(problem(forge('1-1-2', '07ps'))).toBe('no problem');
    expect(problem(forge('1-1-2', '07pt'))).toBe('race token: no run of steps: 07pt');
  });

  it('of a schedule that never ends is cut at its length', () => {
    expect(problem(forge('1-1-2', Array(4000).fill('07ps').join('.')))).toContain('not a race token');
  });
});

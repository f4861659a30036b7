import { crc32 } from 'node:zlib';
import { OP_WIDTH } from '../alphabet/bounds.js';
import { MAX_TASKS, type RacePlan } from '../interleaving/plan.js';
import { decodeToken, encodeToken } from './token.js';
import { TraceError } from './trace-error.js';

/**
 * A race token is `mr1:COUNTS:SCHEDULE:CRC:TOKEN`: how many operations are before the tasks and in each of them, joined by `-`; the
 * schedule as runs of one task, each a digit and a number of steps in base 36, joined by `.`; a checksum of both; and the token of
 * all operations, one after the other.
 */
export interface RaceToken {
  readonly system: string;
  readonly plan: RacePlan;
  /** The task of each step. */
  readonly schedule: readonly number[];
}

const SHAPE = /^mr1:([\d-]{3,32}):([\da-z.]{0,8000}):([\da-f]{8}):(ma.*)$/;
const SOURCE = 'race token';

export function looksLikeRaceToken(text: string): boolean {
  return /^\s*mr\d+:/.test(text);
}

function runs(schedule: readonly number[]): string {
  const parts: string[] = [];
  for (let i = 0; i < schedule.length; ) {
    let end = i;
    while (schedule[end] === schedule[i]) end++;
    parts.push(`${schedule[i]}${(end - i).toString(36)}`);
    i = end;
  }
  return parts.join('.');
}

const checksum = (counts: string, schedule: string): string =>
  crc32(`${counts}:${schedule}`).toString(16).padStart(8, '0');

/** The token that replays this schedule on this design, on any machine. */
export function encodeRaceToken({ system, plan, schedule }: RaceToken): string {
  const parts = [plan.prefix, ...plan.tasks];
  const ops = Int32Array.from(parts.flatMap((part) => [...part]));
  const counts = parts.map(({ length }) => length / OP_WIDTH).join('-');
  const steps = runs(schedule);
  return `mr1:${counts}:${steps}:${checksum(counts, steps)}:${encodeToken(system, { env: plan.env, ops })}`;
}

function readSchedule(text: string, tasks: number): number[] {
  return text
    .split('.')
    .filter(Boolean)
    .flatMap((run) => {
      const task = Number(run[0]);
      const steps = Number.parseInt(run.slice(1), 36);
      if (!(task < tasks && steps > 0 && steps <= 10_000))
        throw new TraceError(`no run of steps: ${run}`, '', SOURCE);
      return new Array<number>(steps).fill(task);
    });
}

/**
 * Read a race token. White space in it is passed over.
 * @throws TraceError one line: not a race token, damaged, or of a version that means something else by it
 */
export function decodeRaceToken(text: string): RaceToken {
  const match = SHAPE.exec(text.replace(/\s/g, ''));
  if (match === null)
    throw new TraceError('not a race token: it reads mr1:COUNTS:SCHEDULE:CRC:TOKEN', '', SOURCE);
  const [, counts, steps, crc, rest] = match;
  if (checksum(counts, steps) !== crc)
    throw new TraceError('damaged, its checksum does not fit: copy the whole of it again', '', SOURCE);
  const { system, trace } = decodeToken(rest);
  const lengths = counts.split('-').map(Number);
  const total = lengths.reduce((sum, count) => sum + count, 0) * OP_WIDTH;
  if (lengths.length < 3 || lengths.length > MAX_TASKS + 1 || total !== trace.ops.length)
    throw new TraceError('its counts are not those of its operations', '', SOURCE);
  const [prefix, ...tasks] = lengths.map((count, i) => {
    const before = lengths.slice(0, i).reduce((sum, each) => sum + each, 0);
    return trace.ops.slice(before * OP_WIDTH, (before + count) * OP_WIDTH);
  });
  return { system, plan: { env: trace.env, prefix, tasks }, schedule: readSchedule(steps, tasks.length) };
}

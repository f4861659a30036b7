import { z } from 'zod';
import { about, count, token } from './about.js';

const step = z.object({
  task: z.int().min(0).describe('the lane'),
  text: z.string().describe('what the task did up to where it was suspended'),
  holds: z.array(z.string()).describe('locks that it holds after that'),
  wrong: z.string().optional().describe('what went wrong here'),
});

const schedule = z.object({ token, steps: z.array(step) });

const race = z.object({
  rule: z.string(),
  text: z.string().describe('the rule in one sentence'),
  tasks: z.array(z.string()).describe('the operations of each lane'),
  fails: schedule,
  passes: schedule.optional().describe('the nearest schedule that is right'),
});

/** Interleavings of one set of tasks. */
export const raceResult = z.object({
  ...about,
  kind: z.literal('race'),
  design: z.string(),
  mode: z.string().describe('how schedules were chosen'),
  outcome: z.enum(['passed', 'failed', 'not-run', 'interrupted']),
  tasks: z.array(z.string()),
  schedules: count,
  classes: count.optional().describe('of equivalent schedules'),
  complete: z.boolean().describe('every class was explored'),
  neverInterleaved: z.array(z.string()).optional().describe('pairs of places in the code that never met'),
  races: z.array(race),
});

export type RaceResult = z.infer<typeof raceResult>;

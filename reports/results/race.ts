import { z } from 'zod';
import { about, count, token } from './about.js';

const step = z.object({
  task: z.int().min(0).describe('the lane'),
  text: z.string().describe('what the task did up to where it was suspended'),
  holds: z.array(z.string()).describe('locks that it holds after that'),
  wrong: z.string().optional().describe('what went wrong here'),
});

const steps = z.array(step);

const race = z.object({
  rule: z.string(),
  text: z.string().describe('the rule in one sentence'),
  before: z.array(z.string()).describe('operations before the tasks begin'),
  tasks: z.array(z.string()).describe('the operations of each lane'),
  fails: z.object({ token, steps }),
  passes: z.object({ steps }).optional().describe('the nearest schedule that is right'),
  certificate: z
    .object({
      proven: z
        .string()
        .describe('what was searched for the same failure, and not found; empty: nothing was'),
      open: z.string().describe('what was not searched to its end, and why; empty: nothing was left'),
    })
    .optional()
    .describe('that nothing smaller shows the same failure'),
});

/** Interleavings of sets of tasks. */
export const raceResult = z.object({
  ...about,
  kind: z.literal('race'),
  design: z.string(),
  mode: z.string().describe('how schedules were chosen'),
  outcome: z.enum(['passed', 'failed', 'not-run', 'interrupted']),
  plans: count.describe('sets of tasks'),
  schedules: count,
  classes: count.optional().describe('of equivalent schedules'),
  complete: z.boolean().describe('every class was explored'),
  cut: z.string().optional().describe('what ended it before'),
  pairs: z.object({ seen: count, of: count }).optional().describe('pairs of points that were interleaved'),
  neverInterleaved: z.array(z.string()).describe('points that were reached, but never beside another task'),
  neverReached: z.array(z.string()).describe('points of the source that no task came to'),
  races: z.array(race),
});

export type RaceResult = z.infer<typeof raceResult>;

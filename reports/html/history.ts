import { z } from 'zod';

/** The `format` of a line of a history file. */
export const HISTORY_FORMAT = 'mapahead-history';
export const HISTORY_FORMAT_VERSION = 1;

const count = z.number().min(0);

/** One run of everything, in one line of a history file. */
export const historyPoint = z.object({
  format: z.literal(HISTORY_FORMAT),
  version: z.literal(HISTORY_FORMAT_VERSION),
  madeBy: z.string(),
  at: z.string().describe('ISO 8601'),
  revision: z.string().optional().describe('of the sources that were checked'),
  outcome: z.enum(['passed', 'failed', 'not-run', 'interrupted']),
  systems: z.array(
    z.object({ system: z.string(), outcome: z.string(), operations: count, perSecond: count }),
  ),
  explorations: z.array(
    z.object({
      design: z.string(),
      bounds: z.string(),
      states: count,
      closed: z.boolean(),
      perSecond: count,
    }),
  ),
  reached: count.optional().describe('operations with an outcome that were seen, of random runs'),
  mutants: z.object({ killed: count, survived: count, notRun: count }).optional(),
  functions: z.number().min(0).max(1).optional().describe('share of the functions that the tests ran'),
  branches: z.number().min(0).max(1).optional().describe('share of the branches that the tests took'),
});

export type HistoryPoint = z.infer<typeof historyPoint>;

/** The JSON Schema (draft 2020-12) of a line of a history file. */
export function historyJsonSchema(): object {
  return { title: 'mapahead history', ...z.toJSONSchema(historyPoint) };
}

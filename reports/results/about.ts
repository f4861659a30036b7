import { z } from 'zod';

/** The `format` of a result file. */
export const RESULT_FORMAT = 'mapahead-result';
/** The version of that format. It grows when what is there changes its meaning or goes away. */
export const RESULT_FORMAT_VERSION = 1;

/** What every result says about itself. */
export const about = {
  format: z.literal(RESULT_FORMAT),
  version: z.literal(RESULT_FORMAT_VERSION),
  madeBy: z.string().describe('version of mapahead'),
  command: z.string().describe('the command line that makes this result again'),
  started: z.string().describe('when the run began, ISO 8601'),
  seconds: z.number().min(0).describe('how long it took'),
};

export const count = z.number().min(0);
/** A token that mapahead replay takes. */
export const token = z.string().max(200_000);

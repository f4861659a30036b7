import { z } from 'zod';
import { reportSchema } from '../json/schema.js';
import { about } from './about.js';
import { catalogue } from './catalogue.js';
import { evidence } from './evidence.js';

/** What `mapahead check` came to. */
export const checkResult = z.object({
  ...about,
  kind: z.literal('check'),
  seed: z.int(),
  catalogue,
  report: reportSchema.describe('as --json prints it'),
  evidence: z.array(evidence),
});

export type CheckResult = z.infer<typeof checkResult>;

import { z } from 'zod';
import { about, count, token } from './about.js';

const mutant = z.object({
  id: z.string(),
  text: z.string().describe('the defect in one sentence'),
  source: z.string().optional().describe('where it comes from: a CVE, a commit, a rejected patch'),
  base: z.string().optional().describe('the design that it is a defect of'),
  outcome: z.enum(['killed', 'survived', 'not-run']),
  reason: z.string().optional().describe('why it did not run: needs interleavings, and the like'),
  killedBy: z.array(z.string()).describe('ids of invariants, or spec'),
  operations: count.optional().describe('to the first failure'),
  seconds: count.optional().describe('to the first failure'),
  length: count.optional().describe('operations of the shrunk trace'),
  certified: z.boolean().optional().describe('no shorter sequence exists within the bounds'),
  token: token.optional(),
});

/** A design that has no known defect, searched like the mutants: nothing may be found in it. */
const intended = z.object({
  id: z.string(),
  outcome: z.enum(['passed', 'failed', 'not-run']),
  reason: z.string().optional().describe('why it ran less than it should have'),
  sequences: count,
  operations: count,
  token: token.optional(),
});

/** The kill matrix. */
export const mutantsResult = z.object({
  ...about,
  kind: z.literal('mutants'),
  seed: z.int().optional(),
  killers: z.array(z.string()).describe('ids of all that could kill'),
  mutants: z.array(mutant),
  intended: z.array(intended),
});

export type MutantsResult = z.infer<typeof mutantsResult>;

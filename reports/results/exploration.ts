import { z } from 'zod';
import { counterexample, outcomeCount } from '../json/schema.js';
import { about, count, token } from './about.js';
import { catalogue } from './catalogue.js';
import { evidence } from './evidence.js';

const difference = z.object({
  op: z.string(),
  outcomes: z.tuple([z.string(), z.string()]),
  what: z.string().describe('in what they differ when the outcomes are the same'),
  either: z.boolean().describe('the specification allows both'),
  points: z.array(z.string()).describe('variation points each of which explains it by itself'),
  count,
  token,
});

/** What `mapahead explore` came to. */
export const explorationResult = z.object({
  ...about,
  kind: z.literal('exploration'),
  catalogue,
  outcome: z.enum(['passed', 'failed', 'not-run', 'interrupted']),
  design: z.string(),
  against: z.string().describe('spec, or another design'),
  bounds: z.string(),
  operations: count.describe('of the bounded alphabet'),
  renamings: count,
  closed: z.boolean().describe('every operation was done in every state that can be reached'),
  cut: z.string().optional().describe('why it ended before'),
  states: count,
  left: count.describe('states in which not every operation was done'),
  transitions: count,
  skipped: count,
  depth: count,
  levels: z.array(count).describe('states by operations from the start'),
  notFollowed: z.record(z.string(), count),
  outcomes: z.array(outcomeCount),
  invariants: z.record(z.string(), count).describe('how often each had something to look at'),
  sometimes: z.array(z.object({ id: z.string(), text: z.string(), token: token.optional() })),
  differences: z.array(difference),
  counterexample: counterexample.optional(),
  evidence: z.array(evidence),
});

export type ExplorationResult = z.infer<typeof explorationResult>;

import { z } from 'zod';
import { failure, observation } from '../json/schema.js';
import { token } from './about.js';

const row = z.record(z.string(), z.union([z.string(), z.number()]));

const changes = z.object({
  set: z.record(z.string(), row).describe('rows that are new or other than before, by name: "pte 0.3"'),
  gone: z.array(z.string()).describe('names of rows that are there no more'),
});

/** The same trace on another System. */
const beside = z.object({
  system: z.string(),
  outcome: z.enum(['passed', 'failed', 'not-run']),
  reason: z.string().optional().describe('why it did not run'),
  observations: z.array(observation).describe('one a step, as far as it came'),
  failure: failure.optional(),
});

/** Programs that make the calls of a counterexample, by what they are for. */
const reproducers = z.object({
  c: z.string().optional(),
  kselftest: z.string().optional(),
  syz: z.string().optional(),
});

/** What there is to show of one counterexample beside what it says itself. */
export const evidence = z.object({
  token: token.describe('of the counterexample that this is about'),
  allowed: z
    .array(z.array(z.object({ observation, rule: z.string() })))
    .describe('by step: what the specification allows, with its rule'),
  changes: z
    .array(changes)
    .optional()
    .describe("the modelled kernel's state at the start, then what each step changed"),
  drawnFrom: z.string().optional().describe('the design whose state that is, where the System is a kernel'),
  beside: z.array(beside),
  reproducers: reproducers.optional(),
});

export type EvidenceJson = z.infer<typeof evidence>;
export type RowChangesJson = z.infer<typeof changes>;

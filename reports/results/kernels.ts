import { z } from 'zod';
import { about, count, token } from './about.js';

/** Which side of a variation point a kernel was seen on. */
const cell = z.object({
  kernel: z.string().describe('id of one of the kernels'),
  point: z.string().describe('id of the variation point'),
  seen: z
    .enum(['before', 'since', 'both', 'not-witnessed', 'not-observed'])
    .describe('not-observed: this machine cannot show it; never counted as passed'),
  token: token.optional().describe('a sequence that shows it'),
});

const kernel = z.object({
  id: z.string(),
  upstream: z
    .string()
    .optional()
    .describe('version of Linux that it was made from, when the id names another'),
  runsOn: z.string().describe('host, or the guest that ran it'),
  outcome: z.enum(['passed', 'failed', 'not-run']),
  reason: z.string().optional().describe('why it did not run'),
  sequences: count,
  operations: count,
  outcomes: z
    .array(z.object({ op: z.string(), outcome: z.string(), count }))
    .optional()
    .describe('what operations answered'),
  notObserved: z.array(z.string()).optional().describe('what this machine cannot show'),
  disagreements: z
    .array(z.object({ text: z.string(), sequences: count, token }))
    .describe('what no variation point and no known finding explains'),
  findings: z.array(
    z.object({ id: z.string(), text: z.string(), sequences: count, token: token.optional() }),
  ),
});

/** The matrix of kernels. */
export const kernelsResult = z.object({
  ...about,
  kind: z.literal('kernels'),
  kernels: z.array(kernel),
  cells: z.array(cell),
});

export type KernelsResult = z.infer<typeof kernelsResult>;

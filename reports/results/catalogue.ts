import { z } from 'zod';

const named = { id: z.string(), text: z.string() };

const point = z.object({
  id: z.string(),
  sides: z.tuple([z.string(), z.string()]).describe('what userspace sees: before, and since'),
  since: z.string().describe('first release on the second side, or what decides it'),
  why: z.string(),
  evidence: z.string(),
});

/** What there was to check, and against what: the words for the ids in results. */
export const catalogue = z.object({
  designs: z.array(z.object({ ...named, kind: z.string() })),
  invariants: z.array(z.object(named)),
  variationPoints: z.array(point),
  findings: z.array(point),
  operations: z.array(z.object({ ...named, group: z.string() })),
});

export type Catalogue = z.infer<typeof catalogue>;

import { z } from 'zod';
import { about, count } from './about.js';

const ratio = z.object({ covered: count, total: count });

const file = z.object({
  path: z.string(),
  lines: ratio,
  functions: ratio,
  branches: ratio,
  source: z.array(z.string()).describe('its lines'),
  hits: z.array(z.int().min(-1)).describe('by line: times it ran; -1: nothing to run there'),
  partial: z.array(z.int().min(1)).describe('lines with a branch that was never taken'),
});

/** Which lines of mapahead itself its tests ran. */
export const codeCoverageResult = z.object({
  ...about,
  kind: z.literal('code-coverage'),
  files: z.array(file),
});

export type CodeCoverageResult = z.infer<typeof codeCoverageResult>;
export type CoveredFile = z.infer<typeof file>;

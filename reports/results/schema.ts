import { z } from 'zod';
import { checkResult } from './check.js';
import { codeCoverageResult } from './code-coverage.js';
import { explorationResult } from './exploration.js';
import { kernelsResult } from './kernels.js';
import { mutantsResult } from './mutants.js';
import { raceResult } from './race.js';

/** A result file: what one run came to. Keys that it does not name are passed over, so that results of later versions can be shown. */
export const resultSchema = z.discriminatedUnion('kind', [
  checkResult,
  explorationResult,
  kernelsResult,
  mutantsResult,
  raceResult,
  codeCoverageResult,
]);

export type Result = z.infer<typeof resultSchema>;

/** The JSON Schema (draft 2020-12) of result files. */
export function resultJsonSchema(): object {
  return { title: 'mapahead result', ...z.toJSONSchema(resultSchema) };
}

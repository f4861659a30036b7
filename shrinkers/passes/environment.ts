import { DEFAULT_ENV, type Env } from '../../model/alphabet/system.js';
import type { Trace } from '../../model/alphabet/trace.js';

const FIELDS = Object.keys(DEFAULT_ENV) as (keyof Env)[];

/** The environment as it is by default, wholly, then value by value, and lower limits. */
export function* simplerEnvironment(trace: Trace): Iterable<Trace> {
  const { env, ops } = trace;
  yield { env: DEFAULT_ENV, ops };
  for (const field of FIELDS) yield { env: { ...env, [field]: DEFAULT_ENV[field] }, ops };
  for (const field of ['gift', 'rlimit'] as const) {
    for (let lower = 0; lower < env[field]; lower++) yield { env: { ...env, [field]: lower }, ops };
  }
}

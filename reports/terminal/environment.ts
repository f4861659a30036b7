import type { Env } from '../../model/alphabet/system.js';

/** The environment in one sentence: what a reader must know to judge charges, limits and advices. */
export function environmentText(env: Readonly<Record<keyof Env, number | boolean>>): string {
  const on = (['pku', 'thp', 'ksm', 'aux'] as const)
    .filter((name) => env[name])
    .map((name) => name.toUpperCase());
  const parts = [
    `gift ${env.gift} pages`,
    `RLIMIT_MEMLOCK ${env.rlimit} pages`,
    `perf_event_paranoid ${env.paranoid}`,
    on.length > 0 ? `with ${on.join(', ')}` : 'without PKU, THP, KSM, AUX',
  ];
  return parts.join('; ');
}

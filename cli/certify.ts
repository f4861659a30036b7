import type { Verdict } from '../model/verdict.js';
import { uncertified } from '../properties/certify/uncertified.js';
import { line } from '../reports/terminal/text.js';
import type { DesignEntry } from './engines.js';
import { parseNumber, SECONDS } from './numbers.js';
import { type Terminal, tell } from './terminal.js';

/** `--certify`, alone or with a number of seconds. */
export type CertifyFlag = string | true | undefined;

/** Seconds for one certificate when none are named. */
export const CERTIFY_SECONDS = 30;

/** Bytes of the set of states that a certificate may take. */
export const CERTIFY_BYTES = 1e9;

/**
 * Milliseconds for a certificate, if one is asked for.
 * @throws UsageError when it is no number of seconds
 */
export function certifyMs(flag: CertifyFlag): number | undefined {
  if (flag === undefined) return undefined;
  return 1000 * (flag === true ? CERTIFY_SECONDS : parseNumber('--certify', flag, SECONDS));
}

/** The verdict with its counterexample certified, where that is asked for and there is one. A kernel cannot be searched. */
export async function certified(
  verdict: Verdict,
  design: DesignEntry | undefined,
  timeMs: number | undefined,
  terminal: Terminal,
  signal: AbortSignal,
  quiet: boolean,
): Promise<Verdict> {
  if (timeMs === undefined || verdict.counterexample === undefined) return verdict;
  if (design === undefined) return uncertified(verdict);
  if (!quiet)
    tell(terminal, [
      line(`${design.id}: searching every shorter sequence, up to ${timeMs / 1000} s`, 'faint'),
    ]);
  return design.certify(verdict, { timeMs, signal });
}

import type { Trace } from '../model/alphabet/trace.js';
import { decodeToken } from '../model/trace/token.js';
import { isSimpler } from '../shrinkers/order.js';

/** One search and what was made of its find: a line of the file of results. */
export interface ShrunkOnce {
  readonly id: string;
  readonly seed: number;
  /** All of the following are left out when nothing was found. */
  readonly from?: number;
  readonly length?: number;
  readonly runs?: number;
  /** As `failureClass` names it. */
  readonly failure?: string;
  readonly token?: string;
}

export interface Found extends Required<ShrunkOnce> {
  readonly trace: Trace;
}

/** Finds of one failure of one mutant, with the simplest that they were shrunk to. */
export interface Group {
  readonly id: string;
  readonly failure: string;
  readonly finds: readonly Found[];
  readonly simplest: Trace;
}

const isFound = (result: ShrunkOnce): result is Required<ShrunkOnce> => result.token !== undefined;

/** The finds, by mutant and failure. */
export function groupsOf(results: readonly ShrunkOnce[]): Group[] {
  const groups = new Map<string, Found[]>();
  for (const result of results) {
    if (!isFound(result)) continue;
    const key = `${result.id} ${result.failure}`;
    const found = { ...result, trace: decodeToken(result.token).trace };
    groups.set(key, [...(groups.get(key) ?? []), found]);
  }
  return [...groups.values()].map((finds) => ({
    id: finds[0].id,
    failure: finds[0].failure,
    finds,
    simplest: finds.map(({ trace }) => trace).reduce((a, b) => (isSimpler(b, a) ? b : a)),
  }));
}

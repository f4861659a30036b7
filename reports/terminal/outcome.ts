import * as o from '../../model/alphabet/observations.js';
import type { OpName } from '../../model/alphabet/operations.js';
import { statusName } from '../../model/trace/observation-json.js';
import type { OperationJson } from '../../model/trace/operation-json.js';
import { viewLines } from './view.js';

/** An observation in words. */
export interface Outcome {
  /** What stands behind the call: `ok`, `EPERM`, `token 17 of step 3`. */
  readonly short: string;
  /** Lines below it: the mappings that /proc shows. */
  readonly more: readonly string[];
}

/** Operations whose value is the word that they read. */
export const WORD_VALUE: ReadonlySet<OpName> = new Set([
  'load',
  'xchg',
  'cas_fail',
  'write_from',
  'vm_readv',
  'ptrace_peek',
  'mem_read',
  'vmsplice',
  'direct_write',
]);

const MARKS = new Map([
  [o.SKIP, 'skipped: not there'],
  [o.UNOBSERVED, 'not possible here'],
  [o.BOUND, 'a table of the model is full'],
  [o.HANG, 'does not return'],
]);

const count = (amount: number, noun: string): string =>
  `${amount} ${amount === 1 || amount === -1 ? noun : `${noun}s`}`;

/** A number of pages that may be unknown or without limit. */
function pagesText(value: number): string {
  if (value === o.ANY) return 'any number of pages';
  return value === o.UNLIMITED ? 'unlimited' : count(value, 'page');
}

function wordText(word: unknown, value: number, wroteAt: (token: number) => string): string {
  if (value === o.ANY) return 'ok, any value';
  if (word === 'data_head') return count(value, 'record');
  if (value === o.RECORD_BYTES) return "bytes of the kernel's record";
  if (word === 'first') return String(value);
  if (word !== undefined && word !== 'scratch') return count(value, 'page');
  return value === 0 ? '0' : `token ${value}${wroteAt(value)}`;
}

function residency(value: number, npages: number): string {
  const pages = Array.from({ length: npages }, (_, i) => ((value >> i) & 1 ? '#' : '.'));
  return `ok, resident: ${value === o.ANY ? 'any' : pages.join('')}`;
}

function okText(json: OperationJson, obs: Int32Array, wroteAt: (token: number) => string): string {
  const value = obs[1];
  if (WORD_VALUE.has(json.op)) return wordText(json['word'], value, wroteAt);
  if (json.op === 'mincore') return residency(value, Number(json['npages']));
  if (json.op === 'headroom') return pagesText(value);
  if (json.op === 'status') {
    return `VmPin ${pagesText(obs[o.OBS_VIEW])}, VmLck ${pagesText(obs[o.OBS_VIEW + 1])}`;
  }
  return value === 0 || value === o.ANY ? 'ok' : `ok, ${value}`;
}

/**
 * What was observed, in words.
 * @param obs the observation, or undefined when the System gave none
 * @param wroteAt names the step that wrote a token, for example ` of step 3`
 */
export function outcomeOf(
  json: OperationJson,
  obs: Int32Array | undefined,
  wroteAt: (token: number) => string,
): Outcome {
  if (obs === undefined || obs.length === 0) return { short: 'no answer', more: [] };
  const mark = MARKS.get(obs[0]);
  if (mark !== undefined) return { short: mark, more: [] };
  if (obs[0] !== o.OK) return { short: statusName(obs[0]), more: [] };
  const more = json.op === 'maps' ? viewLines(obs.subarray(o.OBS_VIEW)) : [];
  return { short: okText(json, obs, wroteAt), more };
}

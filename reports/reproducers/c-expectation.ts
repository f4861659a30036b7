import { ERRNO, errnoName } from '../../model/alphabet/errno.js';
import * as o from '../../model/alphabet/observations.js';
import { type OperationJson, operationsToJson } from '../../model/trace/operation-json.js';
import { operandsOf } from '../operands.js';
import { WORD_VALUE } from '../terminal/outcome.js';
import { C_CALLS, wordName } from './c-calls.js';
import { mapsTable } from './c-maps.js';
import type { Expectation, Scenario } from './scenario.js';

/** Errnos that no header of user space knows. */
const KERNEL_ONLY: readonly number[] = [ERRNO.ENOTSUPP];

const FAULTS = new Map([
  [o.SIGBUS_ADRERR, 'FAULT(SIGBUS, BUS_ADRERR)'],
  [o.SEGV_MAPERR, 'FAULT(SIGSEGV, SEGV_MAPERR)'],
  [o.SEGV_ACCERR, 'FAULT(SIGSEGV, SEGV_ACCERR)'],
  [o.SEGV_PKUERR, 'FAULT(SIGSEGV, SEGV_PKUERR)'],
]);

function statusText(status: number): string {
  if (status === o.OK) return 'OK';
  if (status < 0) return KERNEL_ONLY.includes(-status) ? String(status) : `-${errnoName(-status)}`;
  return FAULTS.get(status) ?? `FAULT(${status >> 8}, ${status & 0xff})`;
}

/** Nothing is done in this step: the process does not live, or names what is not there, or there is nothing to look at. */
const isIdle = ({ op }: OperationJson, { allowed: [{ obs }] }: Expectation): boolean =>
  obs[0] === o.SKIP ||
  obs[0] === o.UNOBSERVED ||
  (op === 'headroom' && obs[0] === o.OK && (obs[1] === o.ANY || obs[1] === o.UNLIMITED));

/** Why no program can do this step, if so. */
export function whyNot(json: OperationJson, expectation: Expectation): string | undefined {
  if (isIdle(json, expectation)) return undefined;
  const { set, n } = operandsOf(json);
  if (json.op === 'inject') return 'makes an allocation of the kernel fail, which no program can';
  if (json.op === 'gift') return 'changes kernel.perf_event_mlock_kb, which is not for one program alone';
  if (json.op === 'open' && set.flags.includes('aux')) return 'needs an event of a PMU with an AUX area';
  const [{ obs }] = expectation.allowed;
  if (obs[0] === o.HANG) return 'does not end';
  return obs[0] === o.OK && obs[1] === -(2 ** 31) ? `reads at page ${n.page} what nothing writes` : undefined;
}

/** What of a scenario no program can do, one line each. With such a step a program ends with 4. */
export function notReproduced({ trace, expectations }: Scenario): string[] {
  const operations = operationsToJson(trace.ops);
  return expectations.flatMap((expectation, i) => {
    const why = whyNot(operations[i], expectation);
    return why === undefined ? [] : [`step ${i + 1} ${why}`];
  });
}

/** A word that was read, in bytes. */
function wordBytes(word: unknown, value: number): string {
  if (word === undefined || word === 'scratch' || word === 'first') return String(value);
  return word === 'data_head' ? `RECORDS(${value})` : `pages(${value})`;
}

function resident(json: OperationJson, value: number): string {
  const bits = Array.from({ length: Number(json['npages']) }, (_, i) => ((value >> i) & 1 ? '#' : '.'));
  return `expect_resident("${bits.join('')}", page(${Number(json['page'])}))`;
}

const pagesOrAny = (value: number): string => (value === o.ANY ? 'NOT_LOOKED_AT' : String(value));

/** The check of one step, as statements. */
function check(json: OperationJson, { allowed: [{ obs }, other] }: Expectation): string {
  if (json.op === 'fork') return `fork_as(P${Number(json['child'])})`;
  if (json.op === 'exit') return 'leave()';
  if (json.op === 'exec') return 'execute_again()';
  if (json.op === 'status')
    return `expect_status(${pagesOrAny(obs[o.OBS_VIEW])}, ${pagesOrAny(obs[o.OBS_VIEW + 1])})`;
  const [status, value] = obs;
  if (json.op === 'mincore' && status === o.OK && value !== o.ANY) return resident(json, value);
  const call = C_CALLS[json.op]?.(operandsOf(json)) ?? '';
  const ended = other === undefined ? call : `or_stop(${statusText(other.obs[0])}, ${call})`;
  const reads = status === o.OK && value !== o.ANY && (WORD_VALUE.has(json.op) || json.op === 'headroom');
  if (!reads) return `expect(${statusText(status)}, ${ended})`;
  if (value === o.RECORD_BYTES)
    return `expect_record(${wordName(String(json['word'] ?? 'scratch'))}, ${ended})`;
  return `expect_value(${json.op === 'headroom' ? value : wordBytes(json['word'], value)}, ${ended})`;
}

/** One step of the sequence: done by its process when it is its turn. */
export function stepStatements(json: OperationJson, number: number, expectation: Expectation): string[] {
  if (isIdle(json, expectation)) return [`\tskip_step(${number});`];
  const turn = `\tif (turns_to(${number}, P${json.proc}))`;
  if (json.op === 'maps') return [`${turn} {`, ...mapsTable(expectation.allowed[0].obs), '\t}'];
  return [turn, `\t\t${check(json, expectation)};`];
}

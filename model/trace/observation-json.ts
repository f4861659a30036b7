import { ERRNO, errnoName } from '../alphabet/errno.js';
import * as o from '../alphabet/observations.js';
import { OP_NAMES } from '../alphabet/operations.js';
import type { Recording } from '../alphabet/system.js';
import { TraceError } from './trace-error.js';

/** An observation as people read it. Whatever has no name stays a number. */
export interface ObservationJson {
  readonly status: string | number;
  /** Left out when it is 0. */
  readonly value?: string | number;
  readonly view?: (string | number)[];
}

const MARKS: readonly (readonly [string, number])[] = [
  ['ok', o.OK],
  ['SIGBUS/BUS_ADRERR', o.SIGBUS_ADRERR],
  ['SIGSEGV/SEGV_MAPERR', o.SEGV_MAPERR],
  ['SIGSEGV/SEGV_ACCERR', o.SEGV_ACCERR],
  ['SIGSEGV/SEGV_PKUERR', o.SEGV_PKUERR],
  ['skip', o.SKIP],
  ['unobserved', o.UNOBSERVED],
  ['bound', o.BOUND],
  ['hang', o.HANG],
];

const STATUSES = new Map<string, number>([
  ...MARKS,
  ...Object.entries(ERRNO).map(([name, errno]) => [name, -errno] as const),
]);
const STATUS_NAMES = new Map([...STATUSES].map(([name, status]) => [status, name]));
const VALUES = new Map<string, number>([
  ['any', o.ANY],
  ['unlimited', o.UNLIMITED],
]);
const VALUE_NAMES = new Map([...VALUES].map(([name, value]) => [value, name]));

/** The spellings of a status in trace files. */
export const STATUS_SPELLINGS: readonly string[] = [...STATUSES.keys()];
/** The spellings of values that are not numbers. */
export const VALUE_SPELLINGS: readonly string[] = [...VALUES.keys()];

/** A status in words: `ok`, `EINVAL`, `SIGBUS/BUS_ADRERR`, `skip`; what has no name as `errno 77` or `signal 7, si_code 3`. */
export function statusName(status: number): string {
  const name = STATUS_NAMES.get(status);
  if (name !== undefined) return name;
  return status < 0 ? `errno ${errnoName(-status)}` : `signal ${status >> 8}, si_code ${status & 0xff}`;
}

const nameValue = (value: number): string | number => VALUE_NAMES.get(value) ?? value;
const read = (json: string | number, names: ReadonlyMap<string, number>): number =>
  typeof json === 'number' ? json : Number(names.get(json));

/** An observation of the operation `kind`, with names for its numbers. */
export function observationToJson(kind: number, obs: Int32Array): ObservationJson {
  const [status, value] = obs;
  const view = [...obs.subarray(o.OBS_VIEW, o.obsWidth(kind))];
  return {
    status: STATUS_NAMES.get(status) ?? status,
    ...(value === 0 ? {} : { value: nameValue(value) }),
    ...(view.length === 0 ? {} : { view: view.map(nameValue) }),
  };
}

/** What was recorded for the first `recording.steps` of these operations. */
export function observationsToJson(kinds: readonly number[], recording: Recording): ObservationJson[] {
  let at = 0;
  return kinds.slice(0, recording.steps).map((kind) => {
    const json = observationToJson(kind, recording.obs.subarray(at));
    at += o.obsWidth(kind);
    return json;
  });
}

/**
 * Observations in packed form, one after the other.
 * @throws TraceError when there are more than operations, or a view has not the length that the operation's has
 */
export function observationsFromJson(
  kinds: readonly number[],
  list: readonly ObservationJson[],
  place: string,
): Int32Array {
  if (list.length > kinds.length) {
    throw new TraceError(
      `${list.length} observations of ${kinds.length} operations: remove what is too many`,
      place,
    );
  }
  const obs = new Int32Array(list.reduce((sum, _, i) => sum + o.obsWidth(kinds[i]), 0));
  let at = 0;
  list.forEach((json, i) => {
    const kind = kinds[i];
    const wanted = o.obsWidth(kind) - o.OBS_VIEW;
    const view = json.view ?? [];
    if (view.length !== wanted) {
      const problem = `${view.length} ints, but the view of ${OP_NAMES[kind]} has ${wanted}`;
      throw new TraceError(problem, `${place}/${i}/view`);
    }
    obs[at] = read(json.status, STATUSES);
    obs[at + 1] = read(json.value ?? 0, VALUES);
    obs.set(
      view.map((int) => read(int, VALUES)),
      at + o.OBS_VIEW,
    );
    at += o.obsWidth(kind);
  });
  return obs;
}

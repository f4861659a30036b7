// Hand-made results: what reports must show, without an engine that has to find it.
import { OBS_WIDTH } from '#model/alphabet/bounds';
import * as o from '#model/alphabet/observations';
import { OP, OP_NAMES } from '#model/alphabet/operations';
import { DEFAULT_ENV } from '#model/alphabet/system';
import { type OperationJson, operationsFromJson } from '#model/trace/operation-json';
import { encodeToken } from '#model/trace/token';
import type { Counterexample, Counts, Failure, Verdict } from '#model/verdict';

const OPERATIONS: OperationJson[] = [
  { op: 'open', proc: 0, fd: 0, flags: ['inherit', 'backward'], output: -1 },
  {
    op: 'mmap',
    proc: 0,
    fd: 0,
    page: 4,
    npages: 3,
    prot: ['read', 'write'],
    flags: ['populate', 'locked'],
    pgoff: 0,
  },
  { op: 'store', proc: 0, page: 4, word: 'scratch', value: 17 },
  { op: 'load', proc: 0, page: 4, word: 'scratch' },
  { op: 'maps', proc: 0 },
  { op: 'store', proc: 0, page: 5, word: 'scratch', value: 18 },
];

export const TRACE = { env: DEFAULT_ENV, ops: operationsFromJson(OPERATIONS) };

const RW_SHARED = o.VIEW_PERF | o.VIEW_R | o.VIEW_W | o.VIEW_SHARED | o.VIEW_DD | o.VIEW_IO;

/** Three perf pages at 4, an anonymous one at 18. */
export const VIEW = new Int32Array(OBS_WIDTH);
VIEW.set(
  [RW_SHARED | o.VIEW_FIRST, RW_SHARED | (1 << o.VIEW_PGOFF_SHIFT), RW_SHARED | (2 << o.VIEW_PGOFF_SHIFT)],
  2 + 4,
);
VIEW[2 + 18] = o.VIEW_ANON | o.VIEW_R | o.VIEW_W;

const RULER = 'page  0    5    1    5    2    5    3';
const EMPTY = [RULER, 'vma   ................................', 'pgoff', 'pte'];
const MAPPED = [
  RULER,
  'vma   ....AAA...........b.............  A=event 0 rw-s',
  'pgoff     012',
  'pte       Wrr           W',
];

const FAILURE: Failure = {
  kind: 'spec',
  rule: 'spec',
  text: 'What the System shows must be among what the specification allows.',
  step: 5,
  detail: 'process 0, page 5: pgoff 1 of a perf mapping',
  page: 5,
  proc: 0,
  allowed: [
    {
      obs: Int32Array.of(o.SIGBUS_ADRERR, 0),
      rule: 'A store to a page of the data area raises SIGBUS with BUS_ADRERR, and nothing is written.',
    },
  ],
  explainedBy: ['store-data-page'],
};

export const COUNTEREXAMPLE: Counterexample = {
  system: 'v6.14',
  trace: TRACE,
  failure: FAILURE,
  observations: [
    Int32Array.of(0, 0),
    Int32Array.of(0, 0),
    Int32Array.of(0, 0),
    Int32Array.of(0, 17),
    VIEW,
    Int32Array.of(0, 0),
  ],
  pictures: [EMPTY, MAPPED, MAPPED, MAPPED, MAPPED, MAPPED],
  foundWith: 30,
  shrinkRuns: 812,
  token: encodeToken('v6.14', TRACE),
};

/** The same with another failure. */
export function failing(failure: Partial<Failure>, example: Partial<Counterexample> = {}): Counterexample {
  return { ...COUNTEREXAMPLE, ...example, failure: { ...FAILURE, ...failure } };
}

export const COUNTS: Counts = {
  sequences: 12_000,
  operations: 360_000,
  skipped: 18_000,
  unobserved: 0,
  cut: 0,
  perOp: OP_NAMES.map((_, kind) => [kind === OP.mmap ? 40_000 : 0, 10]),
};

const NOTHING: Counts = { sequences: 0, operations: 0, skipped: 0, unobserved: 0, cut: 0, perOp: [] };

export const PASSED: Verdict = {
  system: 'advance',
  outcome: 'passed',
  seed: 7,
  counts: COUNTS,
  invariants: { 'writable-pte': 360_000, 'aux-charge': 0 },
};

export const FAILED: Verdict = {
  system: 'v6.14',
  outcome: 'failed',
  seed: 7,
  counts: { ...COUNTS, cut: 12 },
  invariants: { 'writable-pte': 4_000 },
  counterexample: COUNTEREXAMPLE,
};

export const KERNEL: Verdict = {
  system: 'linux-6.18.44',
  outcome: 'passed',
  seed: 7,
  counts: {
    ...COUNTS,
    missing: 36_000,
    unobserved: 1_200,
    unobservedPerOp: OP_NAMES.map((_, kind) => (kind === OP.inject ? 1_000 : kind === OP.open ? 200 : 0)),
  },
  invariants: {},
  findings: [
    {
      id: 'second-mapping-charged',
      text: 'a second mapping of a buffer is charged again',
      sequences: 31,
      counterexample: COUNTEREXAMPLE,
    },
  ],
  incomplete: 'time is up after 12,000 of 20,000 sequences',
};

export const NOT_RUN: Verdict = {
  system: 'linux',
  outcome: 'not-run',
  reason: 'perf_event_open is denied (EACCES): kernel.perf_event_paranoid is 3, set it to 2 or run as root',
  seed: 7,
  counts: NOTHING,
  invariants: {},
};

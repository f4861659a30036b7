// A result of every kind: counterexamples are real ones, the rest is made by hand.
import { readFileSync } from 'node:fs';
import { catalogueOf } from '#cli/catalogue';
import { systemEngines } from '#cli/system-engines';
import { advance } from '#model/designs/advance';
import { demand_fault } from '#model/designs/demand-fault';
import { v6_14 } from '#model/designs/v6.14';
import { parseTraceFile } from '#model/trace/trace-file';
import type { Counterexample, Verdict } from '#model/verdict';
import { evidenceOf } from '#properties/checkers/evidence';
import { replayOnDesign } from '#properties/checkers/replay';
import type { HistoryPoint } from '#reports/html/history';
import type { PageData, SourcedResult } from '#reports/html/page-data';
import type { Catalogue } from '#reports/results/catalogue';
import type { CodeCoverageResult } from '#reports/results/code-coverage';
import type { KernelsResult } from '#reports/results/kernels';
import type { MutantsResult } from '#reports/results/mutants';
import type { RaceResult } from '#reports/results/race';
import type { Result } from '#reports/results/schema';
import { aboutRun, checkToResult, explorationToResult } from '#reports/results/write';
import { KERNEL, NOT_RUN, PASSED } from './examples.js';
import { HISTORY } from './history-example.js';

const CORPUS = new URL('../../corpus/v6.14.mappings-counted.munmap-of-a-part.json', import.meta.url);

/** A real counterexample: v6.14 has no may_split. */
export const BROKEN: Verdict = replayOnDesign(v6_14, parseTraceFile(readFileSync(CORPUS, 'utf8'), '').trace);

export const CATALOGUE: Catalogue = catalogueOf(systemEngines);

export const ABOUT = {
  started: new Date('2026-03-04T05:06:07Z'),
  seconds: 12.5,
  command: 'npx mapahead check --seed 7',
};

/** What a report shows of a counterexample of a design. */
export function shownOf(example: Counterexample) {
  const evidence = evidenceOf(example);
  if (evidence === undefined) throw new Error(`nothing is known of ${example.system}`);
  const beside = [advance, demand_fault].map((design) => replayOnDesign(design, example.trace));
  return { example, ...evidence, beside: [...beside, NOT_RUN] };
}

export function exampleOf({ counterexample }: Verdict): Counterexample {
  if (counterexample === undefined) throw new Error('it passed');
  return counterexample;
}

/** Every invariant was looked at, but for the last. */
const LOOKED = Object.fromEntries(
  CATALOGUE.invariants.map(({ id }, i, all) => [id, i + 1 < all.length ? 1000 : 0]),
);
const OUTCOMES = [
  { op: 'open', outcome: 'ok', count: 40_000 },
  { op: 'mmap', outcome: 'ok', count: 9_000 },
  { op: 'mmap', outcome: 'EINVAL', count: 300 },
  { op: 'store', outcome: 'SIGBUS/BUS_ADRERR', count: 20 },
];
const PAIRS = new Array(44 * 44).fill(0).map((_, i) => (i % 3 === 0 ? i : 0));

export const CHECK: Result = checkToResult(
  ABOUT,
  7,
  CATALOGUE,
  'failed',
  [
    { ...PASSED, invariants: LOOKED, counts: { ...PASSED.counts, outcomes: OUTCOMES, pairs: PAIRS } },
    BROKEN,
    { ...KERNEL, counts: { ...KERNEL.counts, outcomes: OUTCOMES.slice(0, 2) } },
    NOT_RUN,
  ],
  ['a note'],
  [{ ...shownOf(exampleOf(BROKEN)), reproducers: { c: 'int main(void) { return 0; }\n' } }],
);

const TOKEN = exampleOf(BROKEN).token;

const EXPLORATION: Result = explorationToResult(
  { ...ABOUT, command: 'npx mapahead explore --against demand-fault' },
  CATALOGUE,
  'passed',
  {
    design: 'advance',
    against: 'demand-fault',
    bounds: 'small',
    operations: 38,
    renamings: 2,
    closed: true,
    states: 1111,
    left: 0,
    transitions: 42_218,
    skipped: 12,
    depth: 4,
    levels: [1, 10, 100, 1000],
    notFollowed: { beyond: 1, bound: 0, open: 2, irregular: 0, parted: 3 },
    outcomes: [...OUTCOMES, { op: 'fork', outcome: 'ok', count: 5 }],
    invariants: LOOKED,
    sometimes: [
      { id: 'mapped', text: 'an event is mapped', token: TOKEN },
      { id: 'pinned', text: 'pages beyond the gift are charged to a memory' },
    ],
    differences: [
      {
        op: 'madvise',
        outcomes: ['ok', 'EINVAL'],
        what: '',
        either: false,
        points: ['gup-refused'],
        count: 12,
        token: TOKEN,
      },
      {
        op: 'maps',
        outcomes: ['ok', 'ok'],
        what: 'view 11',
        either: false,
        points: [],
        count: 3,
        token: `${TOKEN}x`,
      },
    ],
    bytes: 1,
    seconds: 2,
  },
  [],
);

const KERNELS: KernelsResult = {
  ...aboutRun({ ...ABOUT, command: 'npx mapahead conform --matrix' }),
  kind: 'kernels',
  kernels: [
    {
      id: 'linux-6.1.0',
      runsOn: 'guest',
      outcome: 'passed',
      sequences: 10_000,
      operations: 300_000,
      disagreements: [],
      findings: [],
    },
    {
      id: 'linux-6.18.44',
      runsOn: 'host',
      outcome: 'failed',
      sequences: 10_000,
      operations: 300_000,
      notObserved: ['AUX areas'],
      disagreements: [{ text: 'munmap of a part is ok', sequences: 3, token: TOKEN }],
      findings: [{ id: 'unmapper-refunded', text: 'refunds the memory that unmaps last', sequences: 31 }],
    },
    {
      id: 'linux-7.3',
      runsOn: 'guest',
      outcome: 'not-run',
      reason: 'no image',
      sequences: 0,
      operations: 0,
      disagreements: [],
      findings: [],
    },
  ],
  cells: CATALOGUE.variationPoints.flatMap(({ id }) => [
    { kernel: 'linux-6.1.0', point: id, seen: 'before' as const, token: TOKEN },
    { kernel: 'linux-6.18.44', point: id, seen: 'since' as const },
  ]),
};

const MUTANTS: MutantsResult = {
  ...aboutRun({ ...ABOUT, command: 'npx mapahead mutants' }),
  kind: 'mutants',
  seed: 7,
  killers: ['spec', 'mappings-counted', 'nothing-left'],
  intended: [{ id: 'advance', outcome: 'passed', sequences: 500_000, operations: 15_000_000 }],
  mutants: [
    {
      id: 'no-may-split',
      text: 'a part can be unmapped',
      source: 'CVE-2025-38563',
      base: 'advance',
      outcome: 'killed',
      killedBy: ['spec', 'mappings-counted'],
      operations: 321,
      seconds: 0.1,
      length: 3,
      certified: true,
      token: TOKEN,
    },
    { id: 'leaks-a-page', text: 'one page is never freed', outcome: 'survived', killedBy: [] },
    {
      id: 'races-with-close',
      text: 'frees too early',
      outcome: 'not-run',
      reason: 'needs interleavings',
      killedBy: [],
    },
  ],
};

const lane = (task: number, text: string, holds: string[] = []) => ({ task, text, holds });

const RACE: RaceResult = {
  ...aboutRun({ ...ABOUT, command: 'npx mapahead race --design v6.14' }),
  kind: 'race',
  design: 'v6.14',
  mode: 'dpor',
  outcome: 'failed',
  plans: 2,
  schedules: 1_234,
  classes: 56,
  complete: true,
  pairs: { seen: 12, of: 100 },
  neverInterleaved: ['model/mm/fork.ts:12'],
  neverReached: ['model/mm/mremap.ts:9'],
  races: [
    {
      rule: 'references-counted',
      text: "A buffer's refcount is the number of events attached to it.",
      before: ['P0 perf_event_open()'],
      tasks: ['mmap(page 0)', 'munmap(page 0)'],
      fails: {
        token: `${TOKEN}r`,
        steps: [
          lane(0, 'takes mmap_mutex', ['mmap_mutex of event 0']),
          lane(1, 'drops mmap_count to 0'),
          { ...lane(0, 'adds to refcount'), wrong: 'refcount from 0' },
        ],
      },
      passes: {
        steps: [
          lane(0, 'takes mmap_mutex', ['mmap_mutex of event 0']),
          lane(0, 'adds to refcount'),
          lane(1, 'waits'),
        ],
      },
    },
  ],
};

const CODE: CodeCoverageResult = {
  ...aboutRun({ ...ABOUT, command: 'npm run coverage' }),
  kind: 'code-coverage',
  files: [
    {
      path: 'model/mm/vma.ts',
      lines: { covered: 2, total: 3 },
      functions: { covered: 1, total: 1 },
      branches: { covered: 1, total: 2 },
      source: [
        '/** A file. */',
        'export function f(x: number) {',
        '  if (x < 0) return 1;',
        '  return 0;',
        '}',
      ],
      hits: [-1, 5, 5, 0, -1],
      partial: [3],
    },
    {
      path: 'model/verdict.ts',
      lines: { covered: 0, total: 0 },
      functions: { covered: 0, total: 0 },
      branches: { covered: 0, total: 0 },
      source: [''],
      hits: [-1],
      partial: [],
    },
  ],
};

/** A result with the file that it would be in. */
export const named = (name: string, result: Result): SourcedResult => ({
  source: `results/${name}.json`,
  result,
});

export const ALL: readonly SourcedResult[] = [
  named('check', CHECK),
  named('explore', EXPLORATION),
  named('kernels', KERNELS),
  named('mutants', MUTANTS),
  named('race', RACE),
  named('coverage', CODE),
];

export const dataOf = (
  results: readonly SourcedResult[],
  history: readonly HistoryPoint[] = [],
): PageData => ({
  madeBy: '0.1.0',
  at: '2026-03-04T05:06:30.000Z',
  results,
  history,
  commands: ['check', 'explore', 'report', 'conform', 'mutants', 'race'],
});

export const FULL: PageData = dataOf(ALL, HISTORY);

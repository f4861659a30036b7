import { z } from 'zod';
import type { Trace } from '../../model/alphabet/trace.js';
import type { KernelConformance, SideResult } from '../../model/conformance.js';
import { operationsToJson } from '../../model/trace/operation-json.js';
import { encodeToken } from '../../model/trace/token.js';
import { VERSION } from '../../model/trace/version.js';
import { counterexamplesOf } from '../outcome.js';
import { callText } from '../terminal/call.js';
import { outcomeOf } from '../terminal/outcome.js';
import { tokenWriters } from '../terminal/steps.js';

/** The `format` of a file of records. */
const RECORDS_FORMAT = 'mapahead-kernels';

const count = z.int().min(0);
const side = z.union([z.literal(0), z.literal(1)]);

const sideRecord = z.strictObject({
  id: z.string().describe('of the variation point or known finding'),
  finding: z.boolean().describe('side 1 is a defect'),
  sides: z.tuple([z.string(), z.string()]).describe('what userspace sees on either side'),
  expected: side.describe('the side that the release says'),
  measured: side.optional().describe('left out when nothing could tell, or neither side explains it'),
  notObservable: z.string().optional().describe('why it could not be observed'),
  unexplained: z.string().optional().describe('what neither side explains'),
  witness: z
    .strictObject({
      calls: z.array(z.string()).describe('a shortest sequence that tells the sides apart'),
      answer: z.string().describe('what the last of them was answered'),
      token: z.string(),
      repeats: count.describe('times that it was run, and answered alike'),
    })
    .optional(),
});

/** What was found out about one kernel. */
export const kernelRecord = z.strictObject({
  release: z.string().describe('as uname -r gives it'),
  upstream: z
    .string()
    .optional()
    .describe('version of Linux that it was made from, when the release names another one'),
  madeBy: z.string().describe('version of mapahead'),
  outcome: z.enum(['passed', 'failed', 'not-run']),
  sources: z.array(
    z.strictObject({
      source: z.enum(['corpus', 'cover', 'random']),
      sequences: count,
      disagreed: count,
      incomplete: z.string().optional(),
    }),
  ),
  cover: z
    .strictObject({ features: count, shown: count, unobserved: count, otherwise: count, disagreed: count })
    .optional(),
  unobserved: z.array(z.strictObject({ what: z.string(), why: z.string() })),
  disagreements: z.array(z.string()).describe('tokens, one for each cause'),
  findings: z.array(z.string()).describe('ids of known findings that showed'),
  sides: z.array(sideRecord),
});

export type KernelRecord = z.infer<typeof kernelRecord>;
export type SideRecord = z.infer<typeof sideRecord>;

/** What was found out about kernels, to be kept: no times and no dates, so that the same findings make the same file. */
export const recordsSchema = z.strictObject({
  format: z.literal(RECORDS_FORMAT),
  version: z.literal(1),
  kernels: z.array(kernelRecord),
});

export type Records = z.infer<typeof recordsSchema>;

/** How a kernel is called where there is little room: the version of Linux that it was made from. */
export const shortName = ({ release, upstream }: Pick<KernelRecord, 'release' | 'upstream'>): string =>
  upstream ?? versionOf(release);

/** The version of a release, with its number of a release candidate or a distribution's build: `6.1.0-56`, without other names. */
export const versionOf = (release: string): string =>
  /^\d+\.\d+(?:\.\d+)?(?:-(?:rc)?\d+)?/.exec(release)?.[0] ?? release;

function sideRecordOf(release: string, { unexplained, witness, sides, ...about }: SideResult): SideRecord {
  return {
    ...about,
    sides: [...sides],
    ...(unexplained === undefined ? {} : { unexplained: unexplained.detail }),
    ...(witness === undefined ? {} : { witness: witnessOf(release, witness) }),
  };
}

function witnessOf(release: string, { trace, observations, repeats }: NonNullable<SideResult['witness']>) {
  const operations = operationsToJson(trace.ops);
  const last = operations.length - 1;
  const { short, more } = outcomeOf(operations[last], observations[last], tokenWriters(operations));
  return {
    calls: operations.map((json) => (json.proc === 0 ? '' : `P${json.proc} `) + callText(json)),
    answer: [short, ...more.map((each) => each.replace(/ +/g, ' '))].join('; '),
    token: tokenOf(release, trace),
    repeats,
  };
}

const tokenOf = (release: string, trace: Trace): string => encodeToken(`linux-${release}`, trace);

/**
 * What is kept of a kernel. Of the host's kernel the version only: who built it, and how they call it, is the machine's business.
 */
export function recordOf(conformance: KernelConformance): KernelRecord {
  const { name, upstream, verdict, sources, cover, unobserved, sides = [] } = conformance;
  const whole = verdict.system.replace(/^linux-/, '');
  const release = name === 'host' ? versionOf(whole) : whole;
  const missed = (how: string): number => (cover?.missed ?? []).filter((each) => each.how === how).length;
  return {
    release,
    ...(upstream === undefined ? {} : { upstream }),
    madeBy: VERSION,
    outcome: verdict.outcome,
    sources: sources.map(({ seconds: _, ...each }) => ({ ...each })),
    ...(cover === undefined
      ? {}
      : {
          cover: {
            features: cover.features,
            shown: cover.shown,
            unobserved: missed('unobserved'),
            otherwise: missed('otherwise'),
            disagreed: missed('disagreed'),
          },
        }),
    unobserved: unobserved.map(({ what, why }) => ({ what, why })),
    disagreements: counterexamplesOf(verdict).map(({ trace }) => tokenOf(release, trace)),
    findings: (verdict.findings ?? []).map(({ id }) => id),
    sides: sides.map((each) => sideRecordOf(release, each)),
  };
}

/** The records of several kernels, those of another run kept where their kernels were not in this one. */
export function mergeRecords(kept: readonly KernelRecord[], fresh: readonly KernelRecord[]): Records {
  const releases = new Set(fresh.map(({ release }) => release));
  const all = [...kept.filter(({ release }) => !releases.has(release)), ...fresh];
  const byVersion = (a: KernelRecord, b: KernelRecord): number =>
    shortName(a).localeCompare(shortName(b), 'en', { numeric: true }) ||
    a.release.localeCompare(b.release, 'en', { numeric: true });
  return { format: RECORDS_FORMAT, version: 1, kernels: all.sort(byVersion) };
}

import { z } from 'zod';
import { ENV_FIELDS } from '../../model/trace/env-fields.js';
import { kernelRecord } from '../conformance/record.js';

/** The `format` of a report. */
export const REPORT_FORMAT = 'mapahead-report';
/** The version of that format. It grows when what is there changes its meaning or goes away. */
export const REPORT_FORMAT_VERSION = 1;

const count = z.int().min(0);
const int = z.int();

export const observation = z.object({
  status: z.union([int, z.string()]).describe('ok, an errno, a signal with its si_code, or a mark'),
  value: z.union([int, z.string()]).optional().describe('0 when it is left out'),
  view: z
    .array(z.union([int, z.string()]))
    .optional()
    .describe('maps: a word a page; status: VmPin, VmLck in pages'),
});

const operation = z
  .object({ op: z.string(), proc: int })
  .catchall(z.union([int, z.string(), z.array(z.string())]))
  .describe('as in a trace file');

export const failure = z.object({
  kind: z.enum(['spec', 'invariant', 'hang']),
  rule: z.string().describe('id of the invariant, or spec, or hang'),
  text: z.string().describe('the rule in one sentence'),
  step: count.describe('index of the operation at which it showed'),
  detail: z.string().describe('where exactly'),
  page: count.optional(),
  proc: count.optional(),
  allowed: z
    .array(z.object({ observation, rule: z.string() }))
    .describe('what the specification allows at that step'),
  explainedBy: z.array(z.string()).describe('variation points whose other side would allow it'),
  alarm: z.array(z.string()).optional().describe('what the kernel said of itself: lines of its log'),
  explainedTogether: z.literal(true).optional().describe('all of them at once, none alone'),
});

export const counterexample = z.object({
  token: z.string().describe('replays exactly this: mapahead replay TOKEN'),
  failure,
  env: z.record(z.enum(ENV_FIELDS.map(({ name }) => name)), z.union([int, z.boolean()])),
  operations: z.array(operation),
  observations: z.array(observation).describe('one a step, up to and with the failing one'),
  pictures: z.array(z.array(z.string())).describe('the address space after each step, lines of text'),
  foundWith: count.describe('operations before shrinking'),
  shrinkRuns: count.describe('executions that shrinking took'),
  sequences: count.optional().describe('on a kernel: sequences with the same cause'),
  certificate: z
    .object({
      proven: z.boolean().describe('no shorter sequence within the bounds shows this failure'),
      bounds: z.string(),
      reason: z.string().optional().describe('what was not proven, or not for wider bounds, and why'),
      operations: count.describe('of the bounded alphabet'),
      states: count,
      transitions: count,
    })
    .optional()
    .describe('left out when it was not asked'),
});

const perOperation = z.object({
  done: count,
  ok: count.describe('of these with status 0'),
  unobserved: count.describe('passed over: not possible on this System'),
});

export const outcomeCount = z.object({ op: z.string(), outcome: z.string(), count });

const verdict = z.object({
  system: z.string(),
  outcome: z.enum(['passed', 'failed', 'not-run']),
  reason: z.string().optional().describe('why it did not run, or not to its end'),
  incomplete: z.string().optional().describe('why less ran than was asked for'),
  seed: int,
  sequences: count,
  operations: count,
  skipped: count.describe('operations that named something missing'),
  missing: count.optional().describe('these, and those on pages without any mapping'),
  effectiveShare: z.number().min(0).max(1).describe('share of operations that could do something'),
  unobserved: count,
  cut: count.describe('sequences that ended early'),
  perOperation: z.record(z.string(), perOperation),
  outcomes: z.array(outcomeCount).optional().describe('what operations answered'),
  pairs: z
    .array(z.object({ first: z.string(), second: z.string(), count }))
    .optional()
    .describe('operations that came right after another, neither of them skipped'),
  invariants: z.record(z.string(), count).describe('how often each was looked at'),
  vacuous: z.array(z.string()).describe('invariants that were never looked at'),
  counterexample: counterexample.optional(),
  further: z.array(counterexample).describe('of a kernel: other kinds of disagreement'),
  findings: z
    .array(z.object({ id: z.string(), text: z.string(), sequences: count, counterexample }))
    .describe('of a kernel: its known defects that showed'),
});

/** What `--json` prints: one object for the whole run. */
export const reportSchema = z.object({
  format: z.literal(REPORT_FORMAT),
  version: z.literal(REPORT_FORMAT_VERSION),
  madeBy: z.string().describe('version of mapahead'),
  outcome: z.enum(['passed', 'failed', 'not-run', 'interrupted']),
  exitCode: int,
  seconds: z.number().min(0),
  notes: z.array(z.string()).describe('what a reader of the verdicts should know'),
  verdicts: z.array(verdict),
  kernels: z.array(kernelRecord).optional().describe('of conform: what was found out about each kernel'),
});

export type Report = z.infer<typeof reportSchema>;
export type ReportVerdict = z.infer<typeof verdict>;
export type ReportCounterexample = z.infer<typeof counterexample>;

/** The JSON Schema (draft 2020-12) of reports. */
export function reportJsonSchema(): object {
  return { title: 'mapahead report', ...z.toJSONSchema(reportSchema) };
}

import { z } from 'zod';
import { PROCS } from '../../model/alphabet/bounds.js';
import { OP_NAMES, type OpName } from '../../model/alphabet/operations.js';
import type { Env } from '../../model/alphabet/system.js';
import { MAX_EVENTS } from '../../model/perf/tables.js';
import { ENV_FIELDS } from '../../model/trace/env-fields.js';
import { TraceError } from '../../model/trace/trace-error.js';

/** What an operand may be: a number, the name of a choice, or the names of the bits that are set. */
export type OperandValue = number | string | readonly string[];

/** A kind of operation. */
export interface BoundedOperation {
  readonly op: OpName;
  /** The values of its operands; one left out is 0, or no descriptor, and every process does it. */
  readonly with?: Readonly<Record<string, readonly OperandValue[]>>;
}

/** The operations that a search may use, and what every sequence starts from. */
export interface Bounds {
  readonly name: string;
  /** What differs from the default environment. */
  readonly env?: Partial<Env>;
  /** Process slots in use. */
  readonly processes: number;
  /** Events that may live at once: an `open` beyond is outside the bounds. Without limit when left out. */
  readonly events?: number;
  /** `unseen`: what the kernel writes into a buffer is not looked at; `counted`: it is a part of the state. */
  readonly records: 'unseen' | 'counted';
  readonly operations: readonly BoundedOperation[];
}

const operandValue = z.union([z.int(), z.string(), z.array(z.string())]);
const environment = z.strictObject(
  Object.fromEntries(
    ENV_FIELDS.map(({ name, bool, min, max }) => [
      name,
      (bool ? z.boolean() : z.int().min(min).max(max)).optional(),
    ]),
  ),
);
const boundsSchema = z.strictObject({
  name: z.string().min(1).max(60),
  env: environment.optional(),
  processes: z.int().min(1).max(PROCS),
  events: z.int().min(1).max(MAX_EVENTS).optional(),
  records: z.enum(['unseen', 'counted']),
  operations: z
    .array(
      z.strictObject({
        op: z.enum(OP_NAMES),
        with: z.record(z.string(), z.array(operandValue).min(1)).optional(),
      }),
    )
    .min(1),
});

/**
 * Bounds as they stand in a file.
 * @throws TraceError that says what is wrong, and where
 */
export function parseBounds(text: string, source: string): Bounds {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new TraceError(`no JSON: ${error instanceof Error ? error.message : String(error)}`, '', source);
  }
  const parsed = boundsSchema.safeParse(json);
  if (parsed.success) return parsed.data as Bounds;
  const [issue] = parsed.error.issues;
  throw new TraceError(issue.message, issue.path.map((part) => `/${String(part)}`).join(''), source);
}

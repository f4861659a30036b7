import { z } from 'zod';
import { OBS_WIDTH } from '../alphabet/bounds.js';
import type { Domain } from '../alphabet/operands.js';
import { OP_NAMES } from '../alphabet/operations.js';
import type { Env } from '../alphabet/system.js';
import { ENV_FIELDS } from './env-fields.js';
import { FIELDS, MAX_OPERATIONS, namesOf } from './layout.js';
import { type ObservationJson, STATUS_SPELLINGS, VALUE_SPELLINGS } from './observation-json.js';
import type { OperationJson } from './operation-json.js';

/** The `format` of a trace file. */
export const TRACE_FORMAT = 'mapahead-trace';
/** The version of that format. It grows when a file of the old version can no longer be read as it was meant. */
export const TRACE_FORMAT_VERSION = 1;

const TEXT = 500;

/** The names of the bits that are set, each at most once. */
function bitSet(names: readonly string[]): z.ZodType {
  const distinct = (list: readonly string[]): boolean => new Set(list).size === list.length;
  return z
    .array(z.enum(names))
    .refine(distinct, { message: 'a name is there twice: remove one' })
    .meta({ uniqueItems: true });
}

function operand(domain: Domain): z.ZodType {
  if (domain.kind === 'bits') return bitSet(namesOf(domain));
  if (domain.kind === 'choice') return z.enum(namesOf(domain));
  return z.int().min(domain.min).max(domain.max);
}

const operationOf = (op: string, kind: number) =>
  z.strictObject({
    op: z.literal(op),
    ...Object.fromEntries(FIELDS[kind].map(({ name, domain }) => [name, operand(domain)])),
  });

const [firstOperation, ...otherOperations] = OP_NAMES.map(operationOf);
const operation = z.discriminatedUnion('op', [firstOperation, ...otherOperations]);

const env = z.strictObject(
  Object.fromEntries(
    ENV_FIELDS.map(({ name, bool, min, max }) => [name, bool ? z.boolean() : z.int().min(min).max(max)]),
  ),
);

const int32 = z.int().min(-0x8000_0000).max(0x7fff_ffff);
const value = z.union([int32, z.enum(VALUE_SPELLINGS)]);

const observation = z.strictObject({
  status: z.union([int32, z.enum(STATUS_SPELLINGS)]),
  value: value.optional(),
  view: z.array(value).max(OBS_WIDTH).optional(),
});

const id = z
  .string()
  .max(64)
  .regex(/^[\x21-\x7e]+$/);

/** A trace file, as JSON holds it. Keys that it does not name are refused. */
export interface TraceFile {
  readonly format: typeof TRACE_FORMAT;
  readonly version: typeof TRACE_FORMAT_VERSION;
  /** Version of mapahead that wrote it. */
  readonly madeBy?: string;
  /** Id of the System that the trace is about. */
  readonly system?: string;
  /** Why the trace is worth keeping, for people. */
  readonly note?: string;
  readonly env: Env;
  readonly operations: readonly OperationJson[];
  readonly recording?: {
    readonly system: string;
    readonly ended?: string;
    readonly observations: readonly ObservationJson[];
  };
}

const traceFile = z.strictObject({
  format: z.literal(TRACE_FORMAT),
  version: z.literal(TRACE_FORMAT_VERSION),
  madeBy: z.string().max(64).optional(),
  system: id.optional(),
  note: z.string().max(TEXT).optional(),
  env,
  operations: z.array(operation).max(MAX_OPERATIONS),
  recording: z
    .strictObject({
      system: id,
      ended: z.string().max(TEXT).optional(),
      observations: z.array(observation).max(MAX_OPERATIONS),
    })
    .optional(),
});

/** The schema of trace files, made from the tables of the alphabet. */
export const traceFileSchema = traceFile as unknown as z.ZodType<TraceFile>;

/** The JSON Schema (draft 2020-12) of trace files. */
export function traceJsonSchema(): object {
  return { title: 'mapahead trace file', ...z.toJSONSchema(traceFile) };
}

import { OP_WIDTH } from '../alphabet/bounds.js';
import type { Recording } from '../alphabet/system.js';
import type { Trace } from '../alphabet/trace.js';
import { explainIssue } from './explain-issue.js';
import { lines, members } from './json-layout.js';
import { observationsFromJson, observationsToJson } from './observation-json.js';
import { operationsFromJson, operationsToJson } from './operation-json.js';
import { TRACE_FORMAT, TRACE_FORMAT_VERSION, type TraceFile, traceFileSchema } from './schema.js';
import { TraceError } from './trace-error.js';
import { VERSION } from './version.js';

/** A trace with what its file says about it. */
export interface TraceDocument {
  readonly trace: Trace;
  /** Id of the System that it is about. */
  readonly system?: string;
  /** Version of mapahead that wrote it. */
  readonly madeBy?: string;
  /** Why it is worth keeping, for people; at most 500 characters. */
  readonly note?: string;
  /** What a System answered, and which. */
  readonly recording?: Recording & { readonly system: string };
}

/** Characters of a trace file at most. */
export const MAX_FILE_LENGTH = 8 << 20;

const kindsOf = (ops: Int32Array): number[] =>
  Array.from({ length: ops.length / OP_WIDTH }, (_, i) => ops[i * OP_WIDTH]);

/**
 * The text of a trace file: JSON, one operation a line.
 * @throws TraceError when an operation is not of the alphabet
 */
export function formatTraceFile({ trace, system, note, recording }: TraceDocument): string {
  const parts: [string, unknown][] = [
    ['format', TRACE_FORMAT],
    ['version', TRACE_FORMAT_VERSION],
    ['madeBy', VERSION],
    ['system', system],
    ['note', note],
    ['env', trace.env],
    ['operations', lines(operationsToJson(trace.ops), '  ')],
  ];
  if (recording !== undefined) {
    const observations = observationsToJson(kindsOf(trace.ops), recording);
    const about: [string, unknown][] = [
      ['system', recording.system],
      ['ended', recording.ended],
      ['observations', lines(observations, '    ')],
    ];
    parts.push(['recording', members(about, '  ')]);
  }
  return `${members(parts, '').text}\n`;
}

function parseJson(text: string): unknown {
  if (text.length > MAX_FILE_LENGTH) throw new TraceError(`longer than ${MAX_FILE_LENGTH} characters`);
  try {
    return JSON.parse(text);
  } catch (error) {
    const { message } = error as SyntaxError;
    const position = /position (\d+)/.exec(message)?.[1];
    const line = position === undefined ? '' : `line ${text.slice(0, Number(position)).split('\n').length}`;
    throw new TraceError(`not JSON (${message.slice(0, 80)}): mend the text there`, line);
  }
}

function toDocument({
  format: _,
  version: _version,
  env,
  operations,
  recording,
  ...about
}: TraceFile): TraceDocument {
  const ops = operationsFromJson(operations);
  const document = { ...about, trace: { env, ops } };
  if (recording === undefined) return document;
  const { observations, ...answered } = recording;
  const obs = observationsFromJson(kindsOf(ops), observations, '/recording/observations');
  return { ...document, recording: { ...answered, obs, steps: observations.length } };
}

function parse(text: string): TraceDocument {
  const found = parseJson(text);
  const result = traceFileSchema.safeParse(found);
  if (!result.success) throw explainIssue(result.error.issues, found);
  return toDocument(result.data);
}

/**
 * Read a trace file.
 * @param text the content
 * @param source its name, for messages
 * @throws TraceError one line with the name, the place (`/operations/3/prot`) and the mend
 */
export function parseTraceFile(text: string, source: string): TraceDocument {
  try {
    return parse(text);
  } catch (error) {
    throw error instanceof TraceError ? error.from(source) : error;
  }
}

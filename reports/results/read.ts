import { explainIssue } from '../../model/trace/explain-issue.js';
import { quote } from '../../model/trace/printable.js';
import { TraceError } from '../../model/trace/trace-error.js';
import { VERSION } from '../../model/trace/version.js';
import { type HistoryPoint, historyPoint } from '../html/history.js';
import { RESULT_FORMAT, RESULT_FORMAT_VERSION } from './about.js';
import { type Result, resultSchema } from './schema.js';

/** Characters of a result file at most. */
const MAX_RESULT_LENGTH = 256 << 20;

/** The kinds of results. */
const KINDS: readonly string[] = resultSchema.options.map(({ shape }) => shape.kind.value);

/** @throws TraceError when the text is no JSON */
function parseJson(text: string, source: string): unknown {
  if (text.length > MAX_RESULT_LENGTH)
    throw new TraceError(`longer than ${MAX_RESULT_LENGTH} characters`, '', source);
  try {
    return JSON.parse(text);
  } catch (error) {
    const { message } = error as SyntaxError;
    throw new TraceError(
      `not JSON (${message.slice(0, 80)}): it is cut short or damaged, make it again`,
      '',
      source,
    );
  }
}

/** What a JSON text says that it is. */
export type Kind = 'result' | 'c8' | 'other';

/** @throws TraceError when the text is no JSON */
export function kindOf(text: string, source: string): { readonly kind: Kind; readonly json: unknown } {
  const json = parseJson(text, source);
  if (typeof json !== 'object' || json === null || Array.isArray(json)) return { kind: 'other', json };
  if ('format' in json) return { kind: json.format === RESULT_FORMAT ? 'result' : 'other', json };
  const [first] = Object.values(json);
  return {
    kind: typeof first === 'object' && first !== null && 'statementMap' in first ? 'c8' : 'other',
    json,
  };
}

/**
 * Check what a result file holds.
 * @param json its content
 * @param source its name, for messages
 * @throws TraceError one line with the name, the place and the mend
 */
export function resultFromJson(json: unknown, source: string): Result {
  const about = Object(json) as Readonly<Record<'format' | 'version' | 'madeBy' | 'kind', unknown>>;
  if (about.format !== RESULT_FORMAT) {
    const problem = `no result (its format is ${quote(about.format)}): name files that --results wrote`;
    throw new TraceError(problem, '/format', source);
  }
  if (typeof about.version === 'number' && about.version > RESULT_FORMAT_VERSION) {
    const problem = `result format ${about.version} is newer than this mapahead ${VERSION} knows: show it with mapahead ${quote(about.madeBy)}`;
    throw new TraceError(problem, '/version', source);
  }
  if (!KINDS.includes(String(about.kind))) {
    const problem = `there is no kind of result ${quote(about.kind)}: it is one of ${KINDS.join(', ')}`;
    throw new TraceError(problem, '/kind', source);
  }
  const read = resultSchema.safeParse(json);
  if (read.success) return read.data;
  throw explainIssue(read.error.issues, json).from(source);
}

/**
 * Read a history file: one JSON object a line, one line a run.
 * @throws TraceError one line with the name, the line and the mend
 */
export function parseHistory(text: string, source: string): HistoryPoint[] {
  return text.split('\n').flatMap((line, i) => {
    if (line.trim() === '') return [];
    const place = `${source}, line ${i + 1}`;
    const json = parseJson(line, place);
    const read = historyPoint.safeParse(json);
    if (read.success) return [read.data];
    throw explainIssue(read.error.issues, json).from(place);
  });
}

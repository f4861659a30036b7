import { decodeToken, looksLikeToken } from '../model/trace/token.js';
import { parseTraceFile, type TraceDocument } from '../model/trace/trace-file.js';
import { readText } from './read-file.js';
import { UsageError } from './usage-error.js';

/**
 * A trace from a token or from a file.
 * @throws UsageError, TraceError when it cannot be read
 */
export function readTrace(source: string): TraceDocument {
  if (looksLikeToken(source)) {
    const { version, ...token } = decodeToken(source);
    return { ...token, madeBy: version };
  }
  let text: string;
  try {
    text = readText(source);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new UsageError(`neither a token (ma1:...) nor a file that can be read: ${reason}`);
  }
  return parseTraceFile(text, source);
}

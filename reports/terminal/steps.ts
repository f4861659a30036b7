import type { OperationJson } from '../../model/trace/operation-json.js';
import { callText } from './call.js';
import { outcomeOf } from './outcome.js';
import { type Line, type Span, span, WIDTH, wrap } from './text.js';

/** Columns before the call: mark, number and process. */
const GUTTER = 9;
/** Where results stand, when the call leaves room for it. */
const RESULT = 57;

/** Operations that write their token into a page. */
const writesToken = (json: OperationJson): boolean =>
  json['value'] !== undefined && (json['word'] === undefined || json['word'] === 'scratch');

/** Says of a token which step wrote it, where only one can have. */
export function tokenWriters(operations: readonly OperationJson[]): (token: number) => string {
  const steps = new Map<number, number[]>();
  operations.forEach((json, i) => {
    if (writesToken(json))
      steps.set(Number(json['value']), [...(steps.get(Number(json['value'])) ?? []), i + 1]);
  });
  return (token) => {
    const [step, ...others] = steps.get(token) ?? [];
    return step === undefined || others.length > 0 ? '' : ` of step ${step}`;
  };
}

/** A call broken at its commas, the following lines under its first operand. */
function callLines(call: string): string[] {
  const inside = ' '.repeat(4);
  return wrap(call, WIDTH - GUTTER - 4, /(?<=,) /).map((part, i) => (i === 0 ? part : inside + part));
}

/** One step: number, process, call and result, and below it what /proc shows. */
export function stepLines(
  json: OperationJson,
  index: number,
  obs: Int32Array | undefined,
  failing: boolean,
  wroteAt: (token: number) => string,
): Line[] {
  const { short, more } = outcomeOf(json, obs, wroteAt);
  const mark: Span = span(failing ? '>' : ' ', 'bad');
  const number = span(`${index + 1}`.padStart(3), failing ? 'bad' : 'faint');
  const head: Span[] = [mark, number, span(`  P${json.proc} `)];
  const parts = callLines(callText(json));
  const lines: Span[][] = parts.map((part, i) => [
    ...(i === 0 ? head : [span(' '.repeat(GUTTER))]),
    span(part, failing ? 'strong' : 'plain'),
  ]);
  const used = GUTTER + parts[parts.length - 1].length;
  const result = span(`= ${short}`, failing ? 'bad' : 'plain');
  const column = Math.max(RESULT, used + 1);
  if (column + result.text.length <= WIDTH) {
    lines[lines.length - 1].push(span(' '.repeat(column - used)), result);
  } else {
    lines.push([span(' '.repeat(Math.max(GUTTER, Math.min(RESULT, WIDTH - result.text.length)))), result]);
  }
  return [...lines, ...more.map((row) => [span(`${' '.repeat(GUTTER + 4)}${row}`)])];
}

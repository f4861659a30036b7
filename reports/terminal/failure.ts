import { ANY, OBS_VIEW, OK } from '../../model/alphabet/observations.js';
import type { Allowed } from '../../model/alphabet/specification.js';
import type { OperationJson } from '../../model/trace/operation-json.js';
import type { Counterexample, Failure } from '../../model/verdict.js';
import { outcomeOf } from './outcome.js';
import { type Line, line, paragraph, span } from './text.js';
import { pageText, rangeText } from './view.js';

const INDENT = ' '.repeat(9);

type WroteAt = (token: number) => string;

/** An outcome that stands alone: a value by itself would be hard to tell from an error. */
function result(json: OperationJson, obs: Int32Array | undefined, wroteAt: WroteAt): string {
  const { short } = outcomeOf(json, obs, wroteAt);
  return obs === undefined || obs[0] !== OK || short.startsWith('ok') ? short : `ok: ${short}`;
}

const head = (name: string): Line => [span(`${INDENT}${name.padEnd(10)}`, 'faint')];

/** Where two `maps` views differ, page by page. */
function viewDifference(observed: Int32Array, allowed: Int32Array): Line[] {
  const lines: Line[] = [];
  for (let i = OBS_VIEW; i < allowed.length; i++) {
    if (observed[i] === allowed[i] || observed[i] === ANY || allowed[i] === ANY) continue;
    const where = rangeText(i - OBS_VIEW, i - OBS_VIEW);
    lines.push(
      ...paragraph([span(`${INDENT}${where}`), span('allowed   ', 'faint')], pageText(allowed[i]), 'good'),
    );
    lines.push(
      ...paragraph(
        [span(INDENT + ' '.repeat(where.length)), span('happened  ', 'faint')],
        pageText(observed[i]),
        'bad',
      ),
    );
  }
  return lines;
}

/** Where two observations differ that read the same in words. */
function rawDifference(observed: Int32Array, allowed: Int32Array): Line[] {
  const at = allowed.findIndex((int, i) => int !== ANY && int !== observed[i]);
  return at < 0
    ? []
    : paragraph(head('differs'), `int ${at}: ${observed[at]}, allowed ${allowed[at]}`, 'bad');
}

function allowedLines(
  { obs, rule }: Allowed,
  json: OperationJson,
  wroteAt: WroteAt,
  observed?: Int32Array,
): Line[] {
  const lines = paragraph(head('allowed'), result(json, obs, wroteAt), 'good');
  if (observed !== undefined && observed[0] === obs[0]) {
    if (json.op === 'maps' && obs[0] === OK) lines.push(...viewDifference(observed, obs));
    else if (result(json, observed, wroteAt) === result(json, obs, wroteAt))
      lines.push(...rawDifference(observed, obs));
  }
  return [...lines, ...paragraph(line(`${INDENT}${' '.repeat(10)}`), rule)];
}

/** Is all told by what happened and what was allowed, each with its rule? */
export const isTold = ({ kind, allowed = [] }: Failure): boolean => kind === 'spec' && allowed.length > 0;

/** What stands under the failing step: what happened, where exactly, and what the specification allows. */
export function failureLines(
  { failure, observations }: Counterexample,
  json: OperationJson,
  wroteAt: WroteAt,
): Line[] {
  const observed = observations[failure.step];
  const lines =
    failure.detail === '' || isTold(failure) ? [] : paragraph(head('where'), failure.detail, 'bad');
  if (failure.kind === 'spec')
    lines.push(...paragraph(head('happened'), result(json, observed, wroteAt), 'bad'));
  for (const each of failure.allowed ?? []) lines.push(...allowedLines(each, json, wroteAt, observed));
  const points = failure.explainedBy ?? [];
  if (points.length > 0) {
    const which = points.join(failure.explainedTogether === true ? ' and ' : ' or ');
    lines.push(...paragraph(head('unless'), `it is a kernel on the other side of ${which}`, 'warn'));
  }
  return lines;
}

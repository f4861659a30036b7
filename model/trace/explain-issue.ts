import type { z } from 'zod';
import { OP_NAMES } from '../alphabet/operations.js';
import { nearest } from './nearest.js';
import { quote } from './printable.js';
import { TraceError } from './trace-error.js';

type Issue = z.core.$ZodIssue;

/** Names in full up to here; a longer list would hide the rest of the line. */
const LISTED = 12;

const pointer = (path: readonly PropertyKey[]): string => path.map((part) => `/${String(part)}`).join('');

function valueAt(json: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((node, part) => (Object(node) as Record<PropertyKey, unknown>)[part], json);
}

function oneOf(written: unknown, known: readonly string[]): string {
  const near = typeof written === 'string' ? nearest(written, known) : [];
  if (near.length > 0) return `did you mean ${near.map((name) => `"${name}"`).join(' or ')}?`;
  if (known.length === 1) return `write ${known[0]}`;
  return known.length <= LISTED
    ? `write one of ${known.join(', ')}`
    : `it must be one of ${known.length} names`;
}

/** Of which operation an object is, if it is one. */
function ofOperation(json: unknown): string {
  const { op } = Object(json) as { readonly op?: unknown };
  return op === undefined ? '' : ` of ${quote(op)}`;
}

/** What is wrong in one issue, and how to mend it. */
function problemOf(issue: Issue, json: unknown): string {
  const found = valueAt(json, issue.path);
  const got = found === undefined ? 'missing' : `${quote(found)} is wrong`;
  switch (issue.code) {
    case 'unrecognized_keys':
      return `unknown key ${quote(issue.keys[0])}${ofOperation(found)}: remove it`;
    case 'invalid_value':
      return `${got}: ${oneOf(found, issue.values.map(String))}`;
    case 'invalid_union':
      return issue.path.at(-1) === 'op'
        ? `${got}: ${oneOf(found, OP_NAMES)}`
        : `${got}: write a number or a name of the format`;
    case 'invalid_type':
      return `${got}: write ${issue.expected === 'int' ? 'a whole number' : `a value of type ${issue.expected}`}`;
    case 'too_big':
      return issue.origin === 'array' || issue.origin === 'string'
        ? `too long: at most ${issue.maximum} are allowed`
        : `${got}: the greatest is ${issue.maximum}`;
    case 'too_small':
      return `${got}: the least is ${issue.minimum}`;
    case 'invalid_format':
      return `${got}: write printable ASCII without spaces`;
    default:
      return issue.message;
  }
}

/** The first issue that the schema found in this JSON, as one line with its place. */
export function explainIssue(issues: readonly Issue[], json: unknown): TraceError {
  const [issue] = issues;
  const more = issues.length > 1 ? ` (and ${issues.length - 1} more)` : '';
  return new TraceError(`${problemOf(issue, json)}${more}`, pointer(issue.path));
}

import type { Trace } from '../model/alphabet/trace.js';
import type { Failure } from '../model/verdict.js';
import { kindOf } from './edit.js';

/** A trace with what goes wrong in it. */
export interface Failing {
  readonly trace: Trace;
  readonly failure: Failure;
}

/** A count as an invariant tells it, and what it should be: `mmap_count is 2, VMAs: 1`. */
const COUNTED = /\bis (-?\d+)\b\D*?(-?\d+)/;

/** Too many or too few, where a count is told with what it should be: a leak is another defect than an underflow. */
function direction(detail: string): string {
  const counted = COUNTED.exec(detail);
  if (counted === null) return '';
  const [found, expected] = counted.slice(1).map(Number);
  return found > expected ? ' more' : ' less';
}

/**
 * What failures of one defect have in common, as far as can be told: the rule, the kind of operation at which it shows, what it is said of
 * (`buffer #: aux_mmap_count`), what was seen in place of what was allowed, and by which rule of the specification; not the numbers.
 * @param kind number of the operation's kind
 */
export function failureClass(kind: number, { kind: judge, rule, text, detail }: Failure): string {
  const why = judge === 'spec' ? ` | ${text}` : '';
  return `${judge} ${rule} | ${kind} | ${detailClass(detail)}${why}`;
}

/** What is wrong, without its numbers, and whether there is too much of it or too little. */
export function detailClass(detail: string): string {
  return `${detail.replace(/-?\d+/g, '#')}${direction(detail)}`;
}

const classOf = ({ trace, failure }: Failing): string => failureClass(kindOf(trace, failure.step), failure);

/** Is it the same defect, as far as can be told? See `failureClass`. */
export function sameFailure(a: Failing, b: Failing): boolean {
  return classOf(a) === classOf(b);
}

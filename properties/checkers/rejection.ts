import { OP_WIDTH } from '../../model/alphabet/bounds.js';
import { obsWidth } from '../../model/alphabet/observations.js';
import { OP_NAMES, OPERAND_NAMES } from '../../model/alphabet/operations.js';
import type { Allowed, Specification } from '../../model/alphabet/specification.js';
import { statusName } from '../../model/trace/observation-json.js';
import type { Failure } from '../../model/verdict.js';

/** What the specification said when it rejected the observation of the operation at `ops[at]`. */
export function rejection(spec: Specification, ops: Int32Array, at: number, obs: Int32Array): Failure {
  const kind = ops[at];
  const width = obsWidth(kind);
  const allowed = spec.allowed().map(({ rule, obs: ints }) => ({ rule, obs: ints.slice(0, width) }));
  const pageOperand = OPERAND_NAMES[kind].indexOf('page');
  return {
    kind: 'spec',
    rule: 'spec',
    text: [...new Set(allowed.map(({ rule }) => rule))].join('; or ') || 'Nothing is allowed here.',
    step: at / OP_WIDTH,
    detail: `process ${ops[at + 1]}: ${OP_NAMES[kind]} gave ${difference(obs, allowed)}`,
    proc: ops[at + 1],
    ...(pageOperand < 0 ? {} : { page: ops[at + 2 + pageOperand] }),
    allowed,
  };
}

/** What was seen against what was allowed: of the status if that differs, else of the value, else of the view. */
function difference(obs: Int32Array, allowed: readonly Allowed[]): string {
  const statuses = new Set(allowed.map((one) => one.obs[0]));
  if (!statuses.has(obs[0])) {
    return `${statusName(obs[0])}, allowed ${[...statuses].map(statusName).join(' or ')}`;
  }
  const values = new Set(allowed.filter((one) => one.obs[0] === obs[0]).map((one) => one.obs[1]));
  if (!values.has(obs[1])) return `value ${obs[1]}, allowed ${[...values].join(' or ')}`;
  const view = allowed[0].obs.findIndex((word, i) => i >= 2 && word !== obs[i]);
  return `another view than allowed, first at ${view - 2}`;
}

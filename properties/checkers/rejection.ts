import { OP_WIDTH } from '../../model/alphabet/bounds.js';
import { ANY, OBS_VIEW } from '../../model/alphabet/observations.js';
import { OP, OP_NAMES, OPERAND_NAMES } from '../../model/alphabet/operations.js';
import type { Allowed, Specification } from '../../model/alphabet/specification.js';
import { statusName } from '../../model/trace/observation-json.js';
import type { Failure } from '../../model/verdict.js';

/** What the specification said when it rejected the observation of the operation at `ops[at]`. */
export function rejection(spec: Specification, ops: Int32Array, at: number, obs: Int32Array): Failure {
  const kind = ops[at];
  const allowed = spec.allowed();
  const page = pageOf(ops, at, obs, allowed);
  return {
    kind: 'spec',
    rule: 'spec',
    text: [...new Set(allowed.map(({ rule }) => rule))].join('; or '),
    step: at / OP_WIDTH,
    detail: `process ${ops[at + 1]}: ${OP_NAMES[kind]} gave ${difference(kind, obs, allowed)}`,
    proc: ops[at + 1],
    ...(page === undefined ? {} : { page }),
    allowed,
  };
}

/** First int of the view that differs from what is allowed, or -1. */
function firstDifference(obs: Int32Array, { obs: wanted }: Allowed): number {
  return wanted.findIndex((int, i) => i >= OBS_VIEW && int !== obs[i] && int !== ANY && obs[i] !== ANY);
}

/** The page that it is about: the operand, or in a view of the arena the first that differs. */
function pageOf(
  ops: Int32Array,
  at: number,
  obs: Int32Array,
  allowed: readonly Allowed[],
): number | undefined {
  if (ops[at] === OP.maps) {
    const differs = firstDifference(obs, allowed[0]);
    return differs < 0 ? undefined : differs - OBS_VIEW;
  }
  const operand = OPERAND_NAMES[ops[at]].indexOf('page');
  return operand < 0 ? undefined : ops[at + 2 + operand];
}

const either = (values: Iterable<string | number>): string => [...new Set(values)].join(' or ');

/** What was seen against what was allowed: the status if that differs, else the value, else the view. */
function difference(kind: number, obs: Int32Array, allowed: readonly Allowed[]): string {
  const alike = allowed.filter((one) => one.obs[0] === obs[0]);
  if (alike.length === 0) {
    return `${statusName(obs[0])}, allowed ${either(allowed.map((one) => statusName(one.obs[0])))}`;
  }
  if (alike.every((one) => one.obs[1] !== obs[1])) {
    return `${obs[1]}, allowed ${either(alike.map((one) => one.obs[1]))}`;
  }
  const differs = firstDifference(obs, alike[0]) - OBS_VIEW;
  if (kind === OP.maps) return `page ${differs} another way than allowed`;
  const name = ['VmPin', 'VmLck'][differs];
  return `${name} ${obs[OBS_VIEW + differs]}, allowed ${alike[0].obs[OBS_VIEW + differs]}`;
}

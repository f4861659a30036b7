import { OBS_WIDTH, OP_WIDTH } from '../../model/alphabet/bounds.js';
import { HANG, obsWidth } from '../../model/alphabet/observations.js';
import { ACCEPTED, type Allowed, type Flavour, OUT_OF_SCOPE } from '../../model/alphabet/specification.js';
import type { Env } from '../../model/alphabet/system.js';
import type { Trace } from '../../model/alphabet/trace.js';
import { Spec } from '../../model/spec/index.js';

/** What one operation should show: one of these, and what comes after it was worked out for the first. */
interface Expected {
  readonly allowed: readonly Allowed[];
  readonly seen?: Int32Array;
}

/** Facts about a machine that the environment of a trace states. */
const FACTS = ['pku', 'thp', 'ksm'] as const satisfies readonly (keyof Env)[];

/**
 * What the specification allows at each step of a trace. Where it allows several observations it follows the one that was seen, or
 * else the first. It ends before the operation of which it leaves open what follows.
 * @param seen what some System showed, one observation a step from the start; it may be wrong, or shorter than the trace
 */
export function expectationsOf(
  flavour: Flavour,
  { env, ops }: Trace,
  seen: readonly Int32Array[] = [],
): Expected[] {
  const spec = new Spec(flavour);
  const before = new Int32Array(spec.stateSize);
  const obs = new Int32Array(OBS_WIDTH);
  const expected: Expected[] = [];
  spec.reset(env);
  for (let at = 0, step = 0; at < ops.length; at += OP_WIDTH, step++) {
    spec.save(before);
    // Nothing is ever allowed to hang: so this is rejected, and what is allowed is told.
    obs.fill(0);
    obs[0] = HANG;
    if (spec.accept(ops, at, obs) === OUT_OF_SCOPE) break;
    const allowed = spec.allowed().map((one) => ({ rule: one.rule, obs: fullWidth(one.obs, ops[at]) }));
    spec.restore(before);
    expected.push(follow(spec, ops, at, allowed, seen[step], before));
  }
  return expected;
}

/** A status alone stands for an observation with nothing else in it. */
function fullWidth(obs: Int32Array, kind: number): Int32Array {
  const full = new Int32Array(obsWidth(kind));
  full.set(obs.subarray(0, full.length));
  return full;
}

/** Let the specification do the operation, as it was seen if that is allowed. */
function follow(
  spec: Spec,
  ops: Int32Array,
  at: number,
  allowed: readonly Allowed[],
  seen: Int32Array | undefined,
  before: Int32Array,
): Expected {
  const obs = new Int32Array(OBS_WIDTH);
  if (seen === undefined) {
    spec.step(ops, at, obs);
    return { allowed };
  }
  obs.set(seen);
  if (spec.accept(ops, at, obs) === ACCEPTED) {
    const like = allowed.filter((one) => one.obs[0] === seen[0]);
    const rest = allowed.filter((one) => one.obs[0] !== seen[0]);
    // A machine that cannot do it at all: no observation that is allowed says so.
    if (like.length === 0) return { allowed: [{ obs: seen, rule: 'this machine cannot do it' }], seen };
    return { allowed: [...like, ...rest], seen };
  }
  spec.restore(before);
  spec.step(ops, at, obs);
  return { allowed, seen };
}

/** The facts about a machine on which it depends what a trace should show. */
export function factsOf(flavour: Flavour, trace: Trace): (typeof FACTS)[number][] {
  const text = (env: Env): string =>
    expectationsOf(flavour, { env, ops: trace.ops })
      .map(({ allowed }) => allowed.map(({ obs }) => obs.join()).join('|'))
      .join('\n');
  const usual = text(trace.env);
  return FACTS.filter((fact) => text({ ...trace.env, [fact]: !trace.env[fact] }) !== usual);
}

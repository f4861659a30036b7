import { OBS_WIDTH } from '../alphabet/bounds.js';
import { ANY, BOUND, OBS_VIEW, OK, obsWidth, SKIP, UNOBSERVED } from '../alphabet/observations.js';
import { OPEN_AUX } from '../alphabet/operands.js';
import { OP } from '../alphabet/operations.js';
import {
  ACCEPTED,
  type Allowed,
  type Flavour,
  OUT_OF_SCOPE,
  REJECTED,
  type SequenceView,
  type Specification,
} from '../alphabet/specification.js';
import type { Env } from '../alphabet/system.js';
import { HANDLERS } from './dispatch.js';
import { ENOMEM } from './errors.js';
import { failedAllocation, mayMeetFailure } from './injection.js';
import { writeMaps, writeStatus } from './observe.js';
import { ruleText } from './rule-texts.js';
import { RULE } from './rules.js';
import { ARMED, blankState, mayFail, reset, State } from './state.js';
import { StateView } from './view.js';

const { maps: MAPS, status: STATUS, inject: INJECT } = OP;

/** The reference specification: what user space may observe of perf's mappings and of the memory beside them. */
export class Spec implements Specification {
  readonly id = 'spec';
  readonly flavour: Flavour;
  readonly view: SequenceView;
  private readonly s: State;
  private readonly blank: Int32Array;
  private readonly expected = new Int32Array(OBS_WIDTH);
  private readonly before: Int32Array;
  private width = 2;

  constructor(flavour: Flavour) {
    this.flavour = flavour;
    this.s = new State(flavour);
    this.blank = blankState(this.s);
    this.before = new Int32Array(this.s.size);
    this.view = new StateView(this.s);
  }

  reset(env: Env): void {
    reset(this.s, env, this.blank);
  }

  step(ops: Int32Array, at: number, obs: Int32Array): void {
    this.s.seen = null;
    this.run(ops, at, obs);
  }

  accept(ops: Int32Array, at: number, obs: Int32Array): number {
    const { s, expected } = this;
    if (obs[0] === UNOBSERVED && mayBeUnobserved(ops, at) && s.procAlive[ops[at + 1]] !== 0) {
      s.consulted = 0;
      if (ops[at] !== INJECT) s.scalar[ARMED] = 0;
      return ACCEPTED;
    }
    if (obs[0] === BOUND) return OUT_OF_SCOPE;
    s.seen = obs;
    this.run(ops, at, expected);
    if (s.open) return OUT_OF_SCOPE;
    // A view comes with success only.
    const width = expected[0] === OK ? this.width : 2;
    for (let i = 0; i < width; i++) {
      if (expected[i] !== obs[i] && expected[i] !== ANY && obs[i] !== ANY) return REJECTED;
    }
    return ACCEPTED;
  }

  allowed(): readonly Allowed[] {
    const { s, expected } = this;
    const chosen = { obs: expected.slice(0, this.width), rule: ruleText(s.rule) };
    if (s.alternative === 0) return [chosen];
    const why = s.alternative === ENOMEM ? RULE.injected : RULE.either;
    return [chosen, { obs: Int32Array.of(s.alternative, 0), rule: ruleText(why) }];
  }

  consulted(): number {
    return this.s.consulted;
  }

  /** The state itself, for those that know its columns. */
  get state(): State {
    return this.s;
  }

  /** Ints that `save` writes. */
  get stateSize(): number {
    return this.s.size;
  }

  /** Copy the state out, without the environment. */
  save(into: Int32Array): void {
    this.s.save(into);
  }

  /** Copy back what `save` wrote in the same environment. */
  restore(from: Int32Array): void {
    this.s.restore(from);
  }

  private run(ops: Int32Array, at: number, obs: Int32Array): void {
    const { s } = this;
    const kind = ops[at];
    const p = ops[at + 1];
    s.value = 0;
    s.consulted = 0;
    s.open = false;
    s.alternative = 0;
    s.rule = RULE.skip;
    this.width = 2;
    const status = s.procAlive[p] === 0 ? SKIP : this.handle(kind, p, ops, at);
    if (kind !== INJECT) s.scalar[ARMED] = 0;
    obs[0] = status;
    obs[1] = s.value;
    if (kind !== MAPS && kind !== STATUS) return;
    this.width = obsWidth(kind);
    if (status !== OK) obs.fill(0, OBS_VIEW, this.width);
    else if (kind === MAPS) writeMaps(s, p, obs);
    else writeStatus(s, p, obs);
  }

  /** Run the operation; where an injected failure may have met it, the observation tells whether it did. */
  private handle(kind: number, p: number, ops: Int32Array, at: number): number {
    const { s } = this;
    if (!mayMeetFailure(s, ops, at)) return HANDLERS[kind](s, p, ops, at);
    s.save(this.before);
    const status = HANDLERS[kind](s, p, ops, at);
    // An event is allocated before its output is looked at.
    if (status !== OK && (kind !== OP.open || status === SKIP)) return status;
    if (!mayFail(s, ENOMEM)) return status;
    s.restore(this.before);
    return failedAllocation(s, p, ops, at);
  }
}

/** Operations that a machine may be unable to do or to see. */
function mayBeUnobserved(ops: Int32Array, at: number): boolean {
  switch (ops[at]) {
    case OP.open:
      return (ops[at + 3] & OPEN_AUX) !== 0;
    case OP.inject:
    case OP.gift:
    case OP.rlimit:
    case OP.setuid:
    case OP.cap:
    case OP.direct_read:
    case OP.direct_write:
      return true;
  }
  return false;
}

import { traceLength } from '../../model/alphabet/trace.js';
import type { Design } from '../../model/designs/design.js';
import { ModelSystem } from '../../model/model-system.js';
import type { Bounds } from '../explorer/bounds.js';
import type { Exploration, NotFollowed } from '../explorer/exploration.js';
import { explore } from '../explorer/explore.js';
import type { Limits } from '../explorer/question.js';
import { INVARIANTS } from '../invariants/index.js';

/** A rule that does not hold: a shortest sequence that breaks it, in operations. */
interface Broken {
  readonly length: number;
  readonly token: string;
}

/**
 * What a search found out about a rule. `held`: looked at, and never broken; `vacuous`: there was nothing to look at;
 * `not promised`: the design does not promise it.
 */
type RuleVerdict = 'held' | 'vacuous' | 'not promised' | Broken;

/** What is claimed of one design within one set of bounds: all of it is the same at every run. */
export interface Claim {
  readonly design: string;
  readonly bounds: string;
  readonly operations: number;
  readonly renamings: number;
  readonly states: number;
  readonly left: number;
  readonly transitions: number;
  readonly depth: number;
  readonly closed: boolean;
  readonly cut?: string;
  readonly notFollowed: NotFollowed;
  /** The rule that ended the search. */
  readonly found?: string;
  /** By id of the invariant, and `spec`. */
  readonly rules: Readonly<Record<string, RuleVerdict>>;
  /** How far the rules that were not broken were asked after those that were, in operations; left out when none was. */
  readonly askedOnTo?: number;
  /** By what some state should show: the length of a shortest sequence, or `null` when the search came to none. */
  readonly sometimes: Readonly<Record<string, number | null>>;
  /** By operation and outcome: how often. */
  readonly outcomes: Readonly<Record<string, Readonly<Record<string, number>>>>;
}

const SPEC = 'spec';

/** Rules of a design, in the order in which they are told. */
function rulesOf(design: Design): { readonly id: string; readonly promised: boolean }[] {
  const { world } = new ModelSystem(design);
  const invariants = INVARIANTS.map(({ id, applies }) => ({ id, promised: applies?.(world) ?? true }));
  return [...invariants, { id: SPEC, promised: true }];
}

function outcomesOf({ outcomes }: Exploration): Claim['outcomes'] {
  const table: Record<string, Record<string, number>> = {};
  for (const { op, outcome, count } of outcomes) {
    table[op] ??= {};
    table[op][outcome] = count;
  }
  return table;
}

/**
 * Search the bounds for what a design breaks. When a rule is broken, the others are asked on without it, and so forth: each is
 * found with a shortest sequence, or not at all in sequences of so many operations.
 * @param askOnTo operations from the start to which the rest is asked, once something is broken: what breaks a rule may
 *   have no end
 * @throws Error when the search is interrupted: then there is nothing to claim
 */
export async function claimOf(
  design: Design,
  bounds: Bounds,
  limits: Limits,
  askOnTo: number,
): Promise<Claim> {
  const rules = rulesOf(design);
  const broken = new Map<string, Broken>();
  const search = async (depth: number): Promise<Exploration> => {
    const only = rules.map(({ id }) => id).filter((id) => !broken.has(id));
    const exploration = await explore({ design, bounds, symmetry: true, only }, { ...limits, depth });
    if (exploration.cut === 'interrupted') throw new Error('interrupted');
    const { counterexample } = exploration;
    if (counterexample !== undefined)
      broken.set(counterexample.failure.rule, {
        length: traceLength(counterexample.trace.ops),
        token: counterexample.token,
      });
    return exploration;
  };
  const first = await search(limits.depth);
  let last = first;
  while (last.counterexample !== undefined) last = await search(Math.min(limits.depth, askOnTo));
  const found = first.counterexample?.failure.rule;
  const verdict = (id: string, promised: boolean): RuleVerdict => {
    if (!promised) return 'not promised';
    // The specification looks at every operation.
    return broken.get(id) ?? (id === SPEC || last.invariants[id] > 0 ? 'held' : 'vacuous');
  };
  return {
    design: design.id,
    bounds: bounds.name,
    operations: first.operations,
    renamings: first.renamings,
    states: first.states,
    left: first.left,
    transitions: first.transitions,
    depth: first.depth,
    closed: first.closed,
    ...(first.cut === undefined ? {} : { cut: first.cut }),
    notFollowed: first.notFollowed,
    ...(found === undefined ? {} : { found, askedOnTo: last.depth }),
    rules: Object.fromEntries(rules.map(({ id, promised }) => [id, verdict(id, promised)])),
    sometimes: Object.fromEntries(
      first.sometimes.map(({ id, witness }) => [id, witness === undefined ? null : traceLength(witness.ops)]),
    ),
    outcomes: outcomesOf(first),
  };
}

import { OBS_WIDTH, OP_WIDTH } from '../../model/alphabet/bounds.js';
import { ACCEPTED, type Flavour } from '../../model/alphabet/specification.js';
import type { Env } from '../../model/alphabet/system.js';
import { type Trace, traceLength } from '../../model/alphabet/trace.js';
import type { Design } from '../../model/designs/design.js';
import { ModelSystem } from '../../model/model-system.js';
import { Spec, VARIATION_POINTS } from '../../model/spec/index.js';
import { flavourOfDesign } from '../checkers/flavour-of-design.js';
import { differingParts } from './parts.js';

/** Why two designs answer the last operation of a sequence differently in one part. */
export interface Explanation {
  /** Each one's specification allows the other's answer, too: it leaves a choice. */
  readonly either: boolean;
  /**
   * Else the ids of the variation points, of those that the operation asks for and that the designs differ on, of which this holds: with this
   * point alone on its other side, the specification of one design allows what the other answers in this part. It is explained when there is
   * exactly one.
   */
  readonly points: readonly string[];
}

/** What a design answers to a sequence, one row of `OBS_WIDTH` ints for each operation. */
function answersOf(design: Design, { env, ops }: Trace): Int32Array {
  const system = new ModelSystem(design);
  const answers = new Int32Array(traceLength(ops) * OBS_WIDTH);
  system.reset(env);
  for (let at = 0, row = 0; at < ops.length; at += OP_WIDTH, row += OBS_WIDTH)
    system.step(ops, at, answers.subarray(row, row + OBS_WIDTH));
  return answers;
}

/** The specification's judgement of all the answers, and what it asked for at the last operation. */
function judge(flavour: Flavour, env: Env, ops: Int32Array, answers: Int32Array) {
  const spec = new Spec(flavour);
  spec.reset(env);
  for (let at = 0, row = 0; at < ops.length; at += OP_WIDTH, row += OBS_WIDTH) {
    if (spec.accept(ops, at, answers.subarray(row, row + OBS_WIDTH)) !== ACCEPTED)
      return { allowed: false, asked: spec.consulted() };
  }
  return { allowed: true, asked: spec.consulted() };
}

const bitsOf = (mask: number): number[] =>
  VARIATION_POINTS.flatMap((_, bit) => ((mask & (1 << bit)) !== 0 ? [bit] : []));

/**
 * What explains that two designs answer the last operation of a sequence differently in one part of the observation.
 * @param what the part, as `DifferingPart` names it
 * @throws RangeError when they do not differ in this part
 */
export function explainDifference(one: Design, other: Design, trace: Trace, what: string): Explanation {
  const { env, ops } = trace;
  const last = (traceLength(ops) - 1) * OBS_WIDTH;
  const designs = [one, other].map((design) => ({
    flavour: flavourOfDesign(design),
    answers: answersOf(design, trace),
  }));
  const [mine, theirs] = designs;
  const [my, their] = designs.map(({ answers }) => answers.subarray(last));
  const part = differingParts(ops[ops.length - OP_WIDTH], my, their).find((each) => each.what === what);
  if (part === undefined) throw new RangeError(`${one.id} and ${other.id} do not differ in ${what}`);
  const own = designs.map(({ flavour, answers }) => judge(flavour, env, ops, answers));
  // What a specification does not allow at home it explains nowhere.
  if (own.some(({ allowed }) => !allowed)) return { either: false, points: [] };
  const asked = own.reduce((all, each) => all | each.asked, 0);
  const candidates = bitsOf((mine.flavour ^ theirs.flavour) & asked);
  const points = new Set<number>();
  let either = true;
  for (const [{ flavour, answers }, foreign] of [[mine, their] as const, [theirs, my] as const]) {
    const grafted = answers.slice();
    part.graft(foreign, grafted.subarray(last));
    if (judge(flavour, env, ops, grafted).allowed) continue;
    either = false;
    for (const bit of candidates) if (judge(flavour ^ (1 << bit), env, ops, grafted).allowed) points.add(bit);
  }
  return { either, points: [...points].sort((a, b) => a - b).map((bit) => VARIATION_POINTS[bit].id) };
}

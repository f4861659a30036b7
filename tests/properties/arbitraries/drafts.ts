import { OBS_WIDTH, OP_WIDTH, PROCS } from '#model/alphabet/bounds';
import { OK } from '#model/alphabet/observations';
import { OPERAND_NAMES } from '#model/alphabet/operations';
import { DEFAULT_ENV } from '#model/alphabet/system';
import { Spec } from '#model/spec/index';
import { Draft } from '#properties/arbitraries/draft';
import type { Features } from '#properties/arbitraries/features';
import { MODEL_PROFILE } from '#properties/arbitraries/profile';
import { pack } from '../../support/script.js';
import { FLAVOUR } from './sequences.js';

/** 256 of 256: what a feature has to be to show whenever it can. */
export const ALWAYS = 256;

type Operand =
  | 'fd'
  | 'newfd'
  | 'target'
  | 'output'
  | 'count'
  | 'page'
  | 'npages'
  | 'pgoff'
  | 'prot'
  | 'flags';
type More = 'new_npages' | 'mode' | 'new_page' | 'advice' | 'word' | 'value' | 'scope' | 'child' | 'user';
type Last = 'on' | 'pages' | 'site' | 'nth';

/** An operation with its operands by name. */
export type Drawn = Readonly<Record<'kind' | 'proc' | Operand | More | Last, number>>;

export function named(ops: Int32Array): Drawn {
  const operands = OPERAND_NAMES[ops[0]].map((name, i) => [name, ops[2 + i]]);
  return { kind: ops[0], proc: ops[1], ...Object.fromEntries(operands) } as Drawn;
}

/** The specification after the operations of this script, each of which is ok. */
function specAfter(script: string, env = DEFAULT_ENV): Spec {
  const spec = new Spec(FLAVOUR);
  const obs = new Int32Array(OBS_WIDTH);
  spec.reset(env);
  for (const line of script.split('\n').map((each) => each.trim())) {
    if (line === '') continue;
    spec.step(pack(line), 0, obs);
    if (obs[0] !== OK) throw new Error(`${line}: ${obs[0]}`);
  }
  return spec;
}

/**
 * What process 0 is about to do after this script. No feature of a sequence shows but those that are given.
 */
export function draftAfter(script: string, features: Partial<Features> = {}): Draft {
  const draft = new Draft(MODEL_PROFILE, specAfter(script).view);
  Object.assign(draft.swarm.feature, features);
  draft.rng.seed(1, 2);
  draft.known.refreshAlive();
  for (let proc = 0; proc < PROCS; proc++) draft.known.refresh(proc);
  return draft;
}

/** Draw so many operations in the same state: none of them is executed. Those for which the state has nothing are left out. */
export function drawn(draft: Draft, draw: (draft: Draft) => boolean, times = 400): Drawn[] {
  const { proc } = draft;
  const found: Drawn[] = [];
  for (let i = 0; i < times; i++) {
    const ops = new Int32Array(OP_WIDTH).fill(-9);
    draft.proc = proc;
    draft.begin(ops, 0);
    draft.known.refreshAll();
    if (draw(draft)) found.push(named(ops));
  }
  return found;
}

/** The values that there are, in order. */
export function values(of: readonly number[]): number[] {
  return [...new Set(of)].sort((a, b) => a - b);
}

/** The share of those for which it is so. */
export function share<T>(of: readonly T[], is: (each: T) => boolean): number {
  return of.filter(is).length / of.length;
}

/** From `first` to `last`. */
export function through(first: number, last: number): number[] {
  return Array.from({ length: last - first + 1 }, (_, i) => first + i);
}

import { OP_WIDTH } from '../../model/alphabet/bounds.js';
import { OP_NAMES } from '../../model/alphabet/operations.js';
import type { Env } from '../../model/alphabet/system.js';
import { type Trace, traceLength } from '../../model/alphabet/trace.js';
import { advance } from '../../model/designs/advance.js';
import { demand_fault } from '../../model/designs/demand-fault.js';
import { isReleaseFrom } from '../../model/spec/releases.js';
import { statusName } from '../../model/trace/observation-json.js';
import { environmentOf } from '../explorer/alphabet.js';
import { Explorer } from '../explorer/explorer.js';
import { SOMETIMES } from '../explorer/sometimes.js';
import type { CoverBounds } from './cover-bounds.js';
import { outcomeOfKey, pairOfKey, type Steps, Transitions } from './transitions.js';

/** Something that sequences within bounds can do, with a shortest one that does it. */
export interface Feature {
  /** `mmap EPERM`, `fork, munmap`, or the id of a kind of state. */
  readonly id: string;
  readonly kind: 'outcome' | 'pair' | 'state';
  readonly trace: Trace;
  /** What its last operation answers in the model, if that is what it is about. */
  readonly status?: number;
}

export interface CoverOptions {
  readonly signal?: AbortSignal | undefined;
  /** Called when the search of some bounds begins. */
  readonly onBounds?: (name: string) => void;
}

/** What the machine under a kernel decides; the limits are chosen by the bounds. */
export type Machine = Omit<Env, 'gift' | 'rlimit'>;

/** Bytes of a set of states, at most: several times what these bounds need. */
const MEMORY = 4e9;

/** The intended design that shows what a kernel of this release should. */
const designOf = (release: string) => (isReleaseFrom(release, '6.14') ? advance : demand_fault);

/** Features by id, in the order in which they were found first; of two sequences the shorter one stays. */
class Features {
  readonly #features = new Map<string, Feature>();

  /** @param about what tells features of these bounds from those of others */
  add(about: string, feature: Feature): void {
    const id = `${about}${feature.id}`;
    const { trace } = this.#features.get(id) ?? {};
    if (trace !== undefined && trace.ops.length <= feature.trace.ops.length) return;
    this.#features.set(id, { ...feature, id });
  }

  all(): Feature[] {
    return [...this.#features.values()];
  }
}

/** The sequence to a state, and the operations that were done there. */
function traceOf(explorer: Explorer, { state, operations }: Steps): Trace {
  const { env, ops: before } = explorer.traceTo(state);
  const ops = new Int32Array(before.length + operations.length * OP_WIDTH);
  ops.set(before);
  operations.forEach((operation, i) => {
    const from = operation * OP_WIDTH;
    ops.set(explorer.expander.ops.subarray(from, from + OP_WIDTH), before.length + i * OP_WIDTH);
  });
  return { env, ops };
}

function collect(explorer: Explorer, transitions: Transitions, about: string, into: Features): void {
  for (const [key, steps] of transitions.outcomes()) {
    const [kind, status] = outcomeOfKey(key);
    const id = `${OP_NAMES[kind]} ${statusName(status)}`;
    into.add(about, { id, kind: 'outcome', trace: traceOf(explorer, steps), status });
  }
  const depths = new Map<number, number>();
  const depthOf = (state: number): number => {
    let depth = depths.get(state);
    if (depth === undefined) {
      depth = traceLength(explorer.traceTo(state).ops);
      depths.set(state, depth);
    }
    return depth;
  };
  for (const [key, steps] of transitions.pairs(depthOf)) {
    const [kind, next] = pairOfKey(key);
    into.add(about, {
      id: `${OP_NAMES[kind]}, ${OP_NAMES[next]}`,
      kind: 'pair',
      trace: traceOf(explorer, steps),
    });
  }
  SOMETIMES.forEach(({ id }, i) => {
    const state = explorer.witnesses[i];
    if (state >= 0) into.add(about, { id, kind: 'state', trace: explorer.traceTo(state) });
  });
}

/**
 * A transition cover: each operation with each of its outcomes, each pair of operations of which the second can follow the first, and
 * each kind of state that `explore` knows, each by a shortest sequence within the bounds. The searches are of the intended design
 * of the kernel's time, on its machine.
 * @param release as `uname -r` gives it
 */
export async function transitionCover(
  release: string,
  machine: Machine,
  bounds: readonly CoverBounds[],
  { signal, onBounds }: CoverOptions = {},
): Promise<Feature[]> {
  const features = new Features();
  for (const { bounds: each, depth, about } of bounds) {
    if (signal?.aborted === true) break;
    onBounds?.(each.name);
    const { gift, rlimit } = environmentOf(each);
    const placed = { ...each, env: { ...machine, gift, rlimit } };
    // Without symmetry: an operation in a state is then the very one that was done there.
    const explorer = new Explorer({ design: designOf(release), bounds: placed, symmetry: false });
    const transitions = new Transitions(explorer.expander.ops);
    const endless = Number.POSITIVE_INFINITY;
    const limits = { depth, bytes: MEMORY, timeMs: endless };
    await explorer.run(signal === undefined ? limits : { ...limits, signal });
    await explorer.retrace(transitions.note, signal);
    collect(explorer, transitions, about === undefined ? '' : `${about} `, features);
  }
  return features.all();
}

import { traceLength } from '../../model/alphabet/trace.js';
import type { Design } from '../../model/designs/design.js';
import { ModelSystem } from '../../model/model-system.js';
import { encodeToken } from '../../model/trace/token.js';
import type { Counterexample } from '../../model/verdict.js';
import { modelSubject } from '../checkers/model-subject.js';
import { TraceRunner } from '../checkers/run-trace.js';
import { InvariantChecker } from '../invariants/checker.js';
import { INVARIANTS } from '../invariants/index.js';
import type { Place } from './batch.js';
import { explainDifference } from './explain-difference.js';
import type { Exploration } from './exploration.js';
import type { Explorer } from './explorer.js';
import { SOMETIMES } from './sometimes.js';

/**
 * Run the sequence again from the start, by itself, and tell how it fails.
 * @throws Error when it does not fail there: then the search has taken different states for one
 */
function counterexampleOf(explorer: Explorer, { state, operation }: Place): Counterexample {
  const trace = explorer.traceTo(state, operation);
  const { design, against, only } = explorer.question;
  const designs: readonly Design[] = against === undefined ? [design] : [design, against];
  for (const each of designs) {
    const described = modelSubject(each);
    const system = new ModelSystem(each);
    const invariants = new InvariantChecker(system.world, only);
    const { observations, pictures, failure } = new TraceRunner({ ...described, system, invariants }).observe(
      trace,
    );
    if (failure === undefined) continue;
    if (failure.step !== traceLength(trace.ops) - 1) break;
    return {
      system: each.id,
      trace,
      failure,
      observations,
      pictures,
      foundWith: traceLength(trace.ops),
      shrinkRuns: 0,
      token: encodeToken(each.id, trace),
    };
  }
  throw new Error(
    `the search found a failure that its sequence does not show: ${encodeToken(design.id, trace)}`,
  );
}

/** How many states are how far from the start. */
function levelsOf({ store: states }: Explorer): number[] {
  const depth = new Int32Array(states.count);
  const levels: number[] = [];
  for (let s = 0; s < states.count; s++) {
    const parent = states.parent(s);
    depth[s] = parent < 0 ? 0 : depth[parent] + 1;
    levels[depth[s]] = (levels[depth[s]] ?? 0) + 1;
  }
  return levels;
}

/** What a search has come to so far. */
export function reportOf(explorer: Explorer, cut: string | undefined): Exploration {
  const { question, store, found, differences } = explorer;
  const { design, against, bounds } = question;
  const left = store.count - explorer.head;
  const [applied] = explorer.applied;
  return {
    design: design.id,
    against: against?.id ?? 'spec',
    bounds: bounds.name,
    operations: traceLength(explorer.expander.ops),
    renamings: explorer.expander.renamings,
    closed: found === undefined && left === 0,
    ...(cut === undefined ? {} : { cut }),
    states: store.count,
    left,
    transitions: explorer.transitions,
    skipped: explorer.skipped,
    depth: explorer.depth,
    levels: levelsOf(explorer),
    notFollowed: { ...explorer.notFollowed },
    outcomes: explorer.outcomes.list(),
    invariants: Object.fromEntries(
      INVARIANTS.map(({ id }, i) => [id, applied[i]] as const).filter(
        ([id]) => question.only?.includes(id) ?? true,
      ),
    ),
    sometimes: SOMETIMES.map(({ id, text }, i) => {
      const state = explorer.witnesses[i];
      if (state < 0) return { id, text };
      const witness = explorer.traceTo(state);
      return { id, text, witness, token: encodeToken(design.id, witness) };
    }),
    differences: differences.list().map((seen) => {
      const witness = explorer.traceTo(seen.state, seen.operation);
      return {
        op: seen.name,
        outcomes: seen.outcomes,
        what: seen.what,
        count: seen.count,
        ...explainDifference(design, against ?? design, witness, seen.what),
        witness,
        token: encodeToken(design.id, witness),
      };
    }),
    ...(found === undefined ? {} : { counterexample: counterexampleOf(explorer, found) }),
    bytes: store.bytes,
    seconds: explorer.spentMs / 1000,
  };
}

import { release } from 'node:os';
import type { Flavour } from '../model/alphabet/specification.js';
import { DESIGNS, type Design } from '../model/designs/index.js';
import { flavourOfKernel, Spec } from '../model/spec/index.js';
import type { TraceDocument } from '../model/trace/trace-file.js';
import { closeTrace } from '../properties/checkers/closing.js';
import { expectationsOf, factsOf } from '../properties/checkers/expectations.js';
import { splitObservations } from '../properties/checkers/explain.js';
import { flavourOfDesign } from '../properties/checkers/flavour-of-design.js';
import { replayOnDesign } from '../properties/checkers/replay.js';
import type { Scenario } from '../reports/reproducers/index.js';
import { unknownId } from './choose.js';
import { UsageError } from './usage-error.js';

const HOST = 'host';
const KERNEL_PREFIX = 'linux-';

interface Subject {
  readonly id: string;
  readonly flavour: Flavour;
  readonly design?: Design;
}

/** @throws UsageError when there is no such System */
function subjectOf(id: string): Subject {
  const design = DESIGNS.find((each) => each.id === id);
  if (design !== undefined) return { id, flavour: flavourOfDesign(design), design };
  if (id !== HOST && !id.startsWith(KERNEL_PREFIX))
    throw unknownId('system', id, [...DESIGNS.map((each) => each.id), HOST]);
  const kernel = id === HOST ? `${KERNEL_PREFIX}${release()}` : id;
  try {
    return { id: kernel, flavour: flavourOfKernel(kernel.slice(KERNEL_PREFIX.length)) };
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

/** What is known of a trace on this System: how it fails there, what it showed, and whether it fails where no user space sees it. */
function known({ trace, note, recording }: TraceDocument, { id, design }: Subject) {
  if (design !== undefined) {
    const { counterexample } = replayOnDesign(design, trace);
    if (counterexample === undefined) return { title: `A trace that ${id} passes.`, seen: [], hidden: false };
    const { failure, observations } = counterexample;
    const title = `${id}, step ${failure.step + 1}: ${failure.rule}. ${failure.text} ${failure.detail}`;
    return { title, seen: observations, hidden: failure.kind === 'invariant' };
  }
  const title = note ?? `A trace for ${id}.`;
  if (recording === undefined || recording.system !== id) return { title, seen: [], hidden: false };
  return { title, seen: splitObservations(trace.ops, recording.obs, recording.steps), hidden: false };
}

/**
 * A trace with what each of its steps should show.
 * @param wanted id of the System whose behaviour is expected: of that which the trace names when left out
 * @throws UsageError when there is none, or it is not known
 */
export function scenarioOf(document: TraceDocument, wanted = document.system): Scenario {
  if (wanted === undefined) throw new UsageError('the trace names no system: add --system ID');
  const subject = subjectOf(wanted);
  const { title, seen, hidden } = known(document, subject);
  // What an invariant forbids need not have been seen yet: in this System, or in the one that the trace was found in.
  const own = DESIGNS.find(({ id }) => id === document.system);
  const unseen = hidden || (own !== undefined && known(document, subjectOf(own.id)).hidden);
  const trace = unseen ? closeTrace(new Spec(subject.flavour), document.trace) : document.trace;
  return {
    trace,
    expectations: expectationsOf(subject.flavour, trace, seen),
    facts: factsOf(subject.flavour, trace),
    title,
    like: subject.id,
    system: subject.id,
  };
}

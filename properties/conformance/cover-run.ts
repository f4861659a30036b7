import { OP_WIDTH } from '../../model/alphabet/bounds.js';
import { obsWidth } from '../../model/alphabet/observations.js';
import { traceLength } from '../../model/alphabet/trace.js';
import type { CoverResult, MissedFeature } from '../../model/conformance.js';
import { statusName } from '../../model/trace/observation-json.js';
import type { Answered } from './trace-list.js';
import type { Feature } from './transition-cover.js';
import { reasonOf, unobservedIn } from './unobserved.js';

/** Tells which features of a transition cover a kernel showed. */
export class CoverRun {
  readonly #missed: MissedFeature[] = [];
  readonly #features: number;
  answered = 0;

  /** @param features that the cover has */
  constructor(features: number) {
    this.#features = features;
  }

  add({ item, trace, recording, failure }: Answered<Feature>): void {
    this.answered++;
    const length = traceLength(item.trace.ops);
    const miss = (how: MissedFeature['how'], why: string): void => {
      this.#missed.push({ feature: item.id, how, why });
    };
    // What closes the sequence does not belong to the feature.
    const [impossible] = unobservedIn(trace.ops, recording).filter((at) => at < length * OP_WIDTH);
    if (failure !== undefined && failure.step < length) miss('disagreed', failure.detail);
    else if (impossible !== undefined) miss('unobserved', reasonOf(trace.ops, impossible));
    else if (item.status !== undefined) {
      const status = statusAt(trace.ops, recording.obs, length - 1);
      if (status !== item.status) miss('otherwise', String(statusName(status)));
    }
  }

  result(): CoverResult {
    const shown = this.answered - this.#missed.length;
    return { features: this.#features, shown, missed: this.#missed };
  }
}

/** What operation number `step` was answered. */
function statusAt(ops: Int32Array, obs: Int32Array, step: number): number {
  let start = 0;
  for (let at = 0; at < step * OP_WIDTH; at += OP_WIDTH) start += obsWidth(ops[at]);
  return obs[start];
}

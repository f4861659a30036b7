import { OBS_WIDTH, OP_WIDTH } from '../../model/alphabet/bounds.js';
import { BOUND } from '../../model/alphabet/observations.js';
import type { Flavour } from '../../model/alphabet/specification.js';
import type { Trace } from '../../model/alphabet/trace.js';
import { Spec } from '../../model/spec/index.js';
import { Closing, MAX_CLOSING } from './closing.js';

/**
 * The trace with the observations that close a sequence behind it: an error that it makes and does not look at shows there, if
 * user space can see it at all.
 */
export function withClosing(flavour: Flavour, { env, ops }: Trace): Trace {
  const spec = new Spec(flavour);
  const closing = new Closing(spec.view);
  const obs = new Int32Array(OBS_WIDTH);
  const all = new Int32Array(ops.length + MAX_CLOSING * OP_WIDTH);
  all.set(ops);
  spec.reset(env);
  for (let at = 0; at < ops.length; at += OP_WIDTH) spec.step(all, at, obs);
  let end = ops.length;
  closing.begin(false);
  while (closing.next(all, end)) {
    spec.step(all, end, obs);
    end += OP_WIDTH;
    if (obs[0] === BOUND) break;
  }
  return { env, ops: all.slice(0, end) };
}

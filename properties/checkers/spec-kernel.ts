import { OBS_WIDTH, OP_WIDTH } from '../../model/alphabet/bounds.js';
import { obsWidth } from '../../model/alphabet/observations.js';
import type { Specification } from '../../model/alphabet/specification.js';
import type { Env, Recording, TraceSystem } from '../../model/alphabet/system.js';

/** A specification in the place of a kernel: it answers whole traces, as that kernel would. */
export class SpecKernel implements TraceSystem {
  readonly id: string;
  readonly env: Env;
  readonly #spec: Specification;

  /** @param kernel whose id and environment it takes */
  constructor({ id, env }: Pick<TraceSystem, 'id' | 'env'>, spec: Specification) {
    this.id = id;
    this.env = env;
    this.#spec = spec;
  }

  async run(traces: readonly Int32Array[]): Promise<Recording[]> {
    return traces.map((ops) => this.#record(ops));
  }

  async close(): Promise<void> {}

  #record(ops: Int32Array): Recording {
    const all = new Int32Array((ops.length / OP_WIDTH) * OBS_WIDTH);
    const obs = new Int32Array(OBS_WIDTH);
    let end = 0;
    this.#spec.reset(this.env);
    for (let at = 0; at < ops.length; at += OP_WIDTH) {
      this.#spec.step(ops, at, obs);
      const width = obsWidth(ops[at]);
      all.set(obs.subarray(0, width), end);
      end += width;
    }
    return { obs: all.slice(0, end), steps: ops.length / OP_WIDTH };
  }
}

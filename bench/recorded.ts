// Random sequences of a kernel, what its agent saw, and both as scenarios for reproducers: for the bench and for tests.
import type { Flavour } from '../model/alphabet/specification.js';
import type { Recording } from '../model/alphabet/system.js';
import type { Trace } from '../model/alphabet/trace.js';
import type { KernelSystem } from '../model/linux/kernel-system.js';
import { findingsOfKernel, flavourOfKernel, Spec } from '../model/spec/index.js';
import { expectationsOf, factsOf } from '../properties/checkers/expectations.js';
import { splitObservations } from '../properties/checkers/explain.js';
import { KernelOracle } from '../properties/checkers/kernel-oracle.js';
import { KernelSequences } from '../properties/checkers/kernel-sequences.js';
import { releaseOf } from '../properties/checkers/release.js';
import type { Scenario } from '../reports/reproducers/index.js';

/** Operations drawn for a sequence, before those that close it. */
export const LENGTH = 25;

/** One kernel, and its specification. */
export class Recorded {
  readonly #kernel: KernelSystem;
  readonly #flavour: Flavour;
  readonly #known: Spec;
  readonly #oracle: KernelOracle;

  constructor(kernel: KernelSystem) {
    this.#kernel = kernel;
    const release = releaseOf(kernel);
    this.#flavour = flavourOfKernel(release);
    this.#known = new Spec(this.#flavour | findingsOfKernel(release));
    this.#oracle = new KernelOracle(release);
  }

  /** Sequences, and what the agent saw of each. */
  async drawn(count: number, seed: number, first = 0): Promise<{ trace: Trace; recording: Recording }[]> {
    const sequences = new KernelSequences(this.#known, this.#kernel.env, LENGTH);
    const traces = Array.from({ length: count }, (_, i) => sequences.draw({ high: seed, low: first + i }));
    const recordings = await this.#kernel.run(traces.map(({ ops }) => ops));
    return traces.map((trace, i) => ({ trace, recording: recordings[i] }));
  }

  /** Exactly what the agent saw, right or wrong. */
  asSeen(trace: Trace, recording: Recording): Scenario {
    const { id } = this.#kernel;
    const expectations = splitObservations(trace.ops, recording.obs, recording.steps).map((obs) => ({
      allowed: [{ obs, rule: 'as the agent saw it' }],
    }));
    return { trace, expectations, title: 'As seen.', like: id, system: id, facts: [] };
  }

  asSpecified(trace: Trace, recording: Recording): Scenario {
    const { id } = this.#kernel;
    const seen = splitObservations(trace.ops, recording.obs, recording.steps);
    const facts = factsOf(this.#flavour, trace);
    const expectations = expectationsOf(this.#flavour, trace, seen);
    return { trace, expectations, title: 'As specified.', like: id, system: id, facts };
  }

  /** What mapahead says itself: 0 as specified, 1 not, or with a known finding. */
  verdict(trace: Trace, recording: Recording): number {
    if (this.#oracle.judge(trace, recording).failure !== undefined) return 1;
    return this.#oracle.witnesses(trace, recording).length > 0 ? 1 : 0;
  }
}

import type { Flavour, Specification } from '../../model/alphabet/specification.js';
import type { Recording } from '../../model/alphabet/system.js';
import type { Trace } from '../../model/alphabet/trace.js';
import type { Finding } from '../../model/spec/findings.js';
import { findingsOfKernel, flavourOfKernel, KNOWN_FINDINGS, Spec } from '../../model/spec/index.js';
import type { Failure } from '../../model/verdict.js';
import { explained, splitObservations } from './explain.js';
import { type Judged, judgeRecording } from './judge-recording.js';
import { pointBits } from './point-names.js';

/** A sequence in which a known finding shows. */
export interface Witness {
  readonly finding: Finding;
  readonly failure: Failure;
}

/**
 * What a kernel of one release should answer, in two readings: as it ought to be, and with the defects that are known of it. What
 * the second does not allow is a new disagreement; what only the first does not allow shows a known one.
 */
export class KernelOracle {
  readonly #flavour: Flavour;
  readonly #known: Flavour;
  readonly #specs = new Map<Flavour, Specification>();

  /**
   * @param release as `uname -r` gives it
   * @param measured sides on which the kernel was found, of variation points and findings; default: those of its release
   */
  constructor(release: string, measured?: Flavour) {
    const known = KNOWN_FINDINGS.reduce((bits, { bit }) => bits | (1 << bit), 0);
    this.#flavour = measured === undefined ? flavourOfKernel(release) : measured & ~known;
    this.#known = measured === undefined ? findingsOfKernel(release) : measured & known;
  }

  /** What the kernel is held to: the sides of variation points, and of the findings that are known of it. */
  get expected(): Flavour {
    return this.#flavour | this.#known;
  }

  /** A specification that follows what this kernel really does: for predictions. */
  predictor(): Specification {
    return new Spec(this.expected);
  }

  /** A specification that does what the failure shows, where there is an explanation of it. */
  imitationOf({ explainedBy = [], explainedTogether }: Failure): Specification | undefined {
    if (explainedBy.length === 0) return undefined;
    const flipped = explainedTogether === true ? explainedBy : explainedBy.slice(0, 1);
    return new Spec(pointBits(flipped).reduce((mask, bit) => mask ^ (1 << bit), this.expected));
  }

  /** Judge with the known defects allowed. */
  judge(trace: Trace, recording: Recording): Judged {
    return judgeRecording(this.#spec(this.expected), trace, recording);
  }

  /** How the recording shows this known finding, if it does: it is wrong as long as this defect is not allowed. */
  shows({ bit }: Finding, trace: Trace, recording: Recording): Failure | undefined {
    const without = this.expected & ~(1 << bit);
    return judgeRecording(this.#spec(without), trace, recording).failure;
  }

  /** The known findings that a recording shows which is otherwise right. */
  witnesses(trace: Trace, recording: Recording): Witness[] {
    // Most recordings show none, and then one reading is enough.
    if (judgeRecording(this.#spec(this.#flavour), trace, recording).failure === undefined) return [];
    return KNOWN_FINDINGS.flatMap((finding) => {
      if ((this.#known & (1 << finding.bit)) === 0) return [];
      const failure = this.shows(finding, trace, recording);
      return failure === undefined ? [] : [{ finding, failure }];
    });
  }

  /** The failure with the variation points that would explain it. */
  explained(failure: Failure, trace: Trace, recording: Recording, consulted: number): Failure {
    if (failure.kind !== 'spec') return failure;
    const observations = splitObservations(trace.ops, recording.obs, failure.step + 1);
    return explained(failure, (f) => this.#spec(f), this.expected, consulted, trace, observations);
  }

  #spec(flavour: Flavour): Specification {
    let spec = this.#specs.get(flavour);
    if (spec === undefined) {
      spec = new Spec(flavour);
      this.#specs.set(flavour, spec);
    }
    return spec;
  }
}

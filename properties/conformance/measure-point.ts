import { OBS_WIDTH, OP_WIDTH } from '../../model/alphabet/bounds.js';
import type { Flavour, VariationPoint } from '../../model/alphabet/specification.js';
import type { Recording, TraceSystem } from '../../model/alphabet/system.js';
import { type Trace, traceLength } from '../../model/alphabet/trace.js';
import type { SideResult } from '../../model/conformance.js';
import { Spec } from '../../model/spec/index.js';
import { encodeToken } from '../../model/trace/token.js';
import type { Failure } from '../../model/verdict.js';
import { askKernel } from '../checkers/ask-kernel.js';
import { splitObservations } from '../checkers/explain.js';
import { judgeRecording } from '../checkers/judge-recording.js';
import { distinguishing, type SearchedAlphabet } from './shortest-difference.js';
import { reasonOf, unobservedIn } from './unobserved.js';

/** Times that each sequence is run: a kernel that does not always answer alike is no witness. */
const REPEATS = 10;

type Side = 0 | 1;

/** A variation point or known finding, and its bit in a flavour. */
export interface Point {
  readonly point: VariationPoint;
  readonly bit: number;
  readonly finding: boolean;
}

/** A sequence and what a kernel answered to it. */
export interface Shown {
  readonly trace: Trace;
  readonly recording: Recording;
}

/** What a kernel showed in a sequence that tells two sides apart. */
interface Seen extends Shown {
  readonly side?: Side;
  /** Neither side allows it: what was wrong for the expected one. */
  readonly unexplained?: Failure;
}

/** What measuring a point came to. */
export interface Measured {
  readonly result: SideResult;
  /** What neither side explains. */
  readonly unexplained?: Shown;
}

/** Measures points on one kernel; what its machine turned out not to be able to do is not tried again. */
export class PointMeasurement {
  readonly #kernel: TraceSystem;
  readonly #expected: Flavour;
  readonly #alphabets: readonly SearchedAlphabet[];
  /** Operations that this machine answered UNOBSERVED, and why. */
  readonly #impossible = new Map<string, string>();

  /**
   * @param expected the sides that the kernel's release says
   * @param alphabets of which sequences that tell sides apart are made
   */
  constructor(kernel: TraceSystem, expected: Flavour, alphabets: readonly SearchedAlphabet[]) {
    this.#kernel = kernel;
    this.#expected = expected;
    this.#alphabets = alphabets;
  }

  /**
   * @param flavour the sides of all other points
   * @throws KernelLost when the kernel cannot be asked any more
   */
  async measure({ point, bit, finding }: Point, flavour: Flavour): Promise<Measured> {
    const expected: Side = ((this.#expected >> bit) & 1) === 1 ? 1 : 0;
    const about = { id: point.id, finding, sides: point.sides, expected };
    const unobservable = (notObservable: string): Measured => ({ result: { ...about, notObservable } });
    const flavours = [flavour & ~(1 << bit), flavour | (1 << bit)] as const;
    for (;;) {
      const candidates = this.#candidates(flavours, (key) => !this.#impossible.has(key));
      if (candidates.length === 0) return unobservable(this.#reason(flavours));
      const seen = await this.#ask(candidates, flavours, expected);
      if (seen === 'impossible') continue;
      if (seen === undefined) return unobservable('its sequences end early there');
      const { side, trace, recording, unexplained } = seen;
      const witness = {
        trace,
        observations: splitObservations(trace.ops, recording.obs, recording.steps),
        token: encodeToken(this.#kernel.id, trace),
        repeats: REPEATS,
      };
      if (unexplained !== undefined)
        return { result: { ...about, witness, unexplained }, unexplained: { trace, recording } };
      return side === undefined
        ? unobservable('it does not always answer alike')
        : { result: { ...about, measured: side, witness } };
    }
  }

  /**
   * Run the candidates. @returns what the first that tells showed; undefined when none does; `impossible` when the machine cannot do
   * an operation of theirs, which is then left out of the alphabets.
   */
  async #ask(
    candidates: readonly Trace[],
    flavours: readonly [Flavour, Flavour],
    expected: Side,
  ): Promise<Seen | undefined | 'impossible'> {
    let silent: Seen | undefined;
    for (const { ops } of candidates) {
      const trace: Trace = { env: this.#kernel.env, ops };
      const recordings = await askKernel(
        this.#kernel,
        Array.from({ length: REPEATS }, () => trace),
      );
      const impossible = unobservedIn(ops, recordings[0]);
      if (impossible.length > 0) {
        for (const at of impossible) this.#impossible.set(keyOf(ops, at), reasonOf(ops, at));
        return 'impossible';
      }
      const judged = recordings.map((recording) => ({
        recording,
        zero: judgeRecording(new Spec(flavours[0]), trace, recording).failure,
        one: judgeRecording(new Spec(flavours[1]), trace, recording).failure,
      }));
      for (const { recording, zero, one } of judged)
        if (zero !== undefined && one !== undefined)
          return { trace, recording, unexplained: expected === 0 ? zero : one };
      if (recordings.some(({ steps }) => steps < traceLength(ops))) return undefined;
      const found = { trace, recording: recordings[0] };
      // Only one side says anything here, and the kernel did what it says: unless another sequence tells, it is on that side.
      if (judged.every(({ zero, one }) => zero === undefined && one === undefined)) {
        silent ??= { ...found, side: exactSide(flavours[0], trace) };
        continue;
      }
      if (judged.every(({ zero }) => zero !== undefined)) return { ...found, side: 1 };
      if (judged.every(({ one }) => one !== undefined)) return { ...found, side: 0 };
      return found;
    }
    return silent;
  }

  /** Sequences that tell the sides apart, of the operations whose keys are wanted. */
  #candidates(flavours: readonly [Flavour, Flavour], wanted: (key: string) => boolean): readonly Trace[] {
    const alphabets = this.#alphabets.map(({ ops: all, depth }): SearchedAlphabet => {
      const kept = Array.from({ length: traceLength(all) }, (_, i) => i * OP_WIDTH).filter((at) =>
        wanted(keyOf(all, at)),
      );
      const ops = new Int32Array(kept.length * OP_WIDTH);
      kept.forEach((from, to) => {
        ops.set(all.subarray(from, from + OP_WIDTH), to * OP_WIDTH);
      });
      return { ops, depth };
    });
    // What a machine with AUX buffers could do is tried, too: the kernel says whether it can.
    return distinguishing({ ...this.#kernel.env, aux: true }, alphabets, flavours);
  }

  /** Why there is no sequence without the operations that the machine cannot do: what a sequence with them would need. */
  #reason(flavours: readonly [Flavour, Flavour]): string {
    const [trace] = this.#candidates(flavours, () => true);
    if (trace === undefined) return 'no sequence within the bounds tells the sides apart';
    const keys = Array.from({ length: traceLength(trace.ops) }, (_, i) => keyOf(trace.ops, i * OP_WIDTH));
    return [...new Set(keys.flatMap((key) => this.#impossible.get(key) ?? []))].join(', ');
  }
}

const keyOf = (ops: Int32Array, at: number): string => ops.subarray(at, at + OP_WIDTH).join();

/** The side whose specification says one thing only to the end of the sequence. @param zero the flavour of side 0 */
export function exactSide(zero: Flavour, { env, ops }: Trace): Side {
  const spec = new Spec(zero);
  const obs = new Int32Array(OBS_WIDTH);
  spec.reset(env);
  for (let at = 0; at < ops.length; at += OP_WIDTH) {
    spec.step(ops, at, obs);
    if (spec.state.open || spec.state.alternative !== 0) return 1;
  }
  return 0;
}

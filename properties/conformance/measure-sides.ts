import { OBS_WIDTH, OP_WIDTH } from '../../model/alphabet/bounds.js';
import type { Flavour, VariationPoint } from '../../model/alphabet/specification.js';
import type { Recording, TraceSystem } from '../../model/alphabet/system.js';
import { type Trace, traceLength } from '../../model/alphabet/trace.js';
import type { SideResult } from '../../model/conformance.js';
import { KNOWN_FINDINGS, Spec, VARIATION_POINTS } from '../../model/spec/index.js';
import { encodeToken } from '../../model/trace/token.js';
import type { Failure } from '../../model/verdict.js';
import { askKernel } from '../checkers/ask-kernel.js';
import { splitObservations } from '../checkers/explain.js';
import { judgeRecording } from '../checkers/judge-recording.js';
import { alphabetOf } from '../explorer/alphabet.js';
import { POINT_BOUNDS } from './point-bounds.js';
import { distinguishing, type SearchedAlphabet } from './shortest-difference.js';
import { reasonOf, unobservedIn } from './unobserved.js';

/** Times that each sequence is run: a kernel that does not always answer alike is no witness. */
const REPEATS = 10;
/** Rounds of all points; a second one is needed where a kernel is not on the sides that its release says. */
const MOST_ROUNDS = 4;

type Side = 0 | 1;

/** A variation point or known finding, and its bit in a flavour. */
interface Point {
  readonly point: VariationPoint;
  readonly bit: number;
  readonly finding: boolean;
}

const POINTS: readonly Point[] = [
  ...VARIATION_POINTS.map((point, bit) => ({ point, bit, finding: false })),
  ...KNOWN_FINDINGS.map((point) => ({ point, bit: point.bit, finding: true })),
];

/** A sequence and what a kernel answered to it. */
interface Shown {
  readonly trace: Trace;
  readonly recording: Recording;
}

/** What a kernel showed in a sequence that tells two sides apart. */
interface Seen extends Shown {
  readonly side?: Side;
  /** Neither side allows it: what was wrong for the expected one. */
  readonly unexplained?: Failure;
}

export interface SidesOptions {
  /** Asked between points: true ends the measurement. */
  readonly stop: () => boolean;
  /** Called before each point. */
  readonly onPoint?: (id: string) => void;
}

/** On which sides a kernel was found. */
export interface Sides {
  readonly results: readonly SideResult[];
  /** What neither side of its point explains. */
  readonly unexplained: readonly Shown[];
  /** The sides that were measured, and for those that were not the expected ones. */
  readonly flavour: Flavour;
}

class Measurement {
  /** Operations that this machine answered UNOBSERVED, and why. */
  readonly #impossible = new Map<string, string>();
  /** By id of the point: what neither side explained, in the last round. */
  readonly unexplained = new Map<string, Shown>();

  constructor(
    private readonly kernel: TraceSystem,
    private readonly expected: Flavour,
  ) {}

  /** One round: every point, with all others on the sides of this flavour. */
  async round(flavour: Flavour, { stop, onPoint }: SidesOptions): Promise<SideResult[]> {
    const results: SideResult[] = [];
    this.unexplained.clear();
    for (const each of POINTS) {
      if (stop()) break;
      onPoint?.(each.point.id);
      results.push(await this.#measure(each, flavour));
    }
    return results;
  }

  async #measure({ point, bit, finding }: Point, flavour: Flavour): Promise<SideResult> {
    const expected: Side = ((this.expected >> bit) & 1) === 1 ? 1 : 0;
    const about = { id: point.id, finding, sides: point.sides, expected };
    const flavours = [flavour & ~(1 << bit), flavour | (1 << bit)] as const;
    for (;;) {
      const candidates = this.#candidates(flavours, (key) => !this.#impossible.has(key));
      if (candidates.length === 0) return { ...about, notObservable: this.#reason(flavours) };
      const seen = await this.#ask(candidates, flavours, expected);
      if (seen === 'impossible') continue;
      if (seen === undefined) return { ...about, notObservable: 'its sequences end early there' };
      const { side, trace, recording, unexplained } = seen;
      const witness = {
        trace,
        observations: splitObservations(trace.ops, recording.obs, recording.steps),
        token: encodeToken(this.kernel.id, trace),
        repeats: REPEATS,
      };
      if (unexplained !== undefined) {
        this.unexplained.set(point.id, { trace, recording });
        return { ...about, witness, unexplained };
      }
      return side === undefined
        ? { ...about, notObservable: 'it does not always answer alike' }
        : { ...about, measured: side, witness };
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
      const trace: Trace = { env: this.kernel.env, ops };
      const recordings = await askKernel(
        this.kernel,
        Array.from({ length: REPEATS }, () => trace),
      );
      const impossible = unobservedIn(ops, recordings[0]);
      if (impossible.length > 0) {
        for (const at of impossible) this.#impossible.set(keyOf(ops, at), reasonOf(ops, at));
        return 'impossible';
      }
      const sides = recordings.map((recording) => sideOf(flavours, trace, recording));
      const neither = recordings[sides.indexOf('neither')];
      if (neither !== undefined) {
        const { failure } = judgeRecording(new Spec(flavours[expected]), trace, neither);
        return { trace, recording: neither, ...(failure === undefined ? {} : { unexplained: failure }) };
      }
      if (recordings.some(({ steps }) => steps < traceLength(ops))) return undefined;
      const [first] = sides;
      const found = { trace, recording: recordings[0] };
      // Only one side says anything here, and the kernel did what it says: unless another sequence tells, it is on that side.
      if (sides.every((side) => side === 'either')) {
        silent ??= { ...found, side: exactSide(flavours, trace) };
        continue;
      }
      const alike = (first === 0 || first === 1) && sides.every((side) => side === first);
      return alike ? { ...found, side: first } : found;
    }
    return silent;
  }

  /** Sequences that tell the sides apart, of the operations whose keys are wanted. */
  #candidates(flavours: readonly [Flavour, Flavour], wanted: (key: string) => boolean): readonly Trace[] {
    const alphabets = POINT_BOUNDS.map(({ bounds, depth }): SearchedAlphabet => {
      const all = alphabetOf(bounds);
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
    return distinguishing({ ...this.kernel.env, aux: true }, alphabets, flavours);
  }

  /** Why there is no sequence without the operations that the machine cannot do: what a sequence with them would need. */
  #reason(flavours: readonly [Flavour, Flavour]): string {
    const [trace] = this.#impossible.size === 0 ? [] : this.#candidates(flavours, () => true);
    if (trace === undefined) return 'no sequence within the bounds tells the sides apart';
    const keys = Array.from({ length: traceLength(trace.ops) }, (_, i) => keyOf(trace.ops, i * OP_WIDTH));
    return [...new Set(keys.flatMap((key) => this.#impossible.get(key) ?? []))].join(', ');
  }
}

const keyOf = (ops: Int32Array, at: number): string => ops.subarray(at, at + OP_WIDTH).join();

/** The side whose specification alone allows the recording. */
function sideOf(
  flavours: readonly [Flavour, Flavour],
  trace: Trace,
  recording: Recording,
): Side | 'either' | 'neither' {
  const [zero, one] = flavours.map(
    (flavour) => judgeRecording(new Spec(flavour), trace, recording).failure === undefined,
  );
  if (zero === one) return zero ? 'either' : 'neither';
  return zero ? 0 : 1;
}

/** The side whose specification says one thing only to the end of the sequence. */
function exactSide(flavours: readonly [Flavour, Flavour], { env, ops }: Trace): Side {
  const spec = new Spec(flavours[0]);
  const obs = new Int32Array(OBS_WIDTH);
  spec.reset(env);
  for (let at = 0; at < ops.length; at += OP_WIDTH) {
    spec.step(ops, at, obs);
    if (spec.state.open || spec.state.alternative !== 0) return 1;
  }
  return 0;
}

/** The flavour with the sides that were measured. */
function flavourWith(flavour: Flavour, results: readonly SideResult[]): Flavour {
  let sides = flavour;
  for (const { id, measured } of results) {
    const bit = POINTS.find(({ point }) => point.id === id)?.bit;
    if (bit === undefined || measured === undefined) continue;
    sides = measured === 1 ? sides | (1 << bit) : sides & ~(1 << bit);
  }
  return sides;
}

/**
 * On which side of each variation point and known finding a kernel is: each by a shortest sequence that tells the sides apart, run on that
 * kernel, given the sides of all others. Where a kernel is not on the sides that its release says, they are all measured again.
 * @param expected the sides that its release says
 * @throws KernelLost when the kernel cannot be asked any more
 */
export async function measureSides(
  kernel: TraceSystem,
  expected: Flavour,
  options: SidesOptions,
): Promise<Sides> {
  const measurement = new Measurement(kernel, expected);
  let flavour = expected;
  let results: SideResult[] = [];
  for (let round = 0; round < MOST_ROUNDS; round++) {
    results = await measurement.round(flavour, options);
    const measured = flavourWith(flavour, results);
    if (measured === flavour || options.stop()) break;
    flavour = measured;
  }
  return { results, unexplained: [...measurement.unexplained.values()], flavour };
}

// Kernels to be compared: specifications and modelled kernels behind the interface of a real one.
import type { Env, System, TraceSystem } from '#model/alphabet/system';
import { KNOWN_FINDINGS, VARIATION_POINTS } from '#model/spec/index';
import type { OpenableKernel, StartLimits } from '#properties/conformance/kernel-pool';
import { type Alter, FakeKernel, FakeSystem, KERNEL_FLAVOUR } from '../checkers/fakes.js';

/** A fake kernel that starts sequences from given limits. */
class PlacedKernel extends FakeKernel {
  override readonly env: Env;

  constructor(system: System, start: StartLimits) {
    super(system);
    this.env = { ...DEFAULTS, ...start };
  }
}

const DEFAULTS: Omit<Env, 'gift' | 'rlimit'> = { paranoid: 2, pku: false, thp: true, ksm: true, aux: false };

export interface Opened extends OpenableKernel {
  /** The limits with which it was opened, in order. */
  readonly starts: StartLimits[];
  readonly systems: TraceSystem[];
  /** How many of them are open. */
  open_now: number;
}

/** A kernel that is such a System each time that it is opened. */
export function kernelOf(system: () => System, name = 'fake'): Opened {
  const opened: Opened = {
    name,
    starts: [],
    systems: [],
    open_now: 0,
    async open(start) {
      const placed = new PlacedKernel(system(), start);
      opened.starts.push(start);
      opened.systems.push(placed);
      opened.open_now++;
      placed.close = async () => {
        opened.open_now--;
      };
      return placed;
    },
  };
  return opened;
}

/** A kernel that follows a flavour of the specification, but for what `alter` makes of it. */
export const specKernel = (flavour = KERNEL_FLAVOUR, alter?: Alter): Opened =>
  kernelOf(() => new FakeSystem(alter, flavour));

/** The bit of a variation point or known finding. @throws RangeError */
export function bitOf(id: string): number {
  const bit = VARIATION_POINTS.findIndex((point) => point.id === id);
  if (bit >= 0) return 1 << bit;
  const finding = KNOWN_FINDINGS.find((each) => each.id === id);
  if (finding === undefined) throw new RangeError(`no point is called ${id}`);
  return 1 << finding.bit;
}

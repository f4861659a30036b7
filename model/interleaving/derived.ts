import type { Design } from '../designs/design.js';
import type { World } from '../kernel/world.js';
import type { Mutant } from '../mutants/index.js';

/** An operation that is under way: each `next` runs it to its next point, which it names. */
export type Suspended = Generator<number, number, void>;

/** As the sequential `Handler`, but it may give an operation that is under way instead of its status. */
type DerivedHandler = (
  w: World,
  proc: number,
  a: number,
  b: number,
  c: number,
  d: number,
  e: number,
  f: number,
  obs: Int32Array,
) => number | Suspended;

/** A point of the source at which operations are suspended. */
interface Site {
  /** "model/perf/event.ts:92". */
  readonly at: string;
  /** The function that it is in. */
  readonly in: string;
  /** The call before (or, of an unlock, after) which another task may run. */
  readonly call: string;
}

/** The model, derived from the same source so that its operations can be suspended (scripts/interleave.mjs). */
export interface Derived {
  readonly handlers: readonly DerivedHandler[];
  readonly names_nothing: (w: World, ops: Int32Array, at: number) => boolean;
  readonly designs: readonly Design[];
  readonly mutants: readonly Mutant[];
  readonly sites: readonly Site[];
  /** What `calc_limits` has found for the mmap under way: a local variable in C, so each task's own. */
  readonly charge: { user: number; pinned: number };
}

const at = (path: string): string => new URL(`../../interleaved/${path}`, import.meta.url).href;

/** Load it. @throws Error when the project was not built whole */
export async function loadDerived(): Promise<Derived> {
  const [{ HANDLERS }, { names_nothing }, { DESIGNS }, { INTERLEAVINGS, MUTANTS }, { SITES }, { charge }] =
    await Promise.all([
      import(at('model/syscalls/handlers.js')),
      import(at('model/syscalls/skip.js')),
      import(at('model/designs/index.js')),
      import(at('model/mutants/index.js')),
      import(at('sites.js')),
      import(at('model/perf/account.js')),
    ]);
  return {
    handlers: HANDLERS,
    names_nothing,
    designs: DESIGNS,
    mutants: [...MUTANTS, ...INTERLEAVINGS],
    sites: SITES,
    charge,
  };
}

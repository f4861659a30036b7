// The tests that every invariant has: it holds, with something to look at; it catches; it does not cry wolf.
import { expect, it } from 'vitest';
import { advance } from '#model/designs/advance';
import { demand_fault } from '#model/designs/demand-fault';
import type { Design } from '#model/designs/design';
import type { MomentInvariant } from '#properties/invariants/at-every-moment';
import type { Invariant } from '#properties/invariants/invariant';
import type { Step } from '../model/linux/story.js';
import { type Asking, ask } from './ask.js';
import { LIFE } from './lives.js';
import { planted } from './planted-designs.js';

/** Any of the invariants. */
type Any = Invariant | MomentInvariant;

export const INTENDED: readonly Design[] = [advance, demand_fault];

/** It holds through everything that a buffer can live through, and not because it looks at nothing. */
export function itHolds(invariant: Any, designs: readonly Design[] = INTENDED): void {
  it.each(designs)('holds for $id, with something to look at', (design) => {
    const asked = ask(invariant, design, { steps: LIFE });
    expect(asked.broken).toBeUndefined();
    expect(asked.looked).toBeGreaterThan(0);
  });
}

/** Sequences that look like those that it catches something in, and are right. */
export function itAllows(invariant: Any, what: string, asking: Asking | readonly Step[]): void {
  it.each(INTENDED)(`allows ${what}: $id`, (design) => {
    expect(ask(invariant, design, 'steps' in asking ? asking : { steps: asking }).broken).toBeUndefined();
  });
}

/** It holds until the last operation of the sequence, and then says this. */
export function itCatches(
  invariant: Any,
  design: Design | string,
  asking: Asking & { readonly says: string },
): void {
  const defective = typeof design === 'string' ? planted(design) : design;
  it(`catches ${defective.id}`, () => {
    const { broken } = ask(invariant, defective, asking);
    expect(broken).toEqual({ step: asking.steps.length - 1, detail: asking.says });
  });
}

import { describe, expect, it } from 'vitest';
import { AuxPlan } from '#properties/arbitraries/aux-plan';

/** A plan for descriptor 1 of process 1: its event can have an AUX area, its buffer is at page 9. */
function planned(): AuxPlan {
  const plan = new AuxPlan();
  plan.opened(1, 1, true);
  plan.mapped(1, 1, 9);
  plan.start(1, 1, 9, 4, 2);
  return plan;
}

const of = (plan: AuxPlan, proc: number, fd: number): unknown => ({
  capable: plan.capable(proc, fd),
  control: plan.controlPage(proc, fd),
  offset: plan.offsetOf(proc, fd),
  npages: plan.npagesOf(proc, fd),
});

const NOTHING = { capable: false, control: 0, offset: 0, npages: 0 };
const PLANNED = { capable: true, control: 9, offset: 4, npages: 2 };

describe('AuxPlan', () => {
  it('knows nothing at first, and after it was told to forget', () => {
    expect(of(new AuxPlan(), 1, 1)).toEqual(NOTHING);
    expect(new AuxPlan().left).toBe(0);
    const plan = planned();
    plan.forget();
    expect(of(plan, 1, 1)).toEqual(NOTHING);
    expect(plan.left).toBe(0);
  });

  it('has two operations left at the start, and says what they need', () => {
    const { left, proc, fd, page, offset, npages } = planned();
    expect({ left, proc, fd, page, offset, npages }).toEqual({
      left: 2,
      proc: 1,
      fd: 1,
      page: 9,
      offset: 4,
      npages: 2,
    });
  });

  it('knows each descriptor of each process by itself', () => {
    const plan = planned();
    plan.opened(2, 3, true);
    plan.mapped(2, 3, 17);
    plan.start(2, 3, 17, 8, 4);
    plan.mapped(2, 0, 21);
    expect(of(plan, 1, 1)).toEqual(PLANNED);
    expect(of(plan, 2, 3)).toEqual({ capable: true, control: 17, offset: 8, npages: 4 });
    expect(of(plan, 2, 0)).toEqual({ ...NOTHING, control: 21 });
    expect(of(plan, 0, 1)).toEqual(NOTHING);
    expect(of(plan, 1, 3)).toEqual(NOTHING);
  });

  it('has no area for an event that is opened, which can have one or not', () => {
    const plan = planned();
    plan.opened(1, 1, true);
    expect(plan.capable(1, 1)).toBe(true);
    expect(plan.offsetOf(1, 1)).toBe(0);
    plan.opened(1, 2, true);
    plan.opened(1, 1, false);
    expect([1, 2].map((fd) => plan.capable(1, fd))).toEqual([false, true]);
  });

  it('knows the same of a duplicate as of the descriptor', () => {
    const plan = planned();
    plan.copied(1, 1, 3);
    expect(of(plan, 1, 3)).toEqual(PLANNED);
    plan.copied(1, 2, 3);
    expect(of(plan, 1, 3)).toEqual(NOTHING);
  });

  it('knows the area of an event that writes into the buffer, whatever that event can have of its own', () => {
    const plan = planned();
    plan.redirected(1, 2, 1);
    expect(of(plan, 1, 2)).toEqual({ ...PLANNED, capable: false });
  });

  it('knows the same of a child as of its parent, for every descriptor', () => {
    const plan = planned();
    plan.opened(1, 0, true);
    plan.mapped(1, 3, 30);
    plan.mapped(2, 0, 8);
    plan.forked(1, 0);
    expect(of(plan, 0, 0)).toEqual({ ...NOTHING, capable: true });
    expect(of(plan, 0, 1)).toEqual(PLANNED);
    expect(of(plan, 0, 3)).toEqual({ ...NOTHING, control: 30 });
    // The parent and the third process are as they were.
    expect(of(plan, 1, 0)).toEqual({ ...NOTHING, capable: true });
    expect(of(plan, 2, 0)).toEqual({ ...NOTHING, control: 8 });
    plan.forked(1, 2);
    expect(of(plan, 2, 1)).toEqual(PLANNED);
    expect(of(plan, 2, 0)).toEqual({ ...NOTHING, capable: true });
  });
});

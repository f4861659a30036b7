import { describe, expect, it, vi } from 'vitest';
import { OK } from '#model/alphabet/observations';
import { advance } from '#model/designs/advance';
import { demand_fault } from '#model/designs/demand-fault';
import type { Design } from '#model/designs/design';
import { v6_14 } from '#model/designs/v6.14';
import { TABLE_FULL } from '#model/kernel/stop';
import { CUT } from '#properties/checkers/lockstep';
import { IRREGULAR, NEW } from '#properties/explorer/states';
import { NOTHING, outcomesOf, started, told, upTo, withMore } from './expanding.js';
import { FIVE } from './tiny.js';

describe('what is not followed', () => {
  it('is where a table of the model was full, or the specification leaves open what follows', () => {
    const full: Design = {
      ...advance,
      id: 'full',
      mmap: () => {
        throw TABLE_FULL;
      },
    };
    const expander = started({ design: full });
    upTo(expander, 1);
    const [notes, batch] = told(expander, 1);
    expect(batch.notFollowed).toEqual({ ...NOTHING, bound: 1 });
    expect(outcomesOf(batch)).toContain('mmap bound 1');
    expect(notes.map(([, , , next]) => next)).toEqual([1, 0, IRREGULAR, 1, 1, 1]);
    const open = started();
    upTo(open, 1);
    vi.spyOn(open.sides[0], 'step').mockReturnValueOnce(CUT);
    expect(told(open, 1)[1].notFollowed).toEqual({ ...NOTHING, open: 1 });
  });

  it('is a state without a normal form', () => {
    const leaky: Design = {
      ...advance,
      id: 'leaky',
      mmap: (w, v) => {
        w.event.used[20] = 1;
        return advance.mmap(w, v);
      },
    };
    const expander = started({ design: leaky, only: ['nothing-left'] });
    upTo(expander, 1);
    const [notes, batch] = told(expander, 1);
    expect(batch.notFollowed).toEqual({ ...NOTHING, irregular: 1 });
    expect(notes.map(([, , , next]) => next)).toEqual([1, 0, IRREGULAR, 1, 1, 1]);
    expect(batch.candidates.length).toBe(0);
  });
});

describe('two designs', () => {
  const against = demand_fault;

  it('go on together, in a state that either has changed', () => {
    const expander = started({ against, bounds: withMore({ op: 'load', with: { page: [0] } }) });
    upTo(expander, 2);
    const [notes, batch] = told(expander, 2);
    // What is loaded is mapped from then on, by the second design.
    expect(notes.map(([, , , next]) => next)).toEqual([2, NEW, 2, 2, 1, NEW, 2]);
    expect(batch.differences.map(([, { name, what, count }]) => [name, what, count])).toEqual([
      ['maps', 'VmFlags io pf', 1],
    ]);
    expect(batch.applied).toHaveLength(2);
    expect(told(expander, 0)[1].differences).toEqual([]);
    const [, again] = told(expander, 2);
    expect(again).toEqual(batch);
  });

  it('part where their outcomes differ', () => {
    const bounds = withMore({ op: 'madvise', with: { page: [0], npages: [2], advice: ['COLD'] } });
    const expander = started({ against, bounds });
    upTo(expander, 2);
    const [notes, batch] = told(expander, 2);
    expect(batch.notFollowed).toEqual({ ...NOTHING, parted: 1 });
    expect(notes.filter(([, , , next]) => next === IRREGULAR)).toHaveLength(1);
    expect(batch.differences.map(([, { name, outcomes }]) => [name, outcomes])).toContainEqual([
      'madvise COLD',
      ['EINVAL', 'ok'],
    ]);
  });

  it('are both judged', () => {
    const expander = started({ against: v6_14 });
    upTo(expander, 2);
    expect(told(expander, 2)[1].found).toEqual({ state: 2, operation: 3 });
    const first = started({ design: v6_14, against: advance });
    upTo(first, 2);
    expect(told(first, 2)[1].found).toEqual({ state: 2, operation: 3 });
    const both = started({
      design: v6_14,
      against: { ...v6_14, id: 'twin' },
      failure: 'another',
      bounds: FIVE,
    });
    upTo(both, 2);
    const [notes, batch] = told(both, 2);
    expect(batch.notFollowed).toEqual({ ...NOTHING, open: 2 });
    expect(notes[3]).toEqual([2, 3, OK, IRREGULAR]);
  });
});

import { describe, expect, it } from 'vitest';
import { advance } from '#model/designs/advance';
import { auditSymmetry } from '#properties/claims/symmetry';
import { ENDLESS, LONELY, search, TINY } from '../explorer/tiny.js';

describe('an audit of symmetry', () => {
  it.each([TINY, LONELY])('counts what both searches store, and the orbits of it: $name', async (bounds) => {
    const audit = await auditSymmetry(advance, bounds, ENDLESS);
    const reduced = await search(advance, bounds);
    const whole = await search(advance, bounds, { symmetry: false });
    expect(audit).toEqual({
      design: 'advance',
      bounds: bounds.name,
      renamings: reduced.renamings,
      stored: reduced.states,
      states: whole.states,
      orbits: reduced.states,
    });
    expect(audit.renamings).toBeGreaterThan(1);
    expect(audit.states).toBeGreaterThan(audit.stored);
  });

  it('is none when a search is cut short', async () => {
    await expect(auditSymmetry(advance, TINY, { ...ENDLESS, depth: 2 })).rejects.toThrow('the depth of 2');
  });
});

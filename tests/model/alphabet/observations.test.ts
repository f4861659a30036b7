import { describe, expect, it } from 'vitest';
import { ARENA_PAGES } from '#model/alphabet/bounds';
import * as observations from '#model/alphabet/observations';
import { STORED } from '#model/alphabet/operands';
import { OP, OP_NAMES } from '#model/alphabet/operations';

describe('observations', () => {
  it('have a view of the arena after maps, two numbers more after status, else status and value', () => {
    for (const [kind, name] of OP_NAMES.entries()) {
      const more = kind === OP.maps ? ARENA_PAGES : kind === OP.status ? 2 : 0;
      expect([name, observations.obsWidth(kind)]).toEqual([name, 2 + more]);
    }
  });

  it('list each VmFlag under its two letters, with its bit', () => {
    const named = Object.entries(observations).flatMap(([name, bit]) => {
      const letters = /^VIEW_([A-Z]{2})$/.exec(name)?.[1].toLowerCase();
      return letters === undefined ? [] : [[letters, bit] as const];
    });
    expect(new Map(observations.VM_FLAGS)).toEqual(new Map(named));
    expect(named.length).toBe(12);
  });

  it('tell bytes of a record from every value that an operation stores', () => {
    expect(observations.RECORD_BYTES).toBeLessThan(STORED.min);
  });
});

import { describe, expect, test } from 'vitest';
import { advance } from '#model/designs/advance';
import type { Design } from '#model/designs/index';
import type { World } from '#model/kernel/world';
import { event_mapped, event_unmapped } from '#model/perf/rdpmc';
import { Session } from '../../support/script.js';

/** A VMA of process 1, of event 2, at the first page of its arena. */
function vma(design: Design): { w: World; v: number } {
  const { w } = new Session(design);
  const v = w.vma.used.length / w.task.alive.length;
  w.vma.file[v] = 3;
  return { w, v };
}
const counts = ({ event, task }: World): number[] => [
  event.mapped[2],
  task.rdpmc_allowed[1],
  task.rdpmc_left[1],
];
const current: Design = { ...advance, event_mm: 'current' };

describe.each([advance, current])(
  'event_mapped and event_unmapped, told of the memory: $event_mm',
  (design) => {
    test('count the mappings of an event and those of a memory', () => {
      const { w, v } = vma(design);
      event_mapped(w, v);
      event_mapped(w, v);
      expect(counts(w)).toEqual([2, 2, 0]);
      event_unmapped(w, v);
      expect(counts(w)).toEqual([1, 1, 0]);
    });
  },
);

test('in the middle of exec they are about the memory that is left', () => {
  const { w, v } = vma(advance);
  w.task.exec[1] = 1;
  event_mapped(w, v);
  expect(counts(w)).toEqual([1, 0, 1]);
  event_unmapped(w, v);
  expect(counts(w)).toEqual([0, 0, 0]);
});

test('or about the one of the task that runs, where a design says so', () => {
  const { w, v } = vma(current);
  w.task.exec[1] = 1;
  event_unmapped(w, v);
  expect(counts(w)).toEqual([-1, -1, 0]);
});

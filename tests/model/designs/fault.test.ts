// The hooks that bring in a page: what they refuse, and what they leave alone then.

import { describe, expect, test } from 'vitest';
import { demand_fault } from '#model/designs/demand-fault';
import { perf_mmap_mkwrite } from '#model/designs/hooks/fault';
import { perf_mmap_pfn_mkwrite } from '#model/designs/hooks/map-range';
import { v6_12 } from '#model/designs/v6.12';
import type { World } from '#model/kernel/world';
import { FAULT_FLAG_WRITE, VM_FAULT_SIGBUS } from '#model/mm/flags';
import { warning } from '../../support/nothing-left.js';
import { run } from '../../support/script.js';

describe.each([v6_12, demand_fault])('fault of $id', (design) => {
  const mapped = (): World => run(design, 'open fd=0\n mmap fd=0 npages=3 prot=read+write').w;
  const fault = (w: World, pgoff: number, flags = 0): number | undefined =>
    design.vm_ops.fault?.(w, 0, pgoff, flags);

  test('takes every page that is read, and says whose it is', () => {
    const w = mapped();
    for (const pgoff of [0, 1, 2]) {
      const p = w.rbData.page[pgoff] - 1;
      const references = w.page.refcount[p];
      expect(fault(w, pgoff)).toBe(p + 1);
      expect([w.page.refcount[p], w.page.mapping[p], w.page.index[p]]).toEqual([references + 1, 1, pgoff]);
    }
  });

  test('lets page 0 be written, and no other', () => {
    const w = mapped();
    expect(fault(w, 0, FAULT_FLAG_WRITE)).toBe(w.rbData.page[0]);
    const written = w.sys.page_field_writes[0];
    expect([fault(w, 1, FAULT_FLAG_WRITE), fault(w, 2, FAULT_FLAG_WRITE)]).toEqual([0, 0]);
    expect(w.sys.page_field_writes[0]).toBe(written);
  });

  test('of a page that the buffer does not have touches nothing', () => {
    const w = mapped();
    expect(fault(w, 5)).toBe(0);
    expect([w.sys.page_field_writes[0], w.rb.aux_mutex[0], w.rb.refcount[0], w.rcu.nesting[0]]).toEqual([
      0, 0, 1, 0,
    ]);
  });

  test('without a buffer is refused, and is no NULL pointer', () => {
    const w = mapped();
    w.event.rb[0] = 0;
    expect(fault(w, 0)).toBe(0);
    expect(warning(w)).toBe('none');
    expect(w.rcu.nesting[0]).toBe(0);
  });
});

test('a write to a page that is already there is allowed to the control page alone', () => {
  const { w } = run(demand_fault, 'open fd=0\n mmap fd=0 npages=3 prot=read');
  for (const hook of [perf_mmap_mkwrite, perf_mmap_pfn_mkwrite]) {
    expect([0, 1, 2].map((pgoff) => hook(w, 0, pgoff, pgoff))).toEqual([0, VM_FAULT_SIGBUS, VM_FAULT_SIGBUS]);
  }
});

import { beforeAll, describe, expect, test } from 'vitest';
import { OP_WIDTH } from '#model/alphabet/bounds';
import { BOUND, HANG, OK } from '#model/alphabet/observations';
import { DEFAULT_ENV } from '#model/alphabet/system';
import type { Design } from '#model/designs/index';
import { type Derived, loadDerived } from '#model/interleaving/derived';
import { Machine } from '#model/interleaving/machine';
import { VM_FAULT_NOPAGE } from '#model/mm/flags';
import { MAX_EVENTS } from '#model/perf/tables';
import { pack } from '../../support/script.js';

let derived: Derived;
let advance: Design;
let demand_fault: Design;
/** A design whose faults say that all is done, and put nothing into the page table. */
let never_done: Design;
beforeAll(async () => {
  derived = await loadDerived();
  const named = (id: string) => derived.designs.find((design) => design.id === id) as Design;
  advance = named('advance');
  demand_fault = named('demand-fault');
  const { vm_ops } = demand_fault;
  never_done = { ...demand_fault, vm_ops: { ...vm_ops, fault: () => -VM_FAULT_NOPAGE } };
});

const operations = (...texts: string[]): Int32Array =>
  Int32Array.from(texts.flatMap((text) => [...pack(text)]));
const MAPPED = operations('open fd=0', 'mmap fd=0 npages=2 prot=read+write');

function toTheEnd(machine: Machine, task: number): void {
  while (machine.enabled(task)) machine.step(task);
}

describe('a task', () => {
  test('that fills a table of the model ends there, and the others go on', () => {
    const opens = Array.from({ length: MAX_EVENTS + 1 }, () => ['open fd=0', 'close fd=0']).flat();
    const machine = new Machine(derived, advance);
    machine.load({
      env: DEFAULT_ENV,
      prefix: operations('fork child=1'),
      tasks: [operations(...opens), operations('1: open fd=3')],
    });
    toTheEnd(machine, 0);
    const [filling, other] = machine.lanes;
    expect([machine.full, filling.over, machine.hung]).toEqual([true, true, -1]);
    expect(filling.observations.slice(0, filling.next).map(([status]) => status)).toEqual([
      ...Array(filling.next - 1).fill(OK),
      BOUND,
    ]);
    expect(filling.next).toBeLessThan(opens.length);
    expect(other.over).toBe(false);
    machine.begin();
    expect(machine.full).toBe(false);
  });

  test('whose fault is retried for ever is named', () => {
    const machine = new Machine(derived, never_done);
    machine.load({
      env: DEFAULT_ENV,
      prefix: MAPPED,
      tasks: [operations('headroom'), operations('load', 'load page=1')],
    });
    toTheEnd(machine, 1);
    expect([machine.hung, machine.full, machine.lanes[1].over]).toEqual([1, false, true]);
    expect(machine.lanes[1].observations[0][0]).toBe(HANG);
    expect(machine.lanes[1].next).toBe(1);
  });

  test('that fails otherwise fails the run: the harness is at fault', () => {
    const broken: Design = {
      ...demand_fault,
      vm_ops: {
        ...demand_fault.vm_ops,
        fault: () => {
          throw new Error('no such thing');
        },
      },
    };
    const machine = new Machine(derived, broken);
    machine.load({ env: DEFAULT_ENV, prefix: MAPPED, tasks: [operations('load')] });
    expect(() => toTheEnd(machine, 0)).toThrow('no such thing');
    expect(() => machine.whole(operations('load'), 0)).toThrow('no such thing');
  });
});

describe('an operation beside the tasks', () => {
  test('ends like one of a task: beyond the tables, or never', () => {
    const machine = new Machine(derived, never_done);
    const seen = machine.load({ env: DEFAULT_ENV, prefix: MAPPED, tasks: [] });
    expect(seen.map(([status]) => status)).toEqual([OK, OK]);
    expect(seen).toHaveLength(MAPPED.length / OP_WIDTH);
    expect(machine.whole(operations('load'), 0)[0]).toBe(HANG);
    const full = new Machine(derived, advance);
    full.load({ env: { ...DEFAULT_ENV, gift: 64 }, prefix: MAPPED, tasks: [] });
    const statuses = Array.from({ length: MAX_EVENTS }, (_, i) => i + 2).flatMap((page) =>
      ['close fd=0', 'open fd=0', `mmap fd=0 page=${page} npages=1 prot=read`].map(
        (text) => full.whole(operations(text), 0)[0],
      ),
    );
    expect(statuses).toContain(BOUND);
    expect(statuses).not.toContain(HANG);
  });
});

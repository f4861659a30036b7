// Tasks beside each other: what each has for itself, and who may go on.
import { beforeAll, describe, expect, test } from 'vitest';
import { OP_WIDTH } from '#model/alphabet/bounds';
import { ERRNO } from '#model/alphabet/errno';
import { OK, obsWidth, SKIP } from '#model/alphabet/observations';
import { DEFAULT_ENV } from '#model/alphabet/system';
import { advance } from '#model/designs/advance';
import { demand_fault } from '#model/designs/demand-fault';
import type { Design } from '#model/designs/index';
import { type Derived, loadDerived } from '#model/interleaving/derived';
import { Machine } from '#model/interleaving/machine';
import { run } from '#model/interleaving/tracking';
import { MAX_PAGES } from '#model/mm/tables';
import { ModelSystem } from '#model/model-system';
import { randomTraces } from '../../support/races/random-traces.js';
import { pack } from '../../support/script.js';

let derived: Derived;
let design: Design;
let faulting: Design;
beforeAll(async () => {
  derived = await loadDerived();
  const named = (id: string) => derived.designs.find((each) => each.id === id) as Design;
  [design, faulting] = [named(advance.id), named(demand_fault.id)];
});

const operations = (...texts: string[]): Int32Array =>
  Int32Array.from(texts.flatMap((text) => [...pack(text)]));

function loaded(prefix: readonly string[], ...tasks: (readonly string[])[]): Machine {
  return loadedOn(design, prefix, ...tasks);
}

function loadedOn(on: Design, prefix: readonly string[], ...tasks: (readonly string[])[]): Machine {
  const machine = new Machine(derived, on);
  machine.load({
    env: DEFAULT_ENV,
    prefix: operations(...prefix),
    tasks: tasks.map((texts) => operations(...texts)),
  });
  return machine;
}

const statusesOf = (machine: Machine) =>
  machine.lanes.map(({ observations }) => observations.map(([status]) => status));

function toTheEnd(machine: Machine, task: number): void {
  while (machine.enabled(task)) machine.step(task);
}

/** A step of each in turn, of those that can go on. */
function inTurn(machine: Machine, look: (task: number) => void = () => undefined): void {
  for (let t = 0; machine.lanes.some((_, i) => machine.enabled(i)); t = (t + 1) % machine.lanes.length) {
    if (!machine.enabled(t)) continue;
    machine.step(t);
    look(t);
  }
}

/** Words of the state that are other than these, but for those that are of the task that was last on its processor. */
function differences({ world: { words, sys } }: Machine, others: Int32Array): number[] {
  const columns = [sys.current, sys.free_page, sys.inject_site, sys.inject_left];
  const registers = columns.map((column) => column.byteOffset / 4);
  return [...words.keys()].filter((word) => words[word] !== others[word] && !registers.includes(word));
}

/** Two processes with an event each, which do the same. */
const APART = ['open fd=0', 'fork child=1', '1: close fd=0', '1: open fd=0'];
const WORK = [
  'mmap fd=0 npages=3 prot=read+write',
  'store page=0 value=17',
  'load page=0',
  'munmap npages=3',
];
const by = (proc: number, texts: readonly string[]) => texts.map((text) => `${proc}: ${text}`);

describe('tasks that have nothing in common', () => {
  test('come to the same as one after the other, whoever goes on', () => {
    const machine = loaded(APART, WORK, by(1, WORK));
    inTurn(machine);
    const [turns, words] = [statusesOf(machine), machine.world.words.slice()];
    expect(turns).toEqual([WORK.map(() => OK), WORK.map(() => OK)]);
    expect(machine.lanes.map(({ observations }) => observations[2][1])).toEqual([17, 17]);
    machine.begin();
    for (const task of [0, 1]) toTheEnd(machine, task);
    expect(statusesOf(machine)).toEqual(turns);
    expect(differences(machine, words)).toEqual([]);
  });

  test('have a failure that is armed in one for that one', () => {
    const machine = loaded(APART, ['inject site=alloc', WORK[0]], by(1, WORK));
    inTurn(machine);
    expect(statusesOf(machine)).toEqual([[OK, -ERRNO.ENOMEM], WORK.map(() => OK)]);
  });

  test('have it for the next operation, and for no other', () => {
    const machine = loaded(
      APART,
      ['munlockall', 'inject site=alloc', WORK[0]],
      by(1, ['inject site=alloc', 'munlockall', WORK[0]]),
    );
    inTurn(machine);
    expect(statusesOf(machine)).toEqual([
      [OK, OK, -ERRNO.ENOMEM],
      [OK, OK, OK],
    ]);
  });

  test('have free pages of their own, as many as the others, and all that there are', () => {
    const machine = loaded(
      ['open fd=0', 'mmap fd=0 npages=2 prot=read'],
      ['munlockall'],
      ['munlockall'],
      ['munlockall'],
    );
    const lists = machine.lanes.map(({ free }) => {
      const pages: number[] = [];
      for (let p = free; p !== 0; p = machine.world.page.next[p - 1]) pages.push(p);
      return pages;
    });
    expect(new Set(lists.flat()).size).toBe(MAX_PAGES - 2);
    expect(lists.flat()).toHaveLength(MAX_PAGES - 2);
    const lengths = lists.map(({ length }) => length);
    expect(Math.max(...lengths) - Math.min(...lengths)).toBeLessThan(2);
  });
});

describe('a step', () => {
  test('is of one process, on a processor of its own, and counted', () => {
    const machine = loaded(APART, ['close fd=3', ...WORK], by(1, ['close fd=3', ...WORK]));
    let steps = 0;
    inTurn(machine, (task) => {
      expect([machine.world.sys.current[0], machine.world.cpu, run.lane]).toEqual([task + 1, task, task]);
      expect(machine.steps).toBe(++steps);
      const { running, site } = machine.lanes[task];
      expect(site >= 0).toBe(running !== undefined);
    });
    const [first, second] = machine.lanes;
    // Each begins after it has ended the one before.
    expect([first.begun[0], first.ended[0], second.begun[0], second.ended[0]]).toEqual([1, 1, 2, 2]);
    for (const { begun, ended, ops } of machine.lanes) {
      expect([begun.length, ended.length]).toEqual([ops.length / OP_WIDTH, ops.length / OP_WIDTH]);
      begun.forEach((step, i) => {
        expect(step).toBeGreaterThan(i === 0 ? 0 : ended[i - 1]);
        expect(ended[i]).toBeGreaterThanOrEqual(step);
      });
    }
    expect(Math.max(...first.ended, ...second.ended)).toBe(steps);
  });

  test('that names nothing is skipped, and has no value', () => {
    const machine = loaded([], ['close fd=3']);
    machine.lanes[0].observations[0].fill(77);
    machine.step(0);
    expect([...machine.lanes[0].observations[0].subarray(0, 2)]).toEqual([SKIP, 0]);
    expect(machine.lanes[0].over).toBe(true);
  });
});

describe('begin', () => {
  test('puts everything back to where the tasks begin, also from the middle of an operation', () => {
    const machine = loaded(APART, WORK, by(1, WORK), []);
    const lanes = () =>
      machine.lanes.map(({ next, running, site, wanted, over, begun, ended }) => [
        [next, running, site, wanted, over],
        [...begun, ...ended],
      ]);
    const before = lanes();
    expect(before.map(([[, , site, wanted, over]]) => [site, wanted, over])).toEqual([
      [-1, -1, false],
      [-1, -1, false],
      [-1, -1, true],
    ]);
    for (const steps of [1, 4, 9, 17]) {
      for (let i = 0; i < steps; i++) machine.step(i % 2);
      expect(lanes()).not.toEqual(before);
      machine.begin();
      expect(lanes()).toEqual(before);
      expect(differences(machine, machine.initial)).toEqual([]);
      expect([machine.steps, machine.full, machine.hung]).toEqual([0, false, -1]);
    }
    machine.load({ env: DEFAULT_ENV, prefix: operations(...APART), tasks: [operations('munlockall')] });
    expect(machine.lanes).toHaveLength(1);
  });

  test('knows objects by the numbers that the sequential model gives them', () => {
    const machine = loaded(['open fd=0', 'open fd=1'], []);
    expect([...machine.world.files.event.subarray(0, 3)]).toEqual([1, 2, 0]);
  });
});

describe('who waits for a lock', () => {
  /** Threads of one process. */
  const MAPPED = ['open fd=0', 'mmap fd=0 npages=3 prot=read+write', 'mmap page=8 npages=2 prot=read+write'];
  const waiting = (machine: Machine) =>
    machine.lanes.map(({ wanted }, t) => wanted >= 0 && !machine.enabled(t));

  test('goes on when it is given back', () => {
    const machine = loaded(MAPPED, ['munmap npages=3'], ['munmap page=8 npages=2']);
    while (machine.lanes[0].wanted < 0) machine.step(0);
    const lock = machine.lanes[0].wanted;
    expect(machine.enabled(0)).toBe(true);
    machine.step(0);
    while (machine.enabled(1)) machine.step(1);
    expect([machine.lanes[1].wanted, machine.lanes[1].over]).toEqual([lock, false]);
    expect(waiting(machine)).toEqual([false, true]);
    toTheEnd(machine, 0);
    expect(waiting(machine)).toEqual([false, false]);
    toTheEnd(machine, 1);
    expect(statusesOf(machine)).toEqual([[OK], [OK]]);
  });

  test('may share it with those that share it, and with nobody else', () => {
    const machine = loadedOn(faulting, MAPPED, ['load page=0'], ['load page=1'], ['munmap npages=3']);
    for (const task of [0, 1]) {
      while (machine.lanes[task].wanted < 0) machine.step(task);
      expect(machine.enabled(task)).toBe(true);
      machine.step(task);
    }
    while (machine.enabled(2)) machine.step(2);
    expect(waiting(machine)).toEqual([false, false, true]);
    for (const task of [0, 1, 2]) toTheEnd(machine, task);
    expect(statusesOf(machine)).toEqual([[OK], [OK], [OK]]);
  });

  test('alone is not let in by those who share it, nor they by who has it alone', () => {
    const machine = loadedOn(faulting, MAPPED, ['munmap npages=3'], ['load page=1']);
    while (machine.lanes[0].wanted < 0) machine.step(0);
    machine.step(0);
    while (machine.enabled(1)) machine.step(1);
    expect(waiting(machine)).toEqual([false, true]);
    expect(machine.lanes[1].over).toBe(false);
  });
});

const bytesOf = ({ world }: Machine | ModelSystem) => Buffer.from(world.words.buffer);

test('an operation as a whole does what it does in the model', () => {
  const sequential = new ModelSystem(advance);
  const machine = new Machine(derived, design);
  for (const { env, ops } of randomTraces(advance, 20, 30)) {
    sequential.reset(env);
    machine.load({ env, prefix: new Int32Array(0), tasks: [] });
    const obs = new Int32Array(2 + 32);
    for (let at = 0; at < ops.length; at += OP_WIDTH) {
      sequential.step(ops, at, obs);
      const seen = machine.whole(ops, at);
      // One that names nothing leaves the view as it was.
      const width = obs[0] === SKIP ? 2 : obsWidth(ops[at]);
      expect([...seen.subarray(0, width)]).toEqual([...obs.subarray(0, width)]);
      expect(Buffer.compare(bytesOf(machine), bytesOf(sequential))).toBe(0);
    }
  }
});

import { afterEach, describe, expect, it, vi } from 'vitest';
import { OP_WIDTH } from '#model/alphabet/bounds';
import { advance } from '#model/designs/advance';
import { demand_fault } from '#model/designs/demand-fault';
import type { Design } from '#model/designs/design';
import { alphabetOf, environmentOf } from '#properties/explorer/alphabet';
import type { Bounds } from '#properties/explorer/bounds';
import { ABSENT } from '#properties/explorer/intern-table';
import { LeastRenamings } from '#properties/explorer/least-renamings';
import { Side } from '#properties/explorer/side';
import { reachOf } from '#properties/explorer/slots';
import { CANDIDATE_HEAD, StateStore } from '#properties/explorer/state-store';
import { IRREGULAR, NEW, States } from '#properties/explorer/states';
import { Stream } from '#properties/explorer/stream';
import { Symmetry } from '#properties/explorer/symmetry';
import { pack } from '../../support/script.js';
import { FIVE, LONELY, OF_FIVE, TINY } from './tiny.js';

afterEach(() => {
  vi.restoreAllMocks();
});

/** Sides with a set of states. */
function setUp(bounds: Bounds, symmetric: boolean, designs: readonly Design[] = [advance]) {
  const ops = alphabetOf(bounds);
  const scope = { processes: bounds.processes, pages: reachOf(ops), records: false };
  const sides = designs.map((design) => new Side(design, environmentOf(bounds), scope));
  const symmetry = new Symmetry(ops, bounds.processes, symmetric);
  const store = new StateStore(2 * sides.length, symmetry.size);
  const states = new States(sides, symmetry, scope, store);
  const step = (...texts: readonly string[]): void => {
    for (const text of texts) for (const side of sides) side.step(pack(text), 0);
  };
  const again = (): States => new States(sides, symmetry, scope, store);
  return { ops, sides, store, states, step, again, renaming: symmetry.at(0) };
}

/** A row of a table of the store. */
function row(table: StateStore['parts'], number: number): number[] {
  const ints = new Int32Array(table.lengthOf(number));
  table.copy(number, ints, 0);
  return [...ints];
}

const [OPEN, CLOSE, MMAP] = OF_FIVE;
const STORED = ['scratch', 'aux_offset', 'aux_size', 'data_offset'];

describe('states', () => {
  it('are known once they are inserted', () => {
    const { states, store, step } = setUp(FIVE, false);
    expect(states.come()).toBe(NEW);
    expect(states.insert(-1, 0)).toBe(0);
    expect(store.added).toBe(true);
    expect(states.come()).toBe(0);
    step(OPEN);
    expect(states.insert(0, 4)).toBe(1);
    expect([store.parent(1), store.operation(1), store.renaming(1)]).toEqual([0, 4, 0]);
    // The system and the process; the event.
    expect(row(store.states, 1).map((half) => store.halves.lengthOf(half))).toEqual([2, 1]);
    expect(states.insert(0, 5)).toBe(1);
    expect(store.added).toBe(false);
    step(MMAP, CLOSE);
    expect(states.insert(1, 0)).toBe(2);
    step(OPEN, CLOSE);
    expect(states.come()).toBe(2);
    expect(store.count).toBe(3);
  });

  it('have no normal form when something in use has no name', () => {
    const { sides, states, store } = setUp(FIVE, false);
    sides[0].world.event.used[3] = 1;
    expect(states.come()).toBe(IRREGULAR);
    // No numbers of states.
    expect([IRREGULAR, NEW]).toEqual([-1, -2]);
    expect(states.insert(-1, 0)).toBe(IRREGULAR);
    expect([store.added, store.count]).toEqual([false, 0]);
  });

  it.each([
    ['alone', FIVE, false, [advance], 5],
    ['under many names', LONELY, false, [advance], 30],
    ['whatever they are called', LONELY, true, [advance], 21],
    ['of two designs', FIVE, true, [advance, demand_fault], 5],
  ])(
    'are written with what the store knows as numbers, and entered again: %s',
    (_, bounds, symmetric, designs, count) => {
      const { ops, sides, store, states } = setUp(bounds, symmetric, designs);
      states.insert(-1, 0);
      let written = 0;
      for (let state = 0; state < Math.min(12, store.count); state++) {
        for (let at = 0; at < ops.length; at += OP_WIDTH) {
          states.enter(state);
          for (const side of sides) side.step(ops, at);
          const known = states.come();
          if (known !== NEW) {
            expect(known).toBeLessThan(store.count);
            continue;
          }
          const [parts, halves] = [store.parts.count, store.halves.count];
          const candidate = [...states.candidate.subarray(0, states.length)];
          store.insert(Int32Array.of(state, 0, states.renaming, 0, ...candidate), 0);
          const expected = row(store.states, store.count - 1).flatMap((half) => {
            if (half < halves) return [half];
            const these = row(store.halves, half);
            const spelled = these.flatMap((part) => {
              const ints = row(store.parts, part);
              return part < parts ? [part] : [-1 - ints.length, ...ints];
            });
            return [-1 - these.length, ...spelled];
          });
          expect(candidate).toEqual(expected);
          written++;
          states.enter(store.count - 1);
          expect(states.come()).toBe(store.count - 1);
        }
      }
      expect(written).toBe(store.count - 1);
      expect(store.count).toBe(count);
    },
  );

  it('that renamings turn into each other are one, and entered as the one that was come to first', () => {
    const mapped = [
      ['open fd=1', 'mmap fd=1 page=3 npages=2 prot=read'],
      ['open fd=0', 'mmap fd=0 page=0 npages=2 prot=read'],
    ];
    const renamings = [mapped, mapped.toReversed()].map(([first, second]) => {
      const { sides, store, states, step } = setUp(LONELY, true);
      const [{ world }] = sides;
      states.insert(-1, 0);
      step(...first);
      const held = [[...world.files.event], [...world.tree.vma]];
      expect(states.insert(0, 0)).toBe(1);
      states.enter(0);
      step(...second);
      // Once by its least form, then by the form that is known.
      for (let again = 0; again < 2; again++) expect(states.come()).toBe(1);
      expect(states.renaming).toBe(0);
      for (let again = 0; again < 2; again++) {
        states.enter(0);
        expect(world.files.event.every((event) => event === 0)).toBe(true);
        states.enter(1);
        expect([[...world.files.event], [...world.tree.vma]]).toEqual(held);
      }
      return store.renaming(1);
    });
    // One of the two has other names than the least form.
    expect(renamings.filter((renaming) => renaming !== 0)).toHaveLength(1);
  });

  it('are the first one under whatever names it is come to', () => {
    const { store, states, step } = setUp(TINY, true);
    states.insert(-1, 0);
    for (let again = 0; again < 3; again++) {
      states.enter(0);
      expect(states.come()).toBe(0);
      step('fork child=1', 'exit');
      expect(states.come()).toBe(0);
    }
    expect(store.count).toBe(1);
  });

  it('are one where only what is written last is not the same', () => {
    const bounds: Bounds = {
      name: 'users',
      processes: 2,
      records: 'unseen',
      operations: [
        { op: 'fork', with: { child: [0, 1] } },
        { op: 'setuid', with: { user: [1] } },
      ],
    };
    const { store, states, step } = setUp(bounds, true);
    step('fork child=1');
    expect(states.insert(-1, 0)).toBe(0);
    // Nothing else tells these processes apart.
    for (const text of ['setuid user=1', '1: setuid user=1']) {
      states.enter(0);
      step(text);
      expect(states.insert(0, 0)).toBe(1);
    }
    expect(store.count).toBe(2);
  });

  it('are counted with all their names by their orbit, which is the same wherever in it one begins', () => {
    const sizes: number[] = [];
    for (const texts of [
      [],
      ['open fd=0'],
      ['open fd=0', 'open fd=1'],
      ['open fd=0', 'mmap fd=0 page=3 npages=2 prot=read'],
      ['open fd=0', 'open fd=1', 'mmap fd=1 page=0 npages=2 prot=read'],
    ]) {
      const orbits = [0, 1].map((swapped) => {
        const { states, step } = setUp(LONELY, true);
        step(...texts.map((text) => (swapped ? text.replace(/fd=(\d)/, (_, fd) => `fd=${1 - fd}`) : text)));
        return states.orbit(states.insert(-1, 0));
      });
      expect(orbits[0]).toEqual(orbits[1]);
      sizes.push(orbits[0].size);
    }
    expect(sizes).toEqual([1, 2, 1, 4, 4]);
  });

  it('of more ints than is common are written and entered', () => {
    const bounds: Bounds = {
      name: 'large',
      processes: 3,
      records: 'unseen',
      operations: [
        { op: 'mmap', with: { fd: [-1], page: [0, 30], npages: [1] } },
        { op: 'open', with: { fd: [0, 1] } },
        { op: 'fork', with: { child: [1, 2] } },
      ],
    };
    // With one page more each time, other ints stand where there must be more room.
    for (let pages = 24; pages < 32; pages++) {
      const { sides, states, step, again, renaming } = setUp(bounds, false);
      const form = (): number[] => {
        const stream = new Stream(renaming);
        sides[0].number(stream);
        sides[0].visitProcesses(stream);
        sides[0].visitObjects(stream);
        return [...stream.ints.subarray(0, stream.length)];
      };
      for (let page = 0; page < pages; page++) {
        step(`mmap fd=-1 page=${page} npages=1 prot=read+write flags=private`);
        for (const word of STORED) step(`store page=${page} word=${word} value=17`);
      }
      step('fork child=1', 'fork child=2');
      const held = form();
      expect(held.length).toBeGreaterThan(1 << 10);
      const state = states.insert(-1, 0);
      const other = again();
      other.enter(state);
      expect(form()).toEqual(held);
      expect(other.come()).toBe(state);
    }
  });
});

describe('to name a state', () => {
  it('takes one numbering of each side, and a search only for parts that have changed', () => {
    const { sides, store, states, step } = setUp(FIVE, false, [advance, demand_fault]);
    states.insert(-1, 0);
    states.enter(0);
    step(OPEN);
    states.insert(0, 0);
    states.enter(1);
    const sought = vi.spyOn(store.parts, 'find');
    const numbered = sides.map((side) => vi.spyOn(side, 'number'));
    expect(states.come()).toBe(1);
    expect(sought).not.toHaveBeenCalled();
    step('rlimit pages=9');
    expect(states.come()).toBe(NEW);
    // The process, in the first half of each side.
    expect(sought.mock.results.map(({ value }) => value)).toEqual([ABSENT, ABSENT]);
    step('rlimit pages=6', MMAP);
    sought.mockClear();
    expect(states.come()).toBe(NEW);
    // Of each side the system, the process, the event, and the buffer that was not there.
    expect(sought).toHaveBeenCalledTimes(8);
    for (const spy of numbered) expect(spy).toHaveBeenCalledTimes(3);
  });

  it('takes a search among renamings only when it is come to under these names for the first time', () => {
    const { states, step } = setUp(LONELY, true);
    const searches = vi.spyOn(LeastRenamings.prototype, 'find');
    expect(states.insert(-1, 0)).toBe(0);
    expect(states.come()).toBe(0);
    expect(searches).toHaveBeenCalledTimes(2);
    expect(states.come()).toBe(0);
    expect(searches).toHaveBeenCalledTimes(2);
    step('open fd=1');
    states.insert(0, 0);
    expect(searches).toHaveBeenCalledTimes(3);
    expect(CANDIDATE_HEAD + states.length).toBeGreaterThan(CANDIDATE_HEAD);
    const unsymmetric = setUp(LONELY, false);
    unsymmetric.states.insert(-1, 0);
    expect(searches).toHaveBeenCalledTimes(3);
  });
});

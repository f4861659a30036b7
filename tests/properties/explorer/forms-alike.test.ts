import { describe, expect, it } from 'vitest';
import type { Scope } from '#properties/explorer/form';
import { BOTH, Held } from './form-kit.js';

const UNSEEN = { records: false };
const MAKE = ['open fd=0', 'mmap fd=0 page=0 npages=3 prot=read+write'];
const WANT_AUX = [
  'open fd=0 flags=aux',
  'mmap fd=0 page=0 npages=2 prot=read+write',
  'store page=0 word=aux_offset value=2',
  'store page=0 word=aux_size value=1',
];
const MAP_AUX = 'mmap fd=0 page=5 npages=1 prot=read pgoff=2';
/** Another event with a buffer. */
const SECOND = ['open fd=1', 'mmap fd=1 page=9 npages=3 prot=read+write', 'store page=9 value=17'];
const PRIVATE = 'mmap fd=-1 page=3 npages=2 prot=read+write flags=private';
const SHARED = 'mmap fd=-1 page=3 npages=2 prot=read+write';
/** A buffer whose pages are charged to the process that made it; its child maps it, too. */
const BEGET = ['gift pages=0', ...MAKE, 'fork child=1', `1: ${MAKE[1]}`];

type Pair = readonly [what: string, one: readonly string[], other: readonly string[], scope?: Partial<Scope>];

/** The whole scope where none is said. */
const scoped = ([what, one, other, scope = {}]: Pair) => [what, one, other, scope] as const;

const ALIKE: readonly Pair[] = [
  [
    'in whatever order events, buffers and pages were made',
    [...WANT_AUX, MAP_AUX, ...SECOND],
    [...SECOND, ...WANT_AUX, MAP_AUX],
  ],
  [
    'in whatever order shared memory was made',
    [SHARED, 'mmap fd=-1 page=7 npages=3 prot=read'],
    ['mmap fd=-1 page=7 npages=3 prot=read', SHARED],
  ],
  ['after an event that is gone', [], ['open fd=0', 'close fd=0']],
  [
    'after a buffer that is gone',
    ['open fd=0'],
    [...MAKE, 'store page=0 value=17', 'munmap page=0 npages=3'],
  ],
  ['after an AUX area that is gone', WANT_AUX, [...WANT_AUX, MAP_AUX, 'munmap page=5 npages=1']],
  [
    'after an AUX area that is gone, and was charged',
    ['gift pages=0', 'setuid user=1', ...WANT_AUX],
    ['gift pages=0', 'setuid user=1', ...WANT_AUX, MAP_AUX, 'munmap page=5 npages=1'],
  ],
  ['after private memory that is gone', [], [PRIVATE, 'store page=4 value=17', 'munmap page=3 npages=2']],
  ['after shared memory that is gone', [], [SHARED, 'store page=4 value=17', 'munmap page=3 npages=2']],
  ['after a process that is gone', ['fork child=1'], ['fork child=1', '1: exit', 'fork child=1']],
  [
    'whoever was charged, when he is gone',
    [...BEGET, 'exec'],
    ['fork child=1', '1: exit', 'exec', ...BEGET, 'exec', 'exec'],
    UNSEEN,
  ],
  ['whoever was charged, when he has ended', [...BEGET, 'exec', 'exit'], [...BEGET, 'exit'], UNSEEN],
  [
    'whoever was charged nothing',
    ['open fd=0', 'fork child=1', MAKE[1], `1: ${MAKE[1]}`],
    ['open fd=0', 'fork child=1', `1: ${MAKE[1]}`, MAKE[1]],
  ],
  [
    'whoever was charged nothing for an AUX area',
    ['fork child=1', ...WANT_AUX, 'fork child=2', MAP_AUX, `2: ${WANT_AUX[1]}`, `2: ${MAP_AUX}`],
    ['fork child=1', ...WANT_AUX, 'fork child=2', `2: ${WANT_AUX[1]}`, `2: ${MAP_AUX}`, MAP_AUX],
  ],
  [
    'whoever opened an event, when he is gone',
    ['open fd=0', 'fork child=1', 'exit'],
    ['fork child=1', 'exit', '1: fork child=0', '1: exit', 'open fd=0', 'fork child=1', 'exit'],
  ],
  ['whatever was recorded, unseen', MAKE, [...MAKE, 'record count=3'], UNSEEN],
  [
    'whether records are overwritten, unseen',
    ['open fd=0', 'mmap fd=0 page=0 npages=2 prot=read', 'mmap fd=0 page=4 npages=2 prot=read+write'],
    ['open fd=0', 'mmap fd=0 page=4 npages=2 prot=read+write', 'mmap fd=0 page=0 npages=2 prot=read'],
    UNSEEN,
  ],
];

const DIFFERENT: readonly Pair[] = [
  ['what was recorded', MAKE, [...MAKE, 'record count=3']],
  [
    'whether records are overwritten',
    ['open fd=0', 'mmap fd=0 page=0 npages=2 prot=read', 'mmap fd=0 page=4 npages=2 prot=read+write'],
    ['open fd=0', 'mmap fd=0 page=4 npages=2 prot=read+write', 'mmap fd=0 page=0 npages=2 prot=read'],
  ],
  [
    'what was stored, even when records are unseen',
    [...MAKE, 'store page=0 value=17'],
    [...MAKE, 'store page=0 value=18'],
    UNSEEN,
  ],
  ['what is to fail', [], ['inject site=alloc nth=1']],
  ['who was charged: one that lives, or one that is gone', BEGET, [...BEGET, 'exec', MAKE[1]]],
  [
    'who opened an event: one that is gone, or two',
    ['open fd=0', 'open fd=1', 'fork child=1', '1: fork child=2', 'exit', '1: exit'],
    ['open fd=0', 'fork child=1', '1: open fd=1', '1: fork child=2', 'exit', '1: exit'],
  ],
];

describe('a normal form', () => {
  it.each(ALIKE.map(scoped))('is the same %s', (_, one, other, scope) => {
    const [a, b] = [new Held(one, { scope }), new Held(other, { scope })];
    for (const which of BOTH) expect(b.write(which)).toEqual(a.write(which));
  });

  it.each(DIFFERENT.map(scoped))('tells %s', (_, one, other, scope) => {
    const [a, b] = [new Held(one, { scope }), new Held(other, { scope })];
    for (const which of BOTH) expect(b.write(which)).not.toEqual(a.write(which));
  });

  it('knows of memory that was charged and is gone no more than that', () => {
    const held = new Held([...BEGET, 'exec']);
    for (let again = 0; again < 2; again++) {
      for (const which of BOTH) held.read(which, held.write(which));
      const { mmap_mm, mmap_gen, owner_mm, owner_gen } = held.world.rb;
      expect([mmap_mm[0], mmap_gen[0], owner_mm[0], owner_gen[0]]).toEqual([0, -1, 0, -1]);
      expect(held.state.bufferMemory[0]).toBe(-1);
    }
  });

  it('tells tasks that are over from each other, in the order of their events', () => {
    const held = new Held([
      'open fd=0',
      'fork child=1',
      '1: open fd=1',
      '1: fork child=2',
      'exit',
      '2: fork child=0',
      '2: open fd=2',
      '1: exit',
      'exit',
      '2: fork child=1',
      '2: exit',
      '1: open fd=3',
    ]);
    for (let again = 0; again < 3; again++) {
      for (const which of BOTH) held.read(which, held.write(which));
      expect([...held.world.event.life.subarray(0, 4)]).toEqual([-1, -2, -3, 0]);
      expect([...held.world.event.task.subarray(0, 4)]).toEqual([0, 0, 0, 1]);
      expect([...held.state.eventTask.subarray(0, 4)]).toEqual([-1, -2, -3, 2]);
    }
  });
});

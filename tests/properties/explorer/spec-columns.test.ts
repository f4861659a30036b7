import { beforeAll, describe, expect, it } from 'vitest';
import { ARENA_PAGES } from '#model/alphabet/bounds';
import { ARMED, GIFT, OBJECT_PAGES, STORED_WORDS } from '#model/spec/state';
import { AUX_AREA, Held } from './form-kit.js';

let held: Held;
let whole: readonly number[];

/** A buffer with an AUX area, all charged to memory; at page 8 private memory, at page 12 shared memory. */
beforeAll(() => {
  held = new Held([
    ...AUX_AREA,
    'mmap fd=-1 page=8 npages=2 prot=read+write flags=private',
    'mmap fd=-1 page=12 npages=2 prot=read+write',
    'fork child=1',
  ]);
  whole = held.write('spec');
  // Now all is as it is when it has come back.
  held.read('spec', whole);
});

const PRIVATE = 9;
const SHARED = 13;
/** The second process. */
const CHILD = ARENA_PAGES;

type Place = readonly [column: string, row: number];

/** Where an int stands that is stored as it is. */
const VALUES: readonly Place[] = [
  ['procCap', 0],
  ['procRlimit', 0],
  ['procPinned', 0],
  ['procLocked', 1],
  ['procLockedAll', 0],
  ['procFuture', 0],
  ['userUsed', 0],
  ['userUsed', 1],
  ['eventRefs', 0],
  ['eventCpu', 0],
  ['eventInherit', 0],
  ['eventBackward', 0],
  ['eventAux', 0],
  ['eventShared', 0],
  ['eventMappings', 0],
  ['bufferMappings', 0],
  ['bufferData', 0],
  ['bufferOverwrite', 0],
  ['bufferBackward', 0],
  ['bufferRecords', 0],
  ['bufferFromGift', 0],
  ['bufferPinned', 0],
  ['bufferWords', 0],
  ['bufferWords', STORED_WORDS - 1],
  ['auxPages', 0],
  ['auxPgoff', 0],
  ['auxMappings', 0],
  ['auxFromGift', 0],
  ['auxPinned', 0],
  ['mapPages', 0],
  ['mapPages', 1],
  ['mapPgoff', 0],
  ['mapTouched', 1],
  ['cellMark', PRIVATE],
  ['cellMark', CHILD + SHARED],
  ['cellOffset', SHARED],
  ['cellWords', PRIVATE * STORED_WORDS],
  ['cellWords', (CHILD + PRIVATE + 1) * STORED_WORDS - 1],
  ['objectRefs', 0],
  ['objectWords', 0],
  ['objectWords', 2 * STORED_WORDS - 1],
  ['scalar', GIFT],
  ['scalar', ARMED],
];

/** What is told under another name, and another value that it can have. */
const NAMED: readonly (readonly [...Place, to: number])[] = [
  ['procAlive', 1, 0],
  ['procUser', 1, 1],
  ['fdEvent', 0, -1],
  ['eventTask', 0, 2],
  ['eventWatches', 0, 2],
  ['eventBuffer', 0, -1],
  ['bufferUser', 0, 1],
  ['bufferMemory', 0, 2],
  ['bufferMemory', 0, 9],
  ['auxUser', 0, 1],
  ['auxMemory', 0, 2],
  ['auxMemory', 0, 9],
  ['mapEvent', 1, -1],
  ['cellMap', 1, -1],
  ['cellView', PRIVATE, 0],
  ['cellObject', SHARED, -1],
];

/** What is told by the rest, or means nothing where it stands. */
const UNTOLD: readonly (readonly [...Place, to: number])[] = [
  ['mapProc', 0, 1],
  ['mapFirst', 0, 3],
  ['cellMark', 0, 1],
  ['cellMark', 20, 1],
  ['cellOffset', PRIVATE, 1],
  ['cellWords', SHARED * STORED_WORDS, 17],
  ['cellWords', 0, 17],
  ['objectWords', 2 * STORED_WORDS, 17],
  ['objectWords', OBJECT_PAGES * STORED_WORDS, 17],
];

function changed<T>([column, row]: Place, to: number, look: (ints: Int32Array) => T): T {
  return held.after(
    () => {
      held.column('spec', column)[row] = to;
    },
    () => look(held.column('spec', column)),
  );
}

describe('a column of the specification', () => {
  it.each(VALUES)('%s %i is stored, and comes back as it was', (...place) => {
    changed(place, 77, (column) => {
      const ints = held.write('spec');
      expect(ints).not.toEqual(whole);
      expect(held.whatBecameOf('spec', () => held.read('spec', ints))).toEqual([]);
      expect(column[place[1]]).toBe(77);
    });
  });

  it.each(NAMED)('%s %i is told: %i', (column, row, to) => {
    expect(changed([column, row], to, () => held.write('spec'))).not.toEqual(whole);
  });

  it.each(UNTOLD)('%s %i is not told: %i', (column, row, to) => {
    expect(changed([column, row], to, () => held.write('spec'))).toEqual(whole);
  });
});

import { beforeAll, describe, expect, it } from 'vitest';
import { USERS } from '#model/alphabet/bounds';
import { MAX_PAGES } from '#model/mm/tables';
import { TREATMENTS } from '#properties/explorer/world-columns';
import { AUX_AREA, Held } from './form-kit.js';

let held: Held;
let whole: number[];

/** The first row of every table is in use, and everything in it matters: pages are charged to memory, those of the AUX area, too. */
beforeAll(() => {
  held = new Held([...AUX_AREA, 'fork child=1']);
  whole = held.write('world');
  // Now all is as it is when it has come back.
  held.read('world', whole);
});

const COLUMNS = Object.entries(TREATMENTS).flatMap(([table, columns]) =>
  Object.entries(columns).map(([name, treatment]) => [`${table}.${name}`, treatment] as const),
);

/** Change the first row of a column, and look. */
function changed<T>(name: string, to: (was: number) => number, look: (column: Int32Array) => T): T {
  return held.after(
    () => {
      const column = held.column('world', name);
      column[0] = to(column[0]);
    },
    () => look(held.column('world', name)),
  );
}

describe('a column of the model', () => {
  it.each(COLUMNS.filter(([, treatment]) => treatment === 'value'))(
    '%s is stored, and comes back as it was',
    (name) => {
      changed(
        name,
        () => 77,
        (column) => {
          const ints = held.write('world');
          expect(ints).not.toEqual(whole);
          expect(held.whatBecameOf('world', () => held.read('world', ints))).toEqual([]);
          expect(column[0]).toBe(77);
        },
      );
    },
  );

  it.each(COLUMNS.filter(([, treatment]) => treatment === 'named'))(
    '%s is told, or told by another that cannot be without it',
    (name) => {
      const told = changed(
        name,
        (was) => (was === 0 ? 1 : 0),
        () => !held.isRegular('world') || held.write('world').join() !== whole.join(),
      );
      expect(told).toBe(true);
    },
  );

  it.each(COLUMNS.filter(([, treatment]) => treatment === 'dropped'))('%s is not told', (name) => {
    const same = changed(
      name,
      (was) => was + 1,
      () => held.write('world').join() === whole.join() && held.isRegular('world'),
    );
    expect(same).toBe(!MEMORY.includes(name));
  });

  it('of a page that says whose it is tells: none, the buffer that names it, or another', () => {
    const seen = [0, 1, 2, 5].map((owner) =>
      changed(
        'page.owner',
        () => owner,
        (column) => {
          const ints = held.write('world');
          held.read('world', ints);
          return [ints.join(), column[0]];
        },
      ),
    );
    expect(seen.map(([, owner]) => owner)).toEqual([0, 1, -1, -1]);
    expect(new Set(seen.map(([ints]) => ints)).size).toBe(3);
  });

  it('that leads to free pages leads to the first that no buffer has, or to none', () => {
    // Pages in use are counted after what is the system's and the users'.
    const PAGES = 4 + USERS + 2;
    expect(whole[PAGES]).toBe(3);
    for (const [count, free] of [
      [3, 4],
      [MAX_PAGES - 1, MAX_PAGES],
      [MAX_PAGES, 0],
    ]) {
      held.read('world', whole.with(PAGES, count));
      expect(held.world.sys.free_page[0]).toBe(free);
    }
    held.read('world', whole);
  });

  it('is one of these', () => {
    expect([...new Set(COLUMNS.map(([, treatment]) => treatment))].sort()).toEqual([
      'dropped',
      'named',
      'value',
    ]);
  });
});

/** What tells a memory or a life from those before matters where something refers to it. */
const MEMORY = ['task.gen', 'task.life'];

import { expect, test } from 'vitest';
import { DESIGNS } from '#model/designs/index';
import { World } from '#model/kernel/world';
import { LIFE, LOCK, OWN, Words } from '#properties/races/words';

const w = new World(DESIGNS[0]);
const words = new Words(w);
const [events, buffers] = [w.event.used.length, w.rb.used.length];

const TABLES: Readonly<Record<string, Readonly<Record<string, Int32Array>>>> = {
  sys: w.sys,
  rcu: w.rcu,
  task: w.task,
  user: w.user,
  tree: w.tree,
  vma: w.vma,
  pte: w.pte,
  shmem: w.shmem,
  page: w.page,
  event: w.event,
  rb: w.rb,
  rbData: w.rbData,
  rbAux: w.rbAux,
  files: w.files,
  resident: w.resident,
  content: { word: w.content },
};

/** Columns of which every row, or none, is so. */
function columnsWhere(is: (word: number) => boolean): string[] {
  return Object.entries(TABLES).flatMap(([table, columns]) =>
    Object.entries(columns).flatMap(([name, column]) => {
      const rows = [...column.keys()].filter((row) => is(column.byteOffset / 4 + row));
      if (rows.length > 0) expect(rows.length, `${table}.${name}`).toBe(column.length);
      return rows.length > 0 ? [`${table}.${name}`] : [];
    }),
  );
}

test('what a word is to a scheduler', () => {
  expect(columnsWhere((word) => words.kind[word] === OWN).sort()).toEqual([
    'sys.current',
    'sys.free_page',
    'sys.inject_left',
    'sys.inject_site',
    'sys.page_field_writes',
  ]);
  expect(columnsWhere((word) => words.kind[word] === LOCK)).toEqual([
    'task.mmap_lock',
    'event.mmap_mutex',
    'rb.aux_mutex',
  ]);
  expect(columnsWhere((word) => words.kind[word] === LIFE)).toEqual(['event.used', 'rb.used']);
  expect(new Set(words.kind)).toEqual(new Set([0, OWN, LOCK, LIFE]));
});

test('the memory of an event and of a buffer is all but what says that it is gone, or is walked by number', () => {
  const owned = columnsWhere((word) => words.owner[word] !== 0);
  const columns = (table: string) => Object.keys(TABLES[table]).map((name) => `${table}.${name}`);
  const not = ['event.used', 'event.rb_entry', 'event.rcu_readers', 'rb.used', 'rb.rcu_readers', 'rb.freed'];
  expect(owned).toEqual([...columns('event'), ...columns('rb')].filter((name) => !not.includes(name)));
  for (const name of not) expect([...columns('event'), ...columns('rb')]).toContain(name);
});

test('each row is one object, events first', () => {
  const ownersOf = (column: Int32Array) => [
    ...words.owner.subarray(column.byteOffset / 4, column.byteOffset / 4 + column.length),
  ];
  expect(ownersOf(w.event.mmap_mutex)).toEqual(Array.from({ length: events }, (_, i) => i + 1));
  expect(ownersOf(w.rb.aux_mutex)).toEqual(Array.from({ length: buffers }, (_, i) => events + i + 1));
  const lives = (column: Int32Array) =>
    [...column.keys()].map((row) => words.lifeOf(w, column.byteOffset / 4 + row));
  expect(lives(w.event.used)).toEqual(ownersOf(w.event.mmap_mutex));
  expect(lives(w.rb.used)).toEqual(ownersOf(w.rb.aux_mutex));
  const names = (column: Int32Array) => ownersOf(column).map((owner) => words.nameOfOwner(owner));
  expect(names(w.event.mmap_mutex)).toEqual(Array.from({ length: events }, (_, i) => `event ${i}`));
  expect(names(w.rb.aux_mutex)).toEqual(Array.from({ length: buffers }, (_, i) => `buffer ${i}`));
});

test('every word of the state has a place and a name, and nothing else has', () => {
  const told: string[] = [];
  const expected: string[] = [];
  for (const [table, columns] of Object.entries(TABLES)) {
    for (const [column, rows] of Object.entries(columns)) {
      const first = rows.byteOffset / 4;
      expect(words.placeOf(first + rows.length - 1)).toEqual({ table, column, row: rows.length - 1 });
      for (let row = 0; row < rows.length; row++) {
        told.push(words.nameOf(first + row));
        expected.push(`${table}.${column}[${row}]`);
      }
    }
  }
  expect(told).toEqual(expected);
  expect(told).toHaveLength(w.words.length);
  expect(words.nameOf(w.event.mmap_mutex.byteOffset / 4 + 1)).toBe('event.mmap_mutex[1]');
  expect(() => words.placeOf(w.words.length)).toThrow(
    new RangeError(`no word of the state: ${w.words.length}`),
  );
  expect(() => words.nameOf(-1)).toThrow(RangeError);
});

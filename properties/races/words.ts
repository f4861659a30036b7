import type { World } from '../../model/kernel/world.js';

/** What a word of the state is to a scheduler; 0: state like any other. */
/** A task's own, or of no consequence for what it does: no dependence. */
export const OWN = 1;
export const LOCK = 2;
/** Says whether a row is in use. */
export const LIFE = 3;

/** Columns of rows that may be looked at when the row's object is gone: they say that it is, or are walked by number. */
const LOOKED_AT_WHEN_GONE = ['used', 'rb_entry', 'rcu_readers', 'freed'];

/** A kind of object whose memory is freed while others may still hold its number. */
const FREED_KINDS = ['event', 'buffer'] as const;

/** A table, one of its columns, and a row. */
interface Place {
  readonly table: string;
  readonly column: string;
  readonly row: number;
}

/** Where a column begins among the words, and how many rows it has. */
interface Column extends Omit<Place, 'row'> {
  readonly first: number;
  readonly rows: number;
}

/** What every word of the state is, where it lies, and to which object's memory it belongs. */
export class Words {
  /** 0, OWN, LOCK or LIFE, by word. */
  readonly kind: Uint8Array;
  /** The object whose memory it is, + 1: events first, then buffers; 0: none's. */
  readonly owner: Uint8Array;
  readonly #events: number;
  readonly #columns: Column[] = [];

  constructor(w: World) {
    this.kind = new Uint8Array(w.words.length);
    this.owner = new Uint8Array(w.words.length);
    this.#events = w.event.used.length;
    for (const name of ['current', 'inject_site', 'inject_left', 'free_page', 'page_field_writes'] as const)
      this.#mark(w.sys[name], OWN);
    for (const lock of [w.task.mmap_lock, w.event.mmap_mutex, w.rb.aux_mutex]) this.#mark(lock, LOCK);
    this.#own(w.event, 0);
    this.#own(w.rb, this.#events);
    this.#mark(w.event.used, LIFE);
    this.#mark(w.rb.used, LIFE);
    const { sys, rcu, task, user, tree, vma, pte, shmem, page, event, rb, rbData, rbAux, files, resident } =
      w;
    const mm = { task, user, tree, vma, pte, shmem, page, resident };
    const perf = { event, rb, rbData, rbAux, files };
    for (const [table, columns] of Object.entries({
      sys,
      rcu,
      ...mm,
      ...perf,
      content: { word: w.content },
    })) {
      for (const [column, rows] of Object.entries(columns))
        this.#columns.push({ table, column, first: rows.byteOffset / 4, rows: rows.length });
    }
  }

  #mark(column: Int32Array, kind: number): void {
    this.kind.fill(kind, column.byteOffset / 4, column.byteOffset / 4 + column.length);
  }

  #own(table: Readonly<Record<string, Int32Array>>, first: number): void {
    for (const [name, column] of Object.entries(table)) {
      if (LOOKED_AT_WHEN_GONE.includes(name)) continue;
      for (let row = 0; row < column.length; row++) this.owner[column.byteOffset / 4 + row] = first + row + 1;
    }
  }

  /** The object whose life this word tells, + 1. Events lie before buffers. */
  lifeOf(w: World, word: number): number {
    const event = word - w.event.used.byteOffset / 4;
    if (event < this.#events) return event + 1;
    return this.#events + word - w.rb.used.byteOffset / 4 + 1;
  }

  /** "event 3" of an owner. */
  nameOfOwner(owner: number): string {
    const [event, buffer] = FREED_KINDS;
    return owner <= this.#events ? `${event} ${owner - 1}` : `${buffer} ${owner - this.#events - 1}`;
  }

  /** "rb.mmap_count[2]" of a word. */
  nameOf(word: number): string {
    const { table, column, row } = this.placeOf(word);
    return `${table}.${column}[${row}]`;
  }

  /** Where a word is. @throws RangeError it is none of the state */
  placeOf(word: number): Place {
    const place = this.#columns.find(({ first, rows }) => word >= first && word < first + rows);
    if (place === undefined) throw new RangeError(`no word of the state: ${word}`);
    return { table: place.table, column: place.column, row: word - place.first };
  }
}

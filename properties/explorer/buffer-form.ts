import { RECORD_BYTES } from '../../model/alphabet/observations.js';
import { WORD_DATA_HEAD, WORDS } from '../../model/alphabet/operands.js';
import type { World } from '../../model/kernel/world.js';
import { RB_AUX_PAGES, RB_PAGES } from '../../model/perf/tables.js';
import type { Scope } from './form.js';
import type { Stream } from './stream.js';
import { PAGE_VALUES, RB_VALUES } from './world-columns.js';
import type { WorldNames } from './world-names.js';

/** The normal form of a buffer, with its pages. */
export class BufferForm {
  readonly #w: World;
  readonly #scope: Scope;
  readonly #names: WorldNames;
  readonly #values: readonly Int32Array[];
  readonly #pageValues: readonly Int32Array[];
  /** Pages read so far. */
  #pages = 0;

  constructor(world: World, scope: Scope, names: WorldNames) {
    this.#w = world;
    this.#scope = scope;
    this.#names = names;
    this.#values = RB_VALUES.map((name) => world.rb[name]);
    this.#pageValues = PAGE_VALUES.map((name) => world.page[name]);
  }

  /** Before the first buffer of a state is read. */
  begin(): void {
    this.#pages = 0;
  }

  visit(stream: Stream, name: number): void {
    const { rb, rbData, rbAux } = this.#w;
    const b = this.#names.buffers.rows[name];
    for (const column of this.#values) column[b] = stream.value(column[b]);
    this.#data(stream, b);
    const records = this.#scope.records;
    rb.overwrite[b] = stream.value(records ? rb.overwrite[b] : 0);
    rb.head[b] = stream.value(records ? rb.head[b] : 0);
    rb.aux_nr_pages[b] = stream.value(rb.aux_nr_pages[b]);
    if (rb.aux_nr_pages[b] !== 0) this.#aux(stream, b);
    this.#pages_of(stream, b, rbData.page, RB_PAGES);
    this.#pages_of(stream, b, rbAux.page, RB_AUX_PAGES);
  }

  #data(stream: Stream, b: number): void {
    const { rb } = this.#w;
    rb.mmap_user[b] = stream.user(rb.mmap_user[b]);
    rb.owner_user[b] = stream.user(rb.owner_user[b]);
    rb.mmap_locked[b] = stream.value(rb.mmap_locked[b]);
    // Nothing pinned is nothing to give back: it does not matter to whom.
    if (rb.mmap_locked[b] === 0) return;
    this.#memory(stream, rb.mmap_mm, rb.mmap_gen, b);
    this.#memory(stream, rb.owner_mm, rb.owner_gen, b);
  }

  /** What is remembered of an AUX area that is gone means nothing. */
  #aux(stream: Stream, b: number): void {
    const { rb } = this.#w;
    rb.aux_pgoff[b] = stream.value(rb.aux_pgoff[b]);
    rb.aux_user[b] = stream.user(rb.aux_user[b]);
    rb.aux_owner_user[b] = stream.user(rb.aux_owner_user[b]);
    rb.aux_mmap_locked[b] = stream.value(rb.aux_mmap_locked[b]);
    if (rb.aux_mmap_locked[b] === 0) return;
    this.#memory(stream, rb.aux_mm, rb.aux_gen, b);
    this.#memory(stream, rb.aux_owner_mm, rb.aux_owner_gen, b);
  }

  /** A process's present memory, or one that is gone: these are all alike. */
  #memory(stream: Stream, mm: Int32Array, gen: Int32Array, b: number): void {
    const { task } = this.#w;
    if (stream.reading) {
      const code = stream.value(0);
      mm[b] = code === 0 ? 0 : stream.renaming.procFrom[code - 1];
      gen[b] = code === 0 ? -1 : 0;
      return;
    }
    const lives = task.alive[mm[b]] !== 0 && task.gen[mm[b]] === gen[b];
    stream.value(lives ? stream.renaming.procTo[mm[b]] + 1 : 0);
  }

  /** The pages that one list of the buffer names, which has room for so many. */
  #pages_of(stream: Stream, b: number, list: Int32Array, length: number): void {
    const base = b * length;
    if (stream.reading) {
      for (let i = stream.value(0); i > 0; i = stream.value(0)) {
        const p = this.#pages++;
        list[base + i - 1] = p + 1;
        this.#page(stream, b, p);
      }
      return;
    }
    for (let i = 0; i < length; i++) {
      if (list[base + i] === 0) continue;
      stream.value(i + 1);
      this.#page(stream, b, list[base + i] - 1);
    }
    stream.value(0);
  }

  #page(stream: Stream, b: number, p: number): void {
    const { page } = this.#w;
    page.state[p] = 1;
    for (const column of this.#pageValues) column[p] = stream.value(column[p]);
    // The design looks whether it is set, not at what it is.
    page.mapping[p] = stream.value(page.mapping[p] === 0 ? 0 : 1);
    page.owner[p] = stream.value(page.owner[p] === b + 1 ? 1 : page.owner[p] === 0 ? 0 : -1);
    if (page.owner[p] === 1) page.owner[p] = b + 1;
    this.#content(stream, p);
  }

  #content(stream: Stream, p: number): void {
    const { content } = this.#w;
    const at = p * WORDS;
    if (!this.#scope.records) this.#forget_records(at);
    let set = 0;
    for (let word = 0; word < WORDS; word++) if (content[at + word] !== 0) set |= 1 << word;
    set = stream.value(set);
    for (let word = 0; word < WORDS; word++)
      if ((set & (1 << word)) !== 0) content[at + word] = stream.value(content[at + word]);
  }

  #forget_records(at: number): void {
    const { content } = this.#w;
    content[at + WORD_DATA_HEAD] = 0;
    for (let word = 0; word < WORDS; word++) if (content[at + word] === RECORD_BYTES) content[at + word] = 0;
  }
}

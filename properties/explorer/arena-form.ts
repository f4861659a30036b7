import { ARENA_PAGES } from '../../model/alphabet/bounds.js';
import { WORDS } from '../../model/alphabet/operands.js';
import type { World } from '../../model/kernel/world.js';
import { shmem_slot } from '../../model/mm/shmem.js';
import { FIRST_PRIVATE } from '../../model/mm/tables.js';
import type { Scope } from './form.js';
import type { Stream } from './stream.js';
import { VMA_VALUES } from './world-columns.js';
import type { WorldNames } from './world-names.js';

/** The normal form of a process's arena: page by page its VMAs, entries and anonymous contents. */
export class ArenaForm {
  readonly #w: World;
  readonly #scope: Scope;
  readonly #names: WorldNames;
  readonly #values: readonly Int32Array[];

  constructor(world: World, scope: Scope, names: WorldNames) {
    this.#w = world;
    this.#scope = scope;
    this.#names = names;
    this.#values = VMA_VALUES.map((name) => world.vma[name]);
  }

  /** Come upon the events and shared memory objects that are mapped. */
  number(stream: Stream, p: number): void {
    const { tree, vma } = this.#w;
    const { from } = stream.renaming.pages[p];
    for (let q = 0; q < this.#scope.pages; q++) {
      const a = p * ARENA_PAGES + from[q];
      if (tree.vma[a] !== a + 1) continue;
      const file = vma.file[a];
      if (file > 0) this.#names.events.number(file - 1);
      else if (file < 0) this.#names.objects.number(-file - 1);
    }
  }

  /** Every VMA in use is in the tree, every entry maps a page that is in use. */
  is_regular(): boolean {
    const { tree, vma, pte, task } = this.#w;
    for (let p = 0; p < this.#scope.processes; p++) {
      for (let a = p * ARENA_PAGES; a < p * ARENA_PAGES + this.#scope.pages; a++) {
        if (task.alive[p] === 0 && (tree.vma[a] | pte.pfn[a]) !== 0) return false;
        if ((tree.vma[a] === a + 1) !== (vma.used[a] !== 0)) return false;
        if (pte.pfn[a] !== 0 && this.#names.pages.of(pte.pfn[a] - 1) === 0) return false;
      }
    }
    return true;
  }

  visit(stream: Stream, p: number): void {
    const { from, to } = stream.renaming.pages[p];
    const base = p * ARENA_PAGES;
    if (stream.reading) {
      for (let page = stream.value(0); page !== 0; page = stream.value(0))
        this.#page(stream, base, base + from[page - 1], from, to);
      return;
    }
    const { tree, pte } = this.#w;
    for (let q = 0; q < this.#scope.pages; q++) {
      const a = base + from[q];
      if ((tree.vma[a] | pte.pfn[a] | pte.flags[a]) === 0) continue;
      stream.value(q + 1);
      this.#page(stream, base, a, from, to);
    }
    stream.value(0);
  }

  #page(stream: Stream, base: number, a: number, from: Int8Array, to: Int8Array): void {
    const { tree, vma, pte } = this.#w;
    if (stream.reading) {
      const start = stream.value(0);
      tree.vma[a] = start === 0 ? 0 : base + from[start - 1] + 1;
    } else {
      const start = tree.vma[a];
      stream.value(start === 0 ? 0 : to[start - 1 - base] + 1);
    }
    pte.pfn[a] = stream.reference(pte.pfn[a], this.#names.pages);
    pte.flags[a] = stream.value(pte.flags[a]);
    const v = tree.vma[a] - 1;
    if (v === a) this.#vma(stream, v);
    if (v >= 0 && vma.file[v] === 0) this.#private_page(stream, a);
  }

  #vma(stream: Stream, v: number): void {
    const { vma } = this.#w;
    vma.used[v] = 1;
    vma.end[v] = v + stream.value(vma.end[v] - v);
    for (const column of this.#values) column[v] = stream.value(column[v]);
    const file = vma.file[v];
    const kind = stream.value(Math.sign(file));
    if (kind > 0) vma.file[v] = stream.reference(file, this.#names.events);
    else if (kind < 0) this.#object(stream, v);
  }

  /** Shared memory, whole, with each VMA that maps it: small, and seldom mapped twice. */
  #object(stream: Stream, v: number): void {
    const { vma, shmem, content, resident } = this.#w;
    vma.file[v] = -stream.reference(-vma.file[v], this.#names.objects);
    const object = -vma.file[v] - 1;
    shmem.size[object] = stream.value(shmem.size[object]);
    shmem.vmas[object] = stream.value(shmem.vmas[object]);
    for (let i = 0; i < shmem.size[object]; i++) {
      const slot = shmem_slot(object, i);
      resident.page[slot - FIRST_PRIVATE] = stream.value(resident.page[slot - FIRST_PRIVATE]);
      for (let word = slot * WORDS; word < (slot + 1) * WORDS; word++)
        content[word] = stream.value(content[word]);
    }
  }

  #private_page(stream: Stream, a: number): void {
    const { content, resident } = this.#w;
    resident.page[a] = stream.value(resident.page[a]);
    const slot = FIRST_PRIVATE + a;
    for (let word = slot * WORDS; word < (slot + 1) * WORDS; word++)
      content[word] = stream.value(content[word]);
  }
}

import { FDS, PROCS, USERS } from '../../model/alphabet/bounds.js';
import type { World } from '../../model/kernel/world.js';
import { MAX_PAGES } from '../../model/mm/tables.js';
import { MAX_EVENTS, MAX_RBS, RB_AUX_PAGES, RB_PAGES } from '../../model/perf/tables.js';
import { ArenaForm } from './arena-form.js';
import { BufferForm } from './buffer-form.js';
import { allNamed, type Form, type Scope } from './form.js';
import { Numbering } from './numbering.js';
import type { Stream } from './stream.js';
import { EVENT_VALUES, TASK_VALUES } from './world-columns.js';
import type { WorldNames } from './world-names.js';

/** The normal form of the modelled kernel's state. */
export class WorldForm implements Form {
  readonly #w: World;
  readonly #scope: Scope;
  readonly #blank: Int32Array;
  readonly #names: WorldNames;
  /** Lives of tasks that are over and that events still know: task + PROCS * life. */
  readonly #gone: Int32Array = new Int32Array(MAX_EVENTS);
  #goneCount = 0;
  readonly #arena: ArenaForm;
  readonly #buffer: BufferForm;
  readonly #taskValues: readonly Int32Array[];
  readonly #eventValues: readonly Int32Array[];
  readonly #system: readonly Int32Array[];

  /** @param world has been reset to what sequences start from */
  constructor(world: World, scope: Scope) {
    this.#w = world;
    this.#scope = scope;
    this.#blank = world.words.slice();
    this.#names = {
      events: new Numbering(MAX_EVENTS),
      buffers: new Numbering(MAX_RBS),
      pages: new Numbering(MAX_PAGES),
      objects: new Numbering(world.shmem.size.length),
    };
    this.#arena = new ArenaForm(world, scope, this.#names);
    this.#buffer = new BufferForm(world, scope, this.#names);
    this.#taskValues = TASK_VALUES.map((name) => world.task[name]);
    this.#eventValues = EVENT_VALUES.map((name) => world.event[name]);
    const { sys } = world;
    this.#system = [sys.gift, sys.inject_site, sys.inject_left, sys.warned];
  }

  get events(): number {
    return this.#names.events.count;
  }

  get buffers(): number {
    return this.#names.buffers.count;
  }

  clear(): void {
    this.#w.words.set(this.#blank);
    this.#w.task.alive[0] = 0;
    this.#w.task.rlimit_memlock[0] = 0;
  }

  number(stream: Stream): void {
    const { events, buffers, pages, objects } = this.#names;
    events.clear();
    buffers.clear();
    pages.clear();
    objects.clear();
    this.#goneCount = 0;
    const { task, files, event } = this.#w;
    const { procFrom, fds } = stream.renaming;
    for (let name = 0; name < this.#scope.processes; name++) {
      const p = procFrom[name];
      if (task.alive[p] === 0) continue;
      for (let fd = 0; fd < FDS; fd++) {
        const e = files.event[p * FDS + fds[p].from[fd]];
        if (e !== 0) events.number(e - 1);
      }
      this.#arena.number(stream, p);
    }
    for (let i = 0; i < events.count; i++) {
      const rb = event.rb[events.rows[i]];
      if (rb !== 0) buffers.number(rb - 1);
    }
    for (let i = 0; i < buffers.count; i++) this.#number_pages(buffers.rows[i]);
  }

  #number_pages(rb: number): void {
    const { rbData, rbAux } = this.#w;
    const { pages } = this.#names;
    for (let i = rb * RB_PAGES; i < (rb + 1) * RB_PAGES; i++)
      if (rbData.page[i] !== 0) pages.number(rbData.page[i] - 1);
    for (let i = rb * RB_AUX_PAGES; i < (rb + 1) * RB_AUX_PAGES; i++)
      if (rbAux.page[i] !== 0) pages.number(rbAux.page[i] - 1);
  }

  isRegular(): boolean {
    const { event, rb, page } = this.#w;
    const { events, buffers, pages } = this.#names;
    if (!allNamed(event.used, events) || !allNamed(rb.used, buffers)) return false;
    for (let p = 0; p < MAX_PAGES; p++) {
      if ((page.state[p] !== 0) !== (pages.of(p) !== 0)) return false;
      if (page.state[p] === 0 && (page.refcount[p] | page.mapcount[p]) !== 0) return false;
    }
    return this.#arena.is_regular();
  }

  system(stream: Stream): void {
    const { user } = this.#w;
    const { userFrom } = stream.renaming;
    for (const column of this.#system) column[0] = stream.value(column[0]);
    for (let name = 0; name < USERS; name++)
      user.perf_mlock[userFrom[name]] = stream.value(user.perf_mlock[userFrom[name]]);
    const { events, buffers, pages, objects } = this.#names;
    const counts = [events.count, buffers.count, pages.count, objects.count].map((n) => stream.value(n));
    if (!stream.reading) return;
    events.identity(counts[0]);
    buffers.identity(counts[1]);
    pages.identity(counts[2]);
    objects.identity(counts[3]);
    this.#w.sys.free_page[0] = counts[2] < MAX_PAGES ? counts[2] + 1 : 0;
    this.#buffer.begin();
  }

  process(stream: Stream, name: number): void {
    const { task, files } = this.#w;
    const p = stream.renaming.procFrom[name];
    task.alive[p] = stream.value(task.alive[p]);
    if (task.alive[p] === 0) return;
    task.user[p] = stream.user(task.user[p]);
    for (const column of this.#taskValues) column[p] = stream.value(column[p]);
    const { from } = stream.renaming.fds[p];
    for (let fd = 0; fd < FDS; fd++) {
      const slot = p * FDS + from[fd];
      files.event[slot] = stream.reference(files.event[slot], this.#names.events);
    }
    this.#arena.visit(stream, p);
  }

  event(stream: Stream, name: number): void {
    const { event } = this.#w;
    const e = this.#names.events.rows[name];
    for (const column of this.#eventValues) column[e] = stream.value(column[e]);
    event.rb[e] = stream.reference(event.rb[e], this.#names.buffers);
    event.rb_entry[e] = event.rb[e];
    event.watches[e] = stream.processes(event.watches[e]);
    this.#task(stream, e);
  }

  /** Whose event it is: a process that lives, or a life that is over, which is told from other such lives. */
  #task(stream: Stream, e: number): void {
    const { event, task } = this.#w;
    const { procFrom, procTo } = stream.renaming;
    if (stream.reading) {
      const code = stream.value(0);
      if (code > 0) event.task[e] = procFrom[code - 1];
      else event.life[e] = code;
      return;
    }
    const p = event.task[e];
    const lives = task.alive[p] !== 0 && task.life[p] === event.life[e];
    stream.value(lives ? procTo[p] + 1 : -1 - this.#gone_life(p + PROCS * event.life[e]));
  }

  #gone_life(life: number): number {
    for (let i = 0; i < this.#goneCount; i++) if (this.#gone[i] === life) return i;
    this.#gone[this.#goneCount] = life;
    return this.#goneCount++;
  }

  buffer(stream: Stream, name: number): void {
    this.#buffer.visit(stream, name);
  }
}

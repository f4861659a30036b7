import { ARENA_PAGES, FDS, USERS } from '../../model/alphabet/bounds.js';
import { VIEW_FIRST, VIEW_KIND, VIEW_NONE, VIEW_PERF } from '../../model/alphabet/observations.js';
import {
  ARMED,
  GIFT,
  NEXT_MEMORY,
  NEXT_TASK,
  NONE,
  OBJECT_PAGES,
  STORED_WORDS,
  type State,
} from '../../model/spec/state.js';
import { allNamed, type Form, type Scope } from './form.js';
import { Numbering } from './numbering.js';
import { SpecBufferForm } from './spec-buffer-form.js';
import type { Stream } from './stream.js';

/** The first memory and task that no process has: process p has number p + 1. */
const NEXT = 1 << 20;

/** The normal form of the specification's state. */
export class SpecForm implements Form {
  readonly #s: State;
  readonly #scope: Scope;
  readonly #ints: Int32Array;
  readonly #blank: Int32Array;
  readonly #events: Numbering;
  readonly #buffers: Numbering;
  readonly #mappings: Numbering;
  readonly #objects: Numbering;
  /** Tasks that are over and that events still know. */
  readonly #gone: Int32Array;
  #goneCount = 0;
  readonly #buffer: SpecBufferForm;
  readonly #procValues: readonly Int32Array[];
  readonly #eventValues: readonly Int32Array[];

  /** @param state of a specification that has been reset to what sequences start from */
  constructor(state: State, scope: Scope) {
    this.#s = state;
    this.#scope = scope;
    this.#ints = new Int32Array(state.procAlive.buffer, 0, state.size);
    this.#blank = this.#ints.slice();
    this.#events = new Numbering(state.eventRefs.length);
    this.#buffers = new Numbering(state.bufferMappings.length);
    this.#mappings = new Numbering(state.mapPages.length);
    this.#objects = new Numbering(state.objectRefs.length);
    this.#gone = new Int32Array(state.eventRefs.length);
    this.#buffer = new SpecBufferForm(state, scope, this.#buffers);
    this.#procValues = [
      state.procCap,
      state.procRlimit,
      state.procPinned,
      state.procLocked,
      state.procLockedAll,
      state.procFuture,
    ];
    this.#eventValues = [
      state.eventRefs,
      state.eventCpu,
      state.eventInherit,
      state.eventBackward,
      state.eventAux,
      state.eventShared,
      state.eventMappings,
    ];
  }

  get events(): number {
    return this.#events.count;
  }

  get buffers(): number {
    return this.#buffers.count;
  }

  clear(): void {
    const s = this.#s;
    this.#ints.set(this.#blank);
    for (const column of [s.procAlive, s.procMemory, s.procTask, s.procRlimit]) column[0] = 0;
    s.scalar[NEXT_MEMORY] = NEXT;
    s.scalar[NEXT_TASK] = NEXT;
  }

  number(stream: Stream): void {
    const s = this.#s;
    this.#events.clear();
    this.#buffers.clear();
    this.#mappings.clear();
    this.#objects.clear();
    this.#goneCount = 0;
    const { procFrom, fds } = stream.renaming;
    for (let name = 0; name < this.#scope.processes; name++) {
      const p = procFrom[name];
      if (s.procAlive[p] === 0) continue;
      for (let fd = 0; fd < FDS; fd++) {
        const e = s.fdEvent[p * FDS + fds[p].from[fd]];
        if (e !== NONE) this.#events.number(e);
      }
      this.#number_cells(stream, p);
    }
    for (let i = 0; i < this.#events.count; i++) {
      const b = s.eventBuffer[this.#events.rows[i]];
      if (b !== NONE) this.#buffers.number(b);
    }
  }

  #number_cells(stream: Stream, p: number): void {
    const s = this.#s;
    const { from } = stream.renaming.pages[p];
    for (let q = 0; q < this.#scope.pages; q++) {
      const cell = p * ARENA_PAGES + from[q];
      if ((s.cellView[cell] & VIEW_KIND) === VIEW_PERF) {
        this.#mappings.number(s.cellMap[cell]);
        this.#events.number(s.mapEvent[s.cellMap[cell]]);
      } else if (s.cellObject[cell] !== NONE) this.#objects.number(s.cellObject[cell]);
    }
  }

  isRegular(): boolean {
    const { eventRefs, bufferMappings, mapPages } = this.#s;
    return (
      allNamed(eventRefs, this.#events) &&
      allNamed(bufferMappings, this.#buffers) &&
      allNamed(mapPages, this.#mappings)
    );
  }

  system(stream: Stream): void {
    const s = this.#s;
    const { userFrom } = stream.renaming;
    for (const scalar of [GIFT, ARMED]) s.scalar[scalar] = stream.value(s.scalar[scalar]);
    for (let name = 0; name < USERS; name++)
      s.userUsed[userFrom[name]] = stream.value(s.userUsed[userFrom[name]]);
    for (const numbering of [this.#events, this.#buffers, this.#mappings, this.#objects]) {
      const count = stream.value(numbering.count);
      if (stream.reading) numbering.identity(count);
    }
  }

  process(stream: Stream, name: number): void {
    const s = this.#s;
    const p = stream.renaming.procFrom[name];
    s.procAlive[p] = stream.value(s.procAlive[p]);
    if (s.procAlive[p] === 0) return;
    if (stream.reading) {
      s.procMemory[p] = p + 1;
      s.procTask[p] = p + 1;
    }
    s.procUser[p] = stream.user(s.procUser[p]);
    for (const column of this.#procValues) column[p] = stream.value(column[p]);
    const { from } = stream.renaming.fds[p];
    for (let fd = 0; fd < FDS; fd++) {
      const slot = p * FDS + from[fd];
      s.fdEvent[slot] = stream.reference(s.fdEvent[slot] + 1, this.#events) - 1;
    }
    this.#cells(stream, p);
  }

  #cells(stream: Stream, p: number): void {
    const { from } = stream.renaming.pages[p];
    const base = p * ARENA_PAGES;
    if (stream.reading) {
      for (let page = stream.value(0); page !== 0; page = stream.value(0))
        this.#cell(stream, p, base + from[page - 1]);
      return;
    }
    for (let q = 0; q < this.#scope.pages; q++) {
      const cell = base + from[q];
      if (this.#s.cellView[cell] === VIEW_NONE) continue;
      stream.value(q + 1);
      this.#cell(stream, p, cell);
    }
    stream.value(0);
  }

  #cell(stream: Stream, p: number, cell: number): void {
    const s = this.#s;
    s.cellView[cell] = stream.value(s.cellView[cell]);
    if ((s.cellView[cell] & VIEW_KIND) !== VIEW_PERF) {
      this.#anonymous(stream, cell);
      return;
    }
    s.cellMap[cell] = stream.reference(s.cellMap[cell] + 1, this.#mappings) - 1;
    if ((s.cellView[cell] & VIEW_FIRST) === 0) return;
    const m = s.cellMap[cell];
    s.mapProc[m] = p;
    s.mapFirst[m] = cell - p * ARENA_PAGES;
    s.mapPages[m] = stream.value(s.mapPages[m]);
    s.mapPgoff[m] = stream.value(s.mapPgoff[m]);
    s.mapEvent[m] = stream.reference(s.mapEvent[m] + 1, this.#events) - 1;
    s.mapTouched[m] = stream.value(s.mapTouched[m]);
  }

  #anonymous(stream: Stream, cell: number): void {
    const s = this.#s;
    s.cellMark[cell] = stream.value(s.cellMark[cell]);
    s.cellObject[cell] = stream.reference(s.cellObject[cell] + 1, this.#objects) - 1;
    const object = s.cellObject[cell];
    if (object === NONE) {
      const words = cell * STORED_WORDS;
      for (let i = words; i < words + STORED_WORDS; i++) s.cellWords[i] = stream.value(s.cellWords[i]);
      return;
    }
    s.cellOffset[cell] = stream.value(s.cellOffset[cell]);
    s.objectRefs[object] = stream.value(s.objectRefs[object]);
    s.objectPages[object] = stream.value(s.objectPages[object]);
    const words = object * OBJECT_PAGES * STORED_WORDS;
    for (let i = words; i < words + s.objectPages[object] * STORED_WORDS; i++)
      s.objectWords[i] = stream.value(s.objectWords[i]);
  }

  event(stream: Stream, name: number): void {
    const s = this.#s;
    const e = this.#events.rows[name];
    for (const column of this.#eventValues) column[e] = stream.value(column[e]);
    s.eventWatches[e] = stream.processes(s.eventWatches[e]);
    s.eventBuffer[e] = stream.reference(s.eventBuffer[e] + 1, this.#buffers) - 1;
    const { procFrom, procTo } = stream.renaming;
    if (stream.reading) {
      const code = stream.value(0);
      s.eventTask[e] = code > 0 ? procFrom[code - 1] + 1 : code;
      return;
    }
    for (let p = 0; p < this.#scope.processes; p++) {
      if (s.procAlive[p] === 0 || s.procTask[p] !== s.eventTask[e]) continue;
      stream.value(procTo[p] + 1);
      return;
    }
    stream.value(-1 - this.#gone_task(s.eventTask[e]));
  }

  #gone_task(task: number): number {
    for (let i = 0; i < this.#goneCount; i++) if (this.#gone[i] === task) return i;
    this.#gone[this.#goneCount] = task;
    return this.#goneCount++;
  }

  buffer(stream: Stream, name: number): void {
    this.#buffer.visit(stream, name);
  }
}

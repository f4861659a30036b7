import { ARENA_PAGES, FDS } from '../alphabet/bounds.js';
import { VIEW_KIND } from '../alphabet/observations.js';
import type { SequenceView } from '../alphabet/specification.js';
import { NONE, type State } from './state.js';
import { pgoffOf } from './words.js';

/** What generators may ask of the state. */
export class StateView implements SequenceView {
  private readonly s: State;

  constructor(s: State) {
    this.s = s;
  }

  alive(proc: number): boolean {
    return this.s.procAlive[proc] !== 0;
  }

  user(proc: number): number {
    return this.s.procUser[proc];
  }

  fdOpen(proc: number, fd: number): boolean {
    return this.s.fdEvent[proc * FDS + fd] !== NONE;
  }

  bufferPages(proc: number, fd: number): number {
    const e = this.s.fdEvent[proc * FDS + fd];
    if (e === NONE) return 0;
    const b = this.s.eventBuffer[e];
    return b === NONE ? 0 : this.s.bufferData[b] + 1;
  }

  pageKind(proc: number, page: number): number {
    return this.s.cellView[proc * ARENA_PAGES + page] & VIEW_KIND;
  }

  mappingStart(proc: number, page: number): number {
    const m = this.s.cellMap[proc * ARENA_PAGES + page];
    return m === NONE ? page : this.s.mapFirst[m];
  }

  mappingPages(proc: number, page: number): number {
    const m = this.s.cellMap[proc * ARENA_PAGES + page];
    return m === NONE ? 1 : this.s.mapPages[m];
  }

  pagePgoff(proc: number, page: number): number {
    return pgoffOf(this.s.cellView[proc * ARENA_PAGES + page]);
  }
}

import { PROCS } from '../../model/alphabet/bounds.js';
import { STORED_WORDS, type State } from '../../model/spec/state.js';
import type { Scope } from './form.js';
import type { Numbering } from './numbering.js';
import type { Stream } from './stream.js';

/** The normal form of what the specification knows of a buffer. */
export class SpecBufferForm {
  readonly #s: State;
  readonly #scope: Scope;
  readonly #buffers: Numbering;

  constructor(state: State, scope: Scope, buffers: Numbering) {
    this.#s = state;
    this.#scope = scope;
    this.#buffers = buffers;
  }

  visit(stream: Stream, name: number): void {
    const s = this.#s;
    const b = this.#buffers.rows[name];
    s.bufferMappings[b] = stream.value(s.bufferMappings[b]);
    s.bufferData[b] = stream.value(s.bufferData[b]);
    s.bufferBackward[b] = stream.value(s.bufferBackward[b]);
    s.bufferUser[b] = stream.user(s.bufferUser[b]);
    s.bufferFromGift[b] = stream.value(s.bufferFromGift[b]);
    s.bufferPinned[b] = stream.value(s.bufferPinned[b]);
    if (s.bufferPinned[b] !== 0) this.#memory(stream, s.bufferMemory, b);
    const records = this.#scope.records;
    s.bufferOverwrite[b] = stream.value(records ? s.bufferOverwrite[b] : 0);
    s.bufferRecords[b] = stream.value(records ? s.bufferRecords[b] : 0);
    const words = b * STORED_WORDS;
    for (let i = words; i < words + STORED_WORDS; i++) s.bufferWords[i] = stream.value(s.bufferWords[i]);
    s.auxPages[b] = stream.value(s.auxPages[b]);
    if (s.auxPages[b] !== 0) this.#aux(stream, b);
  }

  #aux(stream: Stream, b: number): void {
    const s = this.#s;
    s.auxPgoff[b] = stream.value(s.auxPgoff[b]);
    s.auxMappings[b] = stream.value(s.auxMappings[b]);
    s.auxUser[b] = stream.user(s.auxUser[b]);
    s.auxFromGift[b] = stream.value(s.auxFromGift[b]);
    s.auxPinned[b] = stream.value(s.auxPinned[b]);
    if (s.auxPinned[b] !== 0) this.#memory(stream, s.auxMemory, b);
  }

  /** The present memory of a process that lives, or one that is gone. */
  #memory(stream: Stream, memory: Int32Array, b: number): void {
    const { procFrom, procTo } = stream.renaming;
    if (stream.reading) {
      const code = stream.value(0);
      memory[b] = code === 0 ? -1 : procFrom[code - 1] + 1;
      return;
    }
    const { procAlive, procMemory } = this.#s;
    for (let p = 0; p < PROCS; p++) {
      if (procAlive[p] === 0 || procMemory[p] !== memory[b]) continue;
      stream.value(procTo[p] + 1);
      return;
    }
    stream.value(0);
  }
}

import {
  RECORD_BYTES,
  VIEW_KIND,
  VIEW_PERF,
  VIEW_PGOFF_MASK,
  VIEW_PGOFF_SHIFT,
} from '../alphabet/observations.js';
import { WORD_BYTE, WORD_DATA_HEAD, WORD_DATA_SIZE } from '../alphabet/operands.js';
import { isShared, objectWordsAt } from './cells.js';
import { RECORDS_PER_PAGE } from './events.js';
import { STORED_WORDS, type State } from './state.js';

/** Where `word` is among the words that user space can store to, or -1. */
function storedIndex(word: number): number {
  return word < WORD_DATA_SIZE ? word : -1;
}

const RECORD_SIZE = 32;
/** Which record of its page covers each word. */
const WORD_RECORD: readonly number[] = WORD_BYTE.map((byte) => Math.floor(byte / RECORD_SIZE));

export function pgoffOf(view: number): number {
  return (view >>> VIEW_PGOFF_SHIFT) & VIEW_PGOFF_MASK;
}

/** What a word of a mapped page holds, whoever looks. */
export function readWord(s: State, cell: number, word: number): number {
  const view = s.cellView[cell];
  if ((view & VIEW_KIND) !== VIEW_PERF) return anonymousWord(s, cell, word);
  const m = s.cellMap[cell];
  const b = s.eventBuffer[s.mapEvent[m]];
  const pgoff = pgoffOf(view);
  if (pgoff === 0) return controlWord(s, b, word);
  // The PMU behind an AUX area is never started: the area stays as it was allocated, zero.
  return s.mapPgoff[m] === 0 ? dataWord(s, b, pgoff, word) : 0;
}

function anonymousWord(s: State, cell: number, word: number): number {
  const stored = storedIndex(word);
  if (isShared(s, cell)) return stored < 0 ? 0 : s.objectWords[objectWordsAt(s, cell) + stored];
  return stored < 0 ? 0 : s.cellWords[cell * STORED_WORDS + stored];
}

function controlWord(s: State, b: number, word: number): number {
  const stored = storedIndex(word);
  if (stored >= 0) return s.bufferWords[b * STORED_WORDS + stored];
  if (word === WORD_DATA_SIZE) return s.bufferData[b];
  if (word === WORD_DATA_HEAD) return s.bufferBackward[b] === 0 ? s.bufferRecords[b] : -s.bufferRecords[b];
  // `first` is the version of the page's layout.
  return 0;
}

/** A word of a data page: written over by a record, or zero. A backward buffer fills from its end. */
function dataWord(s: State, b: number, pgoff: number, word: number): number {
  const place = (pgoff - 1) * RECORDS_PER_PAGE + WORD_RECORD[word];
  const rank = s.bufferBackward[b] === 0 ? place : s.bufferData[b] * RECORDS_PER_PAGE - 1 - place;
  return s.bufferRecords[b] > rank ? RECORD_BYTES : 0;
}

/** Store to a word that user space can store to. */
export function writeWord(s: State, cell: number, word: number, value: number): void {
  const view = s.cellView[cell];
  if ((view & VIEW_KIND) === VIEW_PERF) {
    s.bufferWords[s.eventBuffer[s.mapEvent[s.cellMap[cell]]] * STORED_WORDS + word] = value;
  } else if (isShared(s, cell)) s.objectWords[objectWordsAt(s, cell) + word] = value;
  else s.cellWords[cell * STORED_WORDS + word] = value;
}

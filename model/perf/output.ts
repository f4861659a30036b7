import { PAGE_SIZE } from '../alphabet/bounds.js';
import { RECORD_BYTES } from '../alphabet/observations.js';
import { WORD_BYTE, WORD_DATA_HEAD, WORDS } from '../alphabet/operands.js';
import type { World } from '../kernel/world.js';
import { data_page_nr } from './ring-buffer.js';
import { RB_PAGES } from './tables.js';

/** Bytes of a COMM record of the alphabet. */
const RECORD = 32;

/** A COMM record, `count` times, for every event that watches this task (perf_event_comm). */
export function perf_event_comm(w: World, proc: number, count: number): void {
  const { used, watches, rb } = w.event;
  for (let e = 0; e < used.length; e++) {
    if (used[e] === 0 || (watches[e] & (1 << proc)) === 0 || rb[e] === 0) continue;
    for (let i = 0; i < count; i++) if (!perf_output(w, rb[e] - 1, w.event.backward[e] !== 0)) break;
  }
}

/** A FORK or EXIT record: events that want COMM records get these, too, of the same size (perf_event_task_match, v6.1 to v6.18). */
export function perf_event_task(w: World, proc: number): void {
  perf_event_comm(w, proc, 1);
}

/** Write one record (__perf_output_begin to _end). @returns whether it had a place */
function perf_output(w: World, rb: number, backward: boolean): boolean {
  if (w.rb.paused[rb] !== 0) return false;
  const size = data_page_nr(w, rb) * PAGE_SIZE;
  const head = w.rb.head[rb];
  const used = Math.abs(head);
  if (w.rb.overwrite[rb] === 0 && used + RECORD >= size) return false;
  const start = backward ? head - RECORD : head;
  mark_written(w, rb, ((start % size) + size) % size);
  w.rb.head[rb] = backward ? start : head + RECORD;
  const user_page = (w.rbData.page[rb * RB_PAGES] - 1) * WORDS;
  w.content[user_page + WORD_DATA_HEAD] = w.rb.head[rb] / RECORD;
  return true;
}

/** The words of the data page that the record at this byte of the data area covers hold its bytes from now on. */
function mark_written(w: World, rb: number, at: number): void {
  const p = w.rbData.page[rb * RB_PAGES + 1 + Math.floor(at / PAGE_SIZE)] - 1;
  const within = at % PAGE_SIZE;
  for (let word = 0; word < WORDS; word++) {
    if (WORD_BYTE[word] >= within && WORD_BYTE[word] < within + RECORD) w.content[p * WORDS + word] = RECORD_BYTES;
  }
}

import { PAGE_SIZE } from '../alphabet/bounds.js';
import { RECORD_BYTES } from '../alphabet/observations.js';
import { WORD_BYTE, WORD_DATA_HEAD, WORDS } from '../alphabet/operands.js';
import type { World } from '../kernel/world.js';
import { data_page_nr } from './ring-buffer.js';
import { RB_PAGES } from './tables.js';

/** Bytes of a record of the alphabet: COMM, FORK and EXIT. It divides a page, so that no record straddles two. */
const RECORD = 32;
const RECORDS_PER_PAGE = PAGE_SIZE / RECORD;
/** Which record of its page covers each word. */
const RECORD_OF_WORD = Int32Array.from(WORD_BYTE, (byte) => Math.floor(byte / RECORD));

/** A COMM record, `count` times, for every event that watches this task (perf_event_comm). */
export function perf_event_comm(w: World, proc: number, count: number): void {
  const { used, watches, rb, backward } = w.event;
  for (let e = 0; e < rb.length; e++) {
    // Of a row that is free nothing else is read: the memory of the event is gone.
    if (used[e] === 0 || (watches[e] & (1 << proc)) === 0 || rb[e] === 0) continue;
    perf_output(w, rb[e] - 1, backward[e] !== 0, count);
  }
}

/** A FORK or EXIT record: events that want COMM records get these, too, of the same size (perf_event_task_match, v6.1 to v6.18). */
export function perf_event_task(w: World, proc: number): void {
  perf_event_comm(w, proc, 1);
}

/**
 * Write as many of `count` records as there is a place for (__perf_output_begin to perf_output_end, `count` times). The
 * last record of a buffer that is not overwritten stays free (ring_buffer_has_space); nobody advances `data_tail`.
 */
function perf_output(w: World, rb: number, backward: boolean, count: number): void {
  if (w.rb.paused[rb] !== 0) return;
  const { head, overwrite } = w.rb;
  const records = data_page_nr(w, rb) * RECORDS_PER_PAGE;
  const before = head[rb];
  const written = overwrite[rb] !== 0 ? count : Math.min(count, records - 1 - Math.abs(before));
  head[rb] = backward ? before - written : before + written;
  mark_written(w, rb, Math.min(before, head[rb]), written);
  w.content[(w.rbData.page[rb * RB_PAGES] - 1) * WORDS + WORD_DATA_HEAD] = head[rb];
}

/** The words that `written` records from number `first` on cover hold their bytes from now on. */
function mark_written(w: World, rb: number, first: number, written: number): void {
  const pages = data_page_nr(w, rb);
  const end = first + written;
  for (let page = Math.floor(first / RECORDS_PER_PAGE); page * RECORDS_PER_PAGE < end; page++) {
    const index = ((page % pages) + pages) % pages;
    const content = (w.rbData.page[rb * RB_PAGES + 1 + index] - 1) * WORDS;
    const start = page * RECORDS_PER_PAGE;
    for (let word = 0; word < WORDS; word++) {
      const record = start + RECORD_OF_WORD[word];
      if (record >= first && record < end) w.content[content + word] = RECORD_BYTES;
    }
  }
}

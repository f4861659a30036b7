import { FDS, PROCS } from '../alphabet/bounds.js';
import { shape } from '../kernel/columns.js';

/** Events that can live at once: descriptors of all processes, and events that only mappings keep. */
export const MAX_EVENTS = 24;
/** Ring buffers that can live at once. */
export const MAX_RBS = 24;
/** Pages of a buffer's data mapping: the control page and up to 8 data pages. */
export const RB_PAGES = 9;
/** Pages of an AUX area. */
export const RB_AUX_PAGES = 8;

/** struct perf_event and the open file that it belongs to (they live and die together but for late references). */
export const EVENT = shape(MAX_EVENTS, [
  'used',
  'refcount',
  'f_count',
  'task',
  'life',
  'cpu',
  'inherit',
  'backward',
  'has_aux',
  'rb',
  /** The buffer (+ 1) on whose list of events it is: `rb` but while it is being attached or detached. */
  'rb_entry',
  'mmap_count',
  'mmap_mutex',
  /** Bit i: process i's activity is this event's, by opening or by inheritance. */
  'watches',
  /** Calls of the PMU's event_mapped less those of event_unmapped. */
  'mapped',
  /** Processors whose read sections the event's memory waits for. */
  'rcu_readers',
]);

/** struct perf_buffer. `mmap_mm` and `mmap_gen` exist for designs that refund the memory that was charged. */
export const RB = shape(MAX_RBS, [
  'used',
  'refcount',
  'mmap_count',
  'aux_mmap_count',
  'aux_refcount',
  'nr_pages',
  'page_order',
  'aux_nr_pages',
  'aux_pgoff',
  'mmap_user',
  'mmap_locked',
  'aux_mmap_locked',
  'overwrite',
  'paused',
  'head',
  'aux_mutex',
  'mmap_mm',
  'mmap_gen',
  'aux_mm',
  'aux_gen',
  'aux_user',
  /** Who made it, known to the model only: the user and the memory whose charge it is, and the same of the AUX area. */
  'owner_user',
  'owner_mm',
  'owner_gen',
  'aux_owner_user',
  'aux_owner_mm',
  'aux_owner_gen',
  /** How often the structure was handed back: more than once is a double free. */
  'freed',
  /** Processors whose read sections the structure waits for before it is freed. */
  'rcu_readers',
]);

/** By rb * RB_PAGES + i: the page (+ 1) that is the control page (0) or a data page. */
export const RB_DATA = shape(MAX_RBS * RB_PAGES, ['page']);
/** By rb * RB_AUX_PAGES + i. */
export const RB_AUX = shape(MAX_RBS * RB_AUX_PAGES, ['page']);

/** By process * FDS + fd: event + 1. */
export const FILES = shape(PROCS * FDS, ['event']);

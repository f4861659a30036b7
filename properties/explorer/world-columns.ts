import type { PAGE_TABLE, TASK, VMA } from '../../model/mm/tables.js';
import type { EVENT, RB } from '../../model/perf/tables.js';

/**
 * What the normal form does with each column of a table of the model. `value`: stored as it is; `named`: stored by its own
 * line of code, under other names or only where it matters; `dropped`: told by the rest, or of no consequence. The compiler
 * sees to it that no column is forgotten.
 */
type Treatment = 'value' | 'named' | 'dropped';
type Treatments<Names extends readonly string[]> = Readonly<Record<Names[number], Treatment>>;

const TASK_COLUMNS: Treatments<typeof TASK.columns> = {
  alive: 'named',
  user: 'named',
  cap_ipc_lock: 'value',
  rlimit_memlock: 'value',
  // Lives and memories are told apart by who refers to them.
  gen: 'dropped',
  life: 'dropped',
  pinned_vm: 'value',
  locked_vm: 'value',
  def_flags: 'value',
  locked_all: 'value',
  rdpmc_allowed: 'value',
  rdpmc_left: 'value',
  exec: 'value',
  // Nobody holds it between operations, nor waits for a grace period.
  mmap_lock: 'dropped',
};

const VMA_COLUMNS: Treatments<typeof VMA.columns> = {
  used: 'named',
  end: 'named',
  vm_flags: 'value',
  vm_page_prot: 'value',
  vm_pgoff: 'value',
  file: 'named',
  vm_ops: 'value',
};

const EVENT_COLUMNS: Treatments<typeof EVENT.columns> = {
  used: 'value',
  refcount: 'value',
  f_count: 'value',
  task: 'named',
  life: 'named',
  cpu: 'value',
  inherit: 'value',
  backward: 'value',
  has_aux: 'value',
  rb: 'named',
  // Between operations an event is on the list of its buffer.
  rb_entry: 'dropped',
  mmap_count: 'value',
  mmap_mutex: 'value',
  watches: 'named',
  mapped: 'value',
  rcu_readers: 'dropped',
};

const RB_COLUMNS: Treatments<typeof RB.columns> = {
  used: 'value',
  refcount: 'value',
  mmap_count: 'value',
  aux_mmap_count: 'value',
  aux_refcount: 'value',
  nr_pages: 'value',
  page_order: 'value',
  aux_nr_pages: 'named',
  aux_pgoff: 'named',
  mmap_user: 'named',
  mmap_locked: 'named',
  aux_mmap_locked: 'named',
  overwrite: 'named',
  paused: 'value',
  head: 'named',
  aux_mutex: 'value',
  mmap_mm: 'named',
  mmap_gen: 'named',
  aux_mm: 'named',
  aux_gen: 'named',
  aux_user: 'named',
  owner_user: 'named',
  owner_mm: 'named',
  owner_gen: 'named',
  aux_owner_user: 'named',
  aux_owner_mm: 'named',
  aux_owner_gen: 'named',
  freed: 'value',
  rcu_readers: 'dropped',
};

const PAGE_COLUMNS: Treatments<typeof PAGE_TABLE.columns> = {
  state: 'named',
  index: 'value',
  mapping: 'named',
  refcount: 'value',
  mapcount: 'value',
  backing: 'value',
  owner: 'named',
  role: 'value',
  // Free pages are alike: in which order they will be taken is of no consequence.
  next: 'dropped',
  locked: 'value',
};

function values<Names extends string>(treatments: Readonly<Record<Names, Treatment>>): readonly Names[] {
  return (Object.keys(treatments) as Names[]).filter((name) => treatments[name] === 'value');
}

/** Every column of the tables that have more than one, with what is done with it. */
export const TREATMENTS = {
  task: TASK_COLUMNS,
  vma: VMA_COLUMNS,
  event: EVENT_COLUMNS,
  rb: RB_COLUMNS,
  page: PAGE_COLUMNS,
};

/** Columns that are stored as they are. */
export const TASK_VALUES = values(TASK_COLUMNS);
export const VMA_VALUES = values(VMA_COLUMNS);
export const EVENT_VALUES = values(EVENT_COLUMNS);
export const RB_VALUES = values(RB_COLUMNS);
export const PAGE_VALUES = values(PAGE_COLUMNS);

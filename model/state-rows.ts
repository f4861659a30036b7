import { ARENA_PAGES, FDS, PROCS, USERS } from './alphabet/bounds.js';
import type { World } from './kernel/world.js';
import { addressOf } from './kernel/world.js';
import * as f from './mm/flags.js';
import { MAX_PAGES } from './mm/tables.js';
import { vma_lookup, vma_pages } from './mm/vma.js';
import { MAX_EVENTS, MAX_RBS } from './perf/tables.js';

/** What a row of the state holds, for people: numbers in pages or counts, permissions as `r--s`. */
type Row = Readonly<Record<string, string | number>>;

/**
 * The state of the modelled kernel as named rows, those in use only. The first word of a name is the table: `task P`, `fd P.FD`, `vma P.PAGE`,
 * `pte P.PAGE`, `page N`, `rb N`, `event N`, `user U`.
 */
export type Rows = ReadonlyMap<string, Row>;

/** What an operation changed: rows that are new or other than before, and the names of those that are gone. */
export interface RowChanges {
  readonly set: Readonly<Record<string, Row>>;
  readonly gone: readonly string[];
}

const SHOWN_FLAGS: readonly (readonly [number, string])[] = [
  [f.VM_LOCKED, 'VM_LOCKED'],
  [f.VM_DONTCOPY, 'VM_DONTCOPY'],
  [f.VM_DONTEXPAND, 'VM_DONTEXPAND'],
  [f.VM_DONTDUMP, 'VM_DONTDUMP'],
  [f.VM_IO, 'VM_IO'],
  [f.VM_PFNMAP, 'VM_PFNMAP'],
  [f.VM_MIXEDMAP, 'VM_MIXEDMAP'],
];

const letter = (flags: number, bit: number, name: string): string => ((flags & bit) === 0 ? '-' : name);

/** Permissions as /proc writes them. */
function permissions(flags: number): string {
  return (
    letter(flags, f.VM_READ, 'r') +
    letter(flags, f.VM_WRITE, 'w') +
    letter(flags, f.VM_EXEC, 'x') +
    ((flags & f.VM_SHARED) === 0 ? 'p' : 's')
  );
}

/** What the processor may do with an entry now. */
function access(flags: number): string {
  if ((flags & f.PTE_ACCESS) === 0) return '---';
  return `r${letter(flags, f.PTE_WRITE, 'w')}${letter(flags, f.PTE_EXEC, 'x')}`;
}

function vmaRow(w: World, v: number): Row {
  const file = w.vma.file[v];
  const flags = w.vma.vm_flags[v];
  const names = SHOWN_FLAGS.filter(([bit]) => (flags & bit) !== 0).map(([, name]) => name);
  const about = { pages: vma_pages(w, v), permissions: permissions(flags), flags: names.join(' ') };
  if (file > 0) return { ...about, maps: 'event', event: file - 1, pgoff: w.vma.vm_pgoff[v] };
  return { ...about, maps: file === 0 ? 'anonymous memory' : 'shared anonymous memory' };
}

function addProcess(w: World, rows: Map<string, Row>, p: number): void {
  const { task } = w;
  rows.set(`task ${p}`, {
    user: task.user[p],
    RLIMIT_MEMLOCK: task.rlimit_memlock[p],
    pinned_vm: task.pinned_vm[p],
    locked_vm: task.locked_vm[p],
  });
  for (let fd = 0; fd < FDS; fd++) {
    const event = w.files.event[p * FDS + fd];
    if (event !== 0) rows.set(`fd ${p}.${fd}`, { event: event - 1 });
  }
  for (let page = 0; page < ARENA_PAGES; page++) {
    const address = addressOf(p, page);
    if (vma_lookup(w, address) === address) rows.set(`vma ${p}.${page}`, vmaRow(w, address));
    const pfn = w.pte.pfn[address];
    if (pfn === 0) continue;
    const flags = w.pte.flags[address];
    rows.set(`pte ${p}.${page}`, {
      page: pfn - 1,
      access: access(flags),
      special: (flags & f.PTE_SPECIAL) === 0 ? 'no' : 'yes',
      dirty: (flags & f.PTE_DIRTY) === 0 ? 'no' : 'yes',
    });
  }
}

function addPages(w: World, rows: Map<string, Row>): void {
  const { page } = w;
  const mapped = new Set(w.pte.pfn);
  for (let p = 0; p < MAX_PAGES; p++) {
    if (page.state[p] === 0 && !mapped.has(p + 1)) continue;
    rows.set(`page ${p}`, {
      state: page.state[p] === 0 ? 'FREE' : 'allocated',
      owner: page.owner[p] === 0 ? 'nobody' : `rb ${page.owner[p] - 1}`,
      pgoff: page.role[p],
      refcount: page.refcount[p],
      mapcount: page.mapcount[p],
      index: page.index[p],
      mapping: page.mapping[p],
    });
  }
}

function addPerf(w: World, rows: Map<string, Row>): void {
  const { event, rb } = w;
  for (let e = 0; e < MAX_EVENTS; e++) {
    if (event.used[e] === 0) continue;
    rows.set(`event ${e}`, {
      rb: event.rb[e] === 0 ? 'none' : `rb ${event.rb[e] - 1}`,
      mmap_count: event.mmap_count[e],
      f_count: event.f_count[e],
      mapped: event.mapped[e],
    });
  }
  for (let b = 0; b < MAX_RBS; b++) {
    if (rb.used[b] === 0) continue;
    rows.set(`rb ${b}`, {
      refcount: rb.refcount[b],
      mmap_count: rb.mmap_count[b],
      aux_mmap_count: rb.aux_mmap_count[b],
      nr_pages: rb.nr_pages[b],
      aux_nr_pages: rb.aux_nr_pages[b],
      mmap_locked: rb.mmap_locked[b],
      aux_mmap_locked: rb.aux_mmap_locked[b],
    });
  }
}

/** The state as it is now. */
export function stateRows(w: World): Rows {
  const rows = new Map<string, Row>();
  for (let p = 0; p < PROCS; p++) if (w.task.alive[p] !== 0) addProcess(w, rows, p);
  addPages(w, rows);
  addPerf(w, rows);
  for (let u = 0; u < USERS; u++) rows.set(`user ${u}`, { perf_mlock: w.user.perf_mlock[u] });
  return rows;
}

/** Rows of one table: those with other columns differ in what they have in common, too. */
const isSame = (one: Row, other: Row): boolean => Object.keys(one).every((name) => one[name] === other[name]);

/** What lies between two states. */
export function rowChanges(before: Rows, after: Rows): RowChanges {
  const changed = [...after].filter(([name, row]) => {
    const old = before.get(name);
    return old === undefined || !isSame(old, row);
  });
  const gone = [...before.keys()].filter((name) => !after.has(name));
  return { set: Object.fromEntries(changed), gone };
}

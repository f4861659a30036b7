import { ARENA_PAGES, FDS, MAX_PGOFF, MAX_RANGE, PROCS, USERS } from './bounds.js';

/**
 * What an operand may be. `min` and `max` are inclusive. `names` gives the spelling of a choice
 * (`kind: 'choice'`: value `min + i` is `names[i]`) or of a bit (`kind: 'bits'`: bit `i` is `names[i]`).
 */
export interface Domain {
  readonly kind: 'number' | 'choice' | 'bits';
  readonly min: number;
  readonly max: number;
  readonly names?: readonly string[];
}

const number = (min: number, max: number): Domain => ({ kind: 'number', min, max });
const choice = (...names: string[]): Domain => ({ kind: 'choice', min: 0, max: names.length - 1, names });
const bits = (...names: string[]): Domain => ({ kind: 'bits', min: 0, max: (1 << names.length) - 1, names });

export const PROC = number(0, PROCS - 1);
export const FD = number(0, FDS - 1);
/** A descriptor slot, or -1: no descriptor. */
export const FD_OR_NONE = number(-1, FDS - 1);
export const PAGE = number(0, ARENA_PAGES - 1);
export const NPAGES = number(0, MAX_RANGE);
export const PGOFF = number(0, MAX_PGOFF);
export const USER = number(0, USERS - 1);
export const BOOL = choice('off', 'on');
/** A scratch word's token: says who wrote last. From 16, so that no token looks like a record's bytes. */
export const TOKEN = number(16, 63);
/** What a `store` writes: a token into `scratch`, a number of pages into the other words. */
export const STORED = number(0, 63);
/** RLIMIT_MEMLOCK, in pages. */
export const RLIMIT_PAGES = number(0, 64);
/** Pages that a user gets without a charge to `pinned_vm`, as `perf_event_mlock_kb` and the CPUs make it. */
export const GIFT_PAGES = number(0, 64);

/** Bits of `prot`, as PROT_READ, PROT_WRITE, PROT_EXEC. */
export const PROT = bits('read', 'write', 'exec');
export const PROT_READ = 1;
export const PROT_WRITE = 2;
export const PROT_EXEC = 4;

export const OPEN_FLAGS = bits('inherit', 'cpu', 'aux', 'backward');
export const OPEN_INHERIT = 1;
export const OPEN_CPU = 2;
export const OPEN_AUX = 4;
export const OPEN_BACKWARD = 8;

/** `noreplace` is MAP_FIXED_NOREPLACE; without it the mapping is MAP_FIXED: the arena leaves no other choice. */
export const MMAP_FLAGS = bits('private', 'noreplace', 'populate', 'locked');
export const MMAP_PRIVATE = 1;
export const MMAP_NOREPLACE = 2;
export const MMAP_POPULATE = 4;
export const MMAP_LOCKED = 8;

/** `none`: 0, `maymove`: MREMAP_MAYMOVE (old size >= new size only), `fixed`: and MREMAP_FIXED, `dontunmap`: and MREMAP_DONTUNMAP. */
export const MREMAP_MODE = choice('none', 'maymove', 'fixed', 'dontunmap');
export const MREMAP_NONE = 0;
export const MREMAP_MAYMOVE = 1;
export const MREMAP_FIXED = 2;
export const MREMAP_DONTUNMAP = 3;

export const MLOCK_FLAGS = bits('onfault');
export const MLOCKALL_FLAGS = bits('current', 'future', 'onfault');
export const MSYNC_FLAGS = bits('async', 'invalidate', 'sync');
export const FUTEX_SCOPE = choice('private', 'shared');

/**
 * Words of a page that operations load and store, by byte offset within the page. On a control page
 * the offsets are those of `struct perf_event_mmap_page` (include/uapi/linux/perf_event.h);
 * `scratch` is in its unused part.
 */
export const WORD = choice(
  'scratch',
  'aux_offset',
  'aux_size',
  'data_offset',
  'data_size',
  'data_head',
  'first',
);
export const WORD_SCRATCH = 0;
export const WORD_AUX_OFFSET = 1;
export const WORD_AUX_SIZE = 2;
export const WORD_DATA_OFFSET = 3;
export const WORD_DATA_SIZE = 4;
export const WORD_DATA_HEAD = 5;
/** @public The agent names it, through the header that is made from this file. */
export const WORD_FIRST = 6;
export const WORDS = 7;
/** Byte offset of each word within its page. */
export const WORD_BYTE: readonly number[] = [2048, 1072, 1080, 1040, 1048, 1024, 0];
/** Words that `store` may write: the ones that user space owns, and one that only the kernel should. */
export const STORE_WORD = choice('scratch', 'aux_offset', 'aux_size', 'data_offset');

/** What failure injection makes fail: a page, buffer or event allocation, or a page table's. */
export const INJECT_SITE = choice('alloc', 'pgtable');
export const INJECT_ALLOC = 0;
export const INJECT_PGTABLE = 1;
/** Which occurrence within the next operation fails, from 0. */
export const INJECT_NTH = number(0, 9);

/** The advices of madvise(2) (include/uapi/asm-generic/mman-common.h), by position in `ADVICE_VALUE`. */
export const ADVICE = choice(
  'NORMAL',
  'RANDOM',
  'SEQUENTIAL',
  'WILLNEED',
  'DONTNEED',
  'FREE',
  'REMOVE',
  'DONTFORK',
  'DOFORK',
  'MERGEABLE',
  'UNMERGEABLE',
  'HUGEPAGE',
  'NOHUGEPAGE',
  'DONTDUMP',
  'DODUMP',
  'WIPEONFORK',
  'KEEPONFORK',
  'COLD',
  'PAGEOUT',
  'POPULATE_READ',
  'POPULATE_WRITE',
  'DONTNEED_LOCKED',
  'COLLAPSE',
  'HWPOISON',
  'SOFT_OFFLINE',
  'GUARD_INSTALL',
  'GUARD_REMOVE',
  'unknown',
);
/** The kernel's number of each advice of `ADVICE`. */
export const ADVICE_VALUE: readonly number[] = [
  0, 1, 2, 3, 4, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 100, 101, 102, 103, 99,
];

import { ARENA_PAGES, FDS, PROCS, USERS } from '../alphabet/bounds.js';
import type { Flavour } from '../alphabet/specification.js';
import { DEFAULT_ENV, type Env } from '../alphabet/system.js';

/** Events, buffers, perf mappings and shared anonymous objects that can exist at once; more is `BOUND`. */
export const EVENTS = 32;
const BUFFERS = 24;
const MAPPINGS = 48;
const OBJECTS = 16;
/** Pages of all processes' arenas; page `i` of process `p` is cell `p * ARENA_PAGES + i`. */
const CELLS = PROCS * ARENA_PAGES;
/** Words that user space can store to: `scratch`, `aux_offset`, `aux_size`, `data_offset`. */
export const STORED_WORDS = 4;
/** Pages of a shared anonymous object, at most. */
export const OBJECT_PAGES = 12;

/** No such thing: an empty descriptor slot, an event without a buffer, an anonymous page. */
export const NONE = -1;

/** Bits of `cellMark`. */
export const MARK_LOCK_ON_FAULT = 1;
/** There may or may not be a boundary of mappings before this anonymous page: merging decides, and user space cannot see it. */
export const MARK_MAYBE_CUT = 2;

/** `procFuture`: what mlockall(MCL_FUTURE) asked for. */
export const FUTURE_NONE = 0;
export const FUTURE_LOCK = 1;
export const FUTURE_ON_FAULT = 2;

/** `eventShared`. */
export const SHARED_NOT = 0;
export const SHARED = 1;
export const SHARED_LEFT = 2;

/** Ints that the columns may take together. */
const CAPACITY = 4096;

/**
 * All that the specification knows about a sequence: columns over one buffer, so that a snapshot is one copy.
 * Beside the columns it holds what only lives during one operation: the value, the rule that decided, the
 * observation that is being judged.
 */
export class State {
  private readonly ints = new Int32Array(CAPACITY);
  private used = 0;
  /** The part of it that columns take. */
  private readonly live: Int32Array;

  readonly procAlive = this.column(PROCS);
  readonly procUser = this.column(PROCS);
  /** CAP_IPC_LOCK is effective. */
  readonly procCap = this.column(PROCS);
  /** RLIMIT_MEMLOCK in pages. */
  readonly procRlimit = this.column(PROCS);
  /** Which memory: another one after fork and after exec. */
  readonly procMemory = this.column(PROCS);
  /** Which task: a slot that is filled again holds another one. */
  readonly procTask = this.column(PROCS);
  /** Pages over the gift that are charged to this memory (VmPin). */
  readonly procPinned = this.column(PROCS);
  /** Locked pages of the arena (VmLck). */
  readonly procLocked = this.column(PROCS);
  /** mlockall(MCL_CURRENT) locked all else, too: far more than any limit. */
  readonly procLockedAll = this.column(PROCS);
  readonly procFuture = this.column(PROCS);
  /** Event behind each descriptor slot. */
  readonly fdEvent = this.column(PROCS * FDS);

  /** Pages of its gift that a user has used (perf_mlock). */
  readonly userUsed = this.column(USERS);

  /** Descriptors and mappings that keep the event; 0: free row. */
  readonly eventRefs = this.column(EVENTS);
  /** It counts on CPU 0 only; events of any task can then share a buffer. */
  readonly eventCpu = this.column(EVENTS);
  readonly eventInherit = this.column(EVENTS);
  readonly eventBackward = this.column(EVENTS);
  readonly eventAux = this.column(EVENTS);
  /** Task that it was opened on. */
  readonly eventTask = this.column(EVENTS);
  /** Bit p: what process p does is recorded. */
  readonly eventWatches = this.column(EVENTS);
  /** Whether tasks have inherited it, and one of those that shared it has exited. */
  readonly eventShared = this.column(EVENTS);
  readonly eventBuffer = this.column(EVENTS);
  /** Mappings through this event. */
  readonly eventMappings = this.column(EVENTS);

  /** Mappings of the buffer through any event; 0: free row. */
  readonly bufferMappings = this.column(BUFFERS);
  /** Data pages: 0 or a power of two. */
  readonly bufferData = this.column(BUFFERS);
  /** New records overwrite old ones; else writing stops when the buffer is full. */
  readonly bufferOverwrite = this.column(BUFFERS);
  readonly bufferBackward = this.column(BUFFERS);
  /** Records written. */
  readonly bufferRecords = this.column(BUFFERS);
  /** Who was charged, and how much of it to the user's gift and to the memory. */
  readonly bufferUser = this.column(BUFFERS);
  readonly bufferMemory = this.column(BUFFERS);
  readonly bufferFromGift = this.column(BUFFERS);
  readonly bufferPinned = this.column(BUFFERS);
  /** Words of the control page. */
  readonly bufferWords = this.column(BUFFERS * STORED_WORDS);
  /** Pages of the AUX area, or 0. */
  readonly auxPages = this.column(BUFFERS);
  readonly auxPgoff = this.column(BUFFERS);
  readonly auxMappings = this.column(BUFFERS);
  readonly auxUser = this.column(BUFFERS);
  readonly auxMemory = this.column(BUFFERS);
  readonly auxFromGift = this.column(BUFFERS);
  readonly auxPinned = this.column(BUFFERS);

  /** Pages of the mapping; 0: free row. */
  readonly mapPages = this.column(MAPPINGS);
  readonly mapProc = this.column(MAPPINGS);
  /** First page in the arena. */
  readonly mapFirst = this.column(MAPPINGS);
  readonly mapPgoff = this.column(MAPPINGS);
  readonly mapEvent = this.column(MAPPINGS);
  /** Bit i: page i of the mapping has been touched. */
  readonly mapTouched = this.column(MAPPINGS);

  /** The page as the view of `maps` shows it, without Rss. */
  readonly cellView = this.column(CELLS);
  /** Perf mapping that holds the page. */
  readonly cellMap = this.column(CELLS);
  readonly cellMark = this.column(CELLS);
  /** Shared anonymous page: its object, and its page there (at or beyond the object's end: SIGBUS). */
  readonly cellObject = this.column(CELLS);
  readonly cellOffset = this.column(CELLS);
  /** Words of a private anonymous page. */
  readonly cellWords = this.column(CELLS * STORED_WORDS);

  /** Cells that show the object; 0: free row. */
  readonly objectRefs = this.column(OBJECTS);
  readonly objectPages = this.column(OBJECTS);
  readonly objectWords = this.column(OBJECTS * OBJECT_PAGES * STORED_WORDS);

  /** Single numbers, by the names below. */
  readonly scalar = this.column(8);

  readonly flavour: Flavour;
  env: Env = DEFAULT_ENV;
  /** Value that the operation gives. */
  value = 0;
  /** Number of the rule that decided, see rules.ts. */
  rule = 0;
  /** Variation points asked for during the operation. */
  consulted = 0;
  /** Another status that is allowed, as well as the one that was chosen; 0: none. */
  alternative = 0;
  /** The operation went where the specification says nothing. */
  open = false;
  /** The observation that is being judged, or `null`: then the specification chooses itself. */
  seen: Int32Array | null = null;

  constructor(flavour: Flavour) {
    this.flavour = flavour;
    this.live = this.ints.subarray(0, this.used);
  }

  private column(length: number): Int32Array {
    const column = this.ints.subarray(this.used, this.used + length);
    if (column.length !== length) throw new RangeError(`the columns need more than ${CAPACITY} ints`);
    this.used += length;
    return column;
  }

  /** Ints that `save` writes. */
  get size(): number {
    return this.used;
  }

  /** Copy the columns out. */
  save(into: Int32Array): void {
    into.set(this.live);
  }

  /** Copy the columns back. The environment stays that of the last `reset`. */
  restore(from: Int32Array): void {
    this.live.set(from);
  }
}

export const NEXT_MEMORY = 0;
export const NEXT_TASK = 1;
/** Pages that every user may map without a charge to `pinned_vm`. */
export const GIFT = 2;
/** 1 + the site at which failure injection is armed for the next operation; 0: it is not. */
export const ARMED = 3;

/** Start of a sequence: process 0 alive as user 0, nothing open, nothing mapped. */
export function reset(s: State, env: Env, blank: Int32Array): void {
  s.restore(blank);
  s.env = env;
  s.procRlimit[0] = env.rlimit;
  s.scalar[GIFT] = env.gift;
}

/** The state that every sequence starts from, but for its environment. */
export function blankState(s: State): Int32Array {
  s.fdEvent.fill(NONE);
  s.cellMap.fill(NONE);
  s.cellObject.fill(NONE);
  s.procAlive[0] = 1;
  s.procMemory[0] = 1;
  s.procTask[0] = 1;
  s.scalar[NEXT_MEMORY] = 2;
  s.scalar[NEXT_TASK] = 2;
  const blank = new Int32Array(s.size);
  s.save(blank);
  return blank;
}

/** A free row of a table, by the column that is 0 for free rows, or -1. */
export function freeRow(column: Int32Array): number {
  for (let i = 0; i < column.length; i++) if (column[i] === 0) return i;
  return NONE;
}

/**
 * The outcome is open between going on and failing with `status`: the observation decides, and without one the
 * operation goes on.
 */
export function mayFail(s: State, status: number): boolean {
  s.alternative = status;
  return s.seen !== null && s.seen[0] === status;
}

/** Which side of a variation point this flavour is on. */
export function side(s: State, bit: number): boolean {
  const mask = 1 << bit;
  s.consulted |= mask;
  return (s.flavour & mask) !== 0;
}

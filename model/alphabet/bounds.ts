/**
 * The fixed bounds of the operation alphabet. Everything that takes operations (models, specification,
 * the agent on a real kernel) uses the same ones, so a trace means the same thing everywhere.
 */

/** Process slots. Process 0 exists at the start of a sequence; `fork` fills the others. */
export const PROCS = 3;
/** File descriptor slots of each process (a slot is a name; the kernel's number behind it differs). */
export const FDS = 4;
/** User identities (uid) that a sequence can run as. Process 0 starts as user 0; neither is root. */
export const USERS = 2;
/** Pages of the arena, the address range of every process that operations may name. */
export const ARENA_PAGES = 32;
/** The longest range that an operation may name, in pages. */
export const MAX_RANGE = 12;
/** The greatest `pgoff` of an `mmap`, in pages. */
export const MAX_PGOFF = 15;
/** Bytes in a page. */
export const PAGE_SIZE = 4096;

/** Ints that a packed operation takes: kind, process and up to six operands. */
export const OP_WIDTH = 8;
/** Operands that an operation can have beside its process. */
export const MAX_OPERANDS = 6;
/** Ints that one observation takes at most: status, value, and a view of the arena. */
export const OBS_WIDTH = 2 + ARENA_PAGES;

import { MAX_OPERATIONS } from '../trace/layout.js';

/**
 * Frames between host and agent, little-endian: a header of `HEADER_INTS` ints (magic, type, id, payload bytes), then
 * the payload. `id` numbers sequences; it is 0 where none is meant.
 */
export const PROTOCOL = {
  MAGIC: 0x4d415048,
  VERSION: 1,
  HEADER_INTS: 4,
  /** Greatest payload, in bytes, either way. */
  MAX_PAYLOAD: 1 << 19,
  /** Operations of the longest sequence. */
  MAX_STEPS: MAX_OPERATIONS,

  /** To the agent: version, alphabet hash, time limits of an operation and of a sequence in ms. */
  HELLO: 1,
  /** To the agent: gift, rlimit, flags, number of operations, then the packed operations. */
  RUN: 2,
  /** From the agent: its facts, lines of `name=value`. */
  FACTS: 16,
  /** From the agent: observations of a sequence, in order; several frames may follow each other. */
  OBS: 17,
  /** From the agent: steps answered, then why the sequence ended early (text, empty when it did not). */
  DONE: 18,
  /** From the agent: the frame was refused and nothing was done; text. */
  REFUSED: 19,
  /** From the agent: it cannot go on; text. It ends after this. */
  BROKEN: 20,
  /** From the agent: a process of the sequence cannot be killed; text, the observations before. It ends after this. */
  STUCK: 21,

  HELLO_INTS: 4,
  RUN_INTS: 4,
  /** Flag of RUN: send each observation at once, for a kernel that may not live to the end of the sequence. */
  EAGER: 1,
} as const;

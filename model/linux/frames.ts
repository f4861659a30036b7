import { PROTOCOL } from './protocol.js';

export interface Frame {
  readonly type: number;
  readonly id: number;
  readonly payload: Buffer;
}

const HEADER_BYTES = PROTOCOL.HEADER_INTS * 4;

/** A frame as bytes; `ints` is its payload, in parts. */
export function encodeFrame(type: number, id: number, ...ints: readonly ArrayLike<number>[]): Buffer {
  const length = ints.reduce((sum, part) => sum + part.length, 0);
  const words = new Int32Array(PROTOCOL.HEADER_INTS + length);
  words.set([PROTOCOL.MAGIC, type, id, length * 4]);
  let at: number = PROTOCOL.HEADER_INTS;
  for (const part of ints) {
    words.set(part, at);
    at += part.length;
  }
  return Buffer.from(words.buffer);
}

/** Cuts a stream of bytes into frames, whatever pieces it comes in. */
export class FrameReader {
  private pending: Buffer = Buffer.alloc(0);

  /** @param fill frames are filled up to a multiple of so many bytes */
  constructor(private readonly fill = 1) {}

  /**
   * The frames that are complete with this piece: also those before something that is none.
   * @throws Error when the bytes are no frames
   */
  *push(piece: Buffer): Generator<Frame, void> {
    this.pending = this.pending.length === 0 ? piece : Buffer.concat([this.pending, piece]);
    while (this.pending.length >= HEADER_BYTES) {
      const { pending } = this;
      const bytes = pending.readInt32LE(12);
      if (pending.readInt32LE(0) !== PROTOCOL.MAGIC || bytes < 0 || bytes > PROTOCOL.MAX_PAYLOAD) {
        throw new Error('the agent does not speak in frames');
      }
      const filled = Math.ceil(bytes / this.fill) * this.fill;
      if (pending.length < HEADER_BYTES + filled) return;
      this.pending = pending.subarray(HEADER_BYTES + filled);
      yield {
        type: pending.readInt32LE(4),
        id: pending.readInt32LE(8),
        payload: pending.subarray(HEADER_BYTES, HEADER_BYTES + bytes),
      };
    }
  }
}

/** The payload as ints; its bytes need not be aligned. */
export function intsOf(payload: Buffer): Int32Array {
  const words = new Int32Array(payload.length >> 2);
  new Uint8Array(words.buffer).set(payload.subarray(0, words.length * 4));
  return words;
}

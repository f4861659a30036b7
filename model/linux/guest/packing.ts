/**
 * Words (32 bits) as few bytes, for a slow channel: each as its zigzag code (0, -1, 1, -2, 2, ... are 0, 1, 2, 3, 4, ...) in
 * base 128, lowest digits first, all but the last with bit 7 set. The agent does the same.
 */
const DIGIT_BITS = 7;
const MORE = 0x80;
const MOST_BYTES = 5;
const WORD_BYTES = 4;

/** Whole words as packed bytes. A piece that is not is filled up with zeros. */
export function packed(piece: Buffer): Buffer {
  const count = Math.ceil(piece.length / WORD_BYTES);
  const words = Buffer.concat([piece], count * WORD_BYTES);
  const bytes = Buffer.alloc(count * MOST_BYTES);
  let length = 0;
  for (let i = 0; i < count; i++) {
    const word = words.readInt32LE(i * WORD_BYTES);
    let code = ((word << 1) ^ (word >> 31)) >>> 0;
    for (; code >= MORE; code >>>= DIGIT_BITS) bytes[length++] = (code & (MORE - 1)) | MORE;
    bytes[length++] = code;
  }
  return bytes.subarray(0, length);
}

/** Unpacks a stream, whatever pieces it comes in. */
export class Unpacker {
  private code = 0;
  private digits = 0;

  /** The words that are complete with this piece, as bytes, little-endian. */
  push(piece: Buffer): Buffer {
    const words = Buffer.alloc(piece.length * WORD_BYTES);
    let length = 0;
    for (const byte of piece) {
      this.code = (this.code | ((byte & (MORE - 1)) << (DIGIT_BITS * this.digits))) >>> 0;
      this.digits += 1;
      if ((byte & MORE) !== 0 && this.digits < MOST_BYTES) continue;
      length = words.writeInt32LE((this.code >>> 1) ^ -(this.code & 1), length);
      this.code = this.digits = 0;
    }
    return words.subarray(0, length);
  }
}

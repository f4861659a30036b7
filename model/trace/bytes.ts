import { TraceError } from './trace-error.js';

/** Bytes that grow, written from the start. */
export class ByteWriter {
  readonly #bytes: number[] = [];

  byte(value: number): void {
    this.#bytes.push(value & 0xff);
  }

  /** A whole number from 0 to 2^53 - 1, seven bits a byte, the low ones first. */
  varint(value: number): void {
    while (value >= 0x80) {
      this.byte((value % 0x80) | 0x80);
      value = Math.floor(value / 0x80);
    }
    this.byte(value);
  }

  done(): Uint8Array {
    return Uint8Array.from(this.#bytes);
  }
}

/** Reads what `ByteWriter` wrote. */
export class ByteReader {
  #at = 0;

  constructor(readonly bytes: Uint8Array) {}

  get rest(): number {
    return this.bytes.length - this.#at;
  }

  /** @throws TraceError at the end */
  byte(): number {
    const value = this.bytes[this.#at++];
    if (value === undefined) throw new TraceError('it ends too early');
    return value;
  }

  /** @throws TraceError at the end, or when the number is 2^53 or more */
  varint(): number {
    let value = 0;
    for (let scale = 1; ; scale *= 0x80) {
      const byte = this.byte();
      value += (byte & 0x7f) * scale;
      if (value > Number.MAX_SAFE_INTEGER) throw new TraceError('a number in it is too large');
      if (byte < 0x80) return value;
    }
  }
}

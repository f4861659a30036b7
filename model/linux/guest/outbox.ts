import type { Frame } from '../frames.js';
import { PROTOCOL } from '../protocol.js';

/**
 * Bytes that a guest may have before it. Its terminal layer keeps 640 kB while nobody reads (drivers/tty/tty_buffer.c) and
 * loses what is more.
 */
const MOST_BYTES = 64 * 1024;

/** Sends frames to a guest, which cannot say that it has enough. */
export class Outbox {
  private readonly waiting: Buffer[] = [];
  private readonly sizes: number[] = [];
  private bytes = 0;

  constructor(private readonly write: (bytes: Buffer) => void) {}

  /** Send this frame as soon as the guest has room. Each one has to be answered. */
  send(frame: Buffer): void {
    this.waiting.push(frame);
    this.pump();
  }

  /** The guest sent this. */
  answered({ type }: Frame): void {
    if (type === PROTOCOL.OBS) return;
    this.bytes -= this.sizes.shift() ?? 0;
    this.pump();
  }

  private pump(): void {
    for (let next = this.waiting[0]; next !== undefined; next = this.waiting[0]) {
      if (this.sizes.length > 0 && this.bytes + next.length > MOST_BYTES) return;
      this.waiting.shift();
      this.sizes.push(next.length);
      this.bytes += next.length;
      this.write(next);
    }
  }
}

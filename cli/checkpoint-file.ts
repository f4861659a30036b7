import { closeSync, existsSync, fsyncSync, openSync, renameSync, writeSync } from 'node:fs';
import { loadCheckpoint, saveCheckpoint } from '../properties/explorer/checkpoint.js';
import type { Explorer } from '../properties/explorer/explorer.js';
import { checkFilePath } from './files.js';
import { readBytes } from './read-file.js';
import { UsageError } from './usage-error.js';

/** A search may spend this part of its time on writing checkpoints. */
const SHARE = 1 / 20;

/**
 * The file that a search goes on from. It is replaced as a whole: a process that is killed in the middle leaves the one before.
 */
export class CheckpointFile {
  #next: number;

  /**
   * @param everyMs milliseconds between two writings, at least
   * @throws UsageError when no file can be written there
   */
  constructor(
    readonly path: string,
    readonly everyMs: number,
    private readonly now: () => number = Date.now,
  ) {
    checkFilePath('--checkpoint', path);
    this.#next = now() + everyMs;
  }

  /**
   * Put a search where the file says.
   * @returns whether there was a file
   * @throws TraceError when it is no checkpoint of this search
   */
  load(explorer: Explorer): boolean {
    if (!existsSync(this.path)) return false;
    loadCheckpoint(explorer, readBytes(this.path), this.path);
    return true;
  }

  /** Write it if that is due. */
  tick(explorer: Explorer): void {
    const start = this.now();
    if (start < this.#next) return;
    this.write(explorer);
    const end = this.now();
    this.#next = end + Math.max(this.everyMs, (end - start) / SHARE);
  }

  /** @throws UsageError when it cannot be written: the file before is still there */
  write(explorer: Explorer): void {
    const beside = `${this.path}.new`;
    try {
      const file = openSync(beside, 'w');
      try {
        for (const piece of saveCheckpoint(explorer)) writeAll(file, piece);
        fsyncSync(file);
      } finally {
        closeSync(file);
      }
      renameSync(beside, this.path);
    } catch (error) {
      throw new UsageError(`--checkpoint: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
}

function writeAll(file: number, piece: Uint8Array): void {
  for (let at = 0; at < piece.length; ) at += writeSync(file, piece, at);
}
